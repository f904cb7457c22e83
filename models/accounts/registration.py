"""Opening an account."""

from typing import cast

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts import passwords
from models.accounts.rules import RefusalKind, Refused, Role, is_address, same_address, unmet_password_rules
from models.accounts.tables import Account
from models.companies.tables import Company
from models.database import transaction
from models.french import grouped
from models.journal.actions import SYSTEM, record

_TAKEN = Refused(
    RefusalKind.EMAIL,
    "Adresse déjà utilisée",
    "Une adresse électronique ne sert qu’à un compte. Connectez-vous, ou choisissez une autre adresse.",
)
_NOT_AN_ADDRESS = Refused(
    RefusalKind.EMAIL,
    "Adresse électronique incomplète",
    "Écrivez-la en entier, par exemple prenom.nom@entreprise.fr.",
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
    async with transaction() as session:
        return await _add_account(session, account, actor)


def _unfit(email: str, password: str, role: Role, siren: str | None) -> Refused | None:
    if not is_address(email):
        return _NOT_AN_ADDRESS
    if role is Role.OPERATOR and not siren:
        return _NO_COMPANY
    unmet = unmet_password_rules(password)
    if unmet:
        return Refused(RefusalKind.PASSWORD, "Mot de passe trop faible", f"Il manque : {' ; '.join(unmet)}.")
    return None


async def _add_account(session: AsyncSession, account: Account, actor: str) -> int | Refused:
    if (await session.exec(select(Account.id).where(Account.email == account.email))).first() is not None:
        return _TAKEN
    if account.siren and await session.get(Company, account.siren) is None:
        session.add(Company(siren=account.siren, name=f"SIREN {grouped(account.siren)}"))
        await session.flush()  # without a relationship(), SQLAlchemy does not know that it comes first
    session.add(account)
    await session.flush()
    number = cast(int, account.id)  # the flush gave it
    record(session, "account.created", actor=actor, account_id=number, role=account.role)
    return number
