"""Opening an account."""

from models.identity.accounts import passwords
from models.identity.accounts.facts import record_of
from models.identity.accounts.inputs import NOT_WHOLE
from models.identity.accounts.queries import at_address
from models.identity.accounts.rules import (
    RefusalKind,
    Refused,
    Role,
    is_address,
    same_address,
    unmet_password_rules,
)
from models.identity.accounts.tables import Account
from models.identity.companies.actions import ensure_company
from models.journal.record import SYSTEM
from models.kernel import clock
from models.kernel.database import DbSession, write

_TAKEN = Refused(
    RefusalKind.EMAIL,
    "Adresse déjà utilisée",
    "Une adresse électronique ne sert qu’à un compte. Connectez-vous, ou choisissez une autre adresse.",
)
NOT_AN_ADDRESS = Refused(
    RefusalKind.EMAIL,
    "Adresse électronique incomplète",
    NOT_WHOLE,
)
_NO_COMPANY = Refused(
    RefusalKind.COMPANY,
    "Entreprise manquante",
    "Un compte d’opérateur est rattaché à une entreprise. Indiquez son numéro SIREN.",
)


async def create_account(
    email: str,
    name: str,
    password: str,
    role: Role = Role.OPERATOR,
    siren: str | None = None,
    *,
    email_verified: bool = False,
    actor: str = SYSTEM,
) -> int | Refused:
    """Open an account (COM-01, COM-03, PPR-01, PPR-03); returns its number.

    `siren` must be valid, and is left aside for officers; a company not known yet is added under its number.
    `email_verified` when whoever asks answers for the address.
    """
    refused = _unfit(same_address(email), password, role, siren)
    if refused is not None:
        return refused
    password_hash = await passwords.make_hash(password)
    now = clock.now()
    account = Account(
        email=same_address(email),
        name=" ".join(name.split()),
        role=role,
        siren=siren if role is Role.OPERATOR else None,
        password_hash=password_hash,
        created_at=now,
        email_verified_at=now if email_verified else None,
        password_changed_at=now,
    )

    def verb(session: DbSession) -> int | Refused:
        return _add_account(session, account, actor)

    return await write(verb)


def _unfit(email: str, password: str, role: Role, siren: str | None) -> Refused | None:
    if not is_address(email):
        return NOT_AN_ADDRESS
    if role is Role.OPERATOR and not siren:
        return _NO_COMPANY
    return too_weak(password)


def too_weak(password: str) -> Refused | None:
    """What a password lacks (COM-01); None when it will do."""
    unmet = unmet_password_rules(password)
    if not unmet:
        return None
    lacking = "\u00a0; ".join(unmet)
    return Refused(RefusalKind.PASSWORD, "Mot de passe trop faible", f"Il manque\u00a0: {lacking}.")


def _add_account(session: DbSession, account: Account, actor: str) -> int | Refused:
    if at_address(session, account.email) is not None:
        return _TAKEN
    if account.siren:
        ensure_company(session, account.siren)
    return add_account(session, account, actor)


def add_account(session: DbSession, account: Account, actor: str = SYSTEM) -> int:
    """Write a new account down, in the caller's transaction; its number. Its company must be known."""
    session.add(account)
    session.flush()
    record_of(session, "account.created", account.key, actor=actor, role=account.role)
    return account.key
