"""Signing up, open to anyone (PPR-01, PPR-02, COM-03).

Whatever the address, the same is answered; what differs is the letter that its holder gets. An account stays shut
until a link sent to its address has set its first password.
"""

from dataclasses import dataclass

from models.identity.access.registration import NOT_AN_ADDRESS, add_account
from models.identity.accounts.links import Purpose, end_links, make_link
from models.identity.accounts.queries import at_address
from models.identity.accounts.rules import Role, is_address, same_address
from models.identity.accounts.tables import Account
from models.identity.companies.actions import ensure_company
from models.identity.letters.actions import post_letter
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.identifiers import LONGEST_NAME, read_siren
from models.kernel.legible import is_legible


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed to sign up, as it will be kept, and what is wrong with it by field."""

    name: str
    email: str
    siren: str
    errors: dict[str, str]


def read_typed(name: str, email: str, siren: str) -> Typed:
    """What was typed, with French sentences for what must be corrected. Nothing is looked up."""
    plain, address, number = " ".join(name.split()), same_address(email), read_siren(siren)
    wrong = {
        "nom": _name_error(plain),
        "email": "" if is_address(address) else NOT_AN_ADDRESS.sentence,
        "siren": number.error,
    }
    return Typed(plain, address, number.siren, {field: why for field, why in wrong.items() if why})


def _name_error(name: str) -> str:
    if not name:
        return "Écrivez votre prénom et votre nom."
    if len(name) > LONGEST_NAME:
        return f"Un nom compte au plus {LONGEST_NAME} caractères."
    return "" if is_legible(name) else "Ce nom contient un caractère interdit."


async def sign_up(typed: Typed) -> None:
    """Open an account that its address has still to confirm, or tell its holder that there is one already.

    Asked again before it is confirmed, the newest name and company hold, and earlier links end.
    """

    def verb(db: DbSession) -> None:
        account = at_address(db, typed.email)
        if account is not None and account.email_verified_at is not None:
            post_letter(db, "already_registered", to=account.email, account_id=account.id)
            return
        ensure_company(db, typed.siren)
        number = _renewed(db, account, typed) if account else _opened(db, typed)
        link = make_link(db, Purpose.VERIFY, number, typed.email)
        post_letter(db, "verify_address", to=typed.email, account_id=number, link=link)

    await write(verb)


def _opened(db: DbSession, typed: Typed) -> int:
    now = clock.now()
    account = Account(
        email=typed.email,
        name=typed.name,
        role=Role.OPERATOR,
        siren=typed.siren,
        password_hash="",
        created_at=now,
        password_changed_at=now,
    )
    return add_account(db, account)


def _renewed(db: DbSession, account: Account, typed: Typed) -> int:
    number = account.key
    account.name, account.siren = typed.name, typed.siren
    end_links(db, number, Purpose.VERIFY)
    return number
