"""Signing up, open to anyone (PPR-01, PPR-02, COM-03).

Whatever the address, the same is answered; what differs is the letter that its holder gets. An account stays shut
until a link sent to its address has set its first password.
"""

from models.identity.access.forms import SignUpForm
from models.identity.access.registration import add_account
from models.identity.accounts.links import Purpose, end_links, make_link
from models.identity.accounts.queries import at_address
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.companies.actions import ensure_company
from models.identity.letters.actions import post_letter
from models.kernel import clock
from models.kernel.database import DbSession, write


async def sign_up(typed: SignUpForm) -> None:
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


def _opened(db: DbSession, typed: SignUpForm) -> int:
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


def _renewed(db: DbSession, account: Account, typed: SignUpForm) -> int:
    number = account.key
    account.name, account.siren = typed.name, typed.siren
    end_links(db, number, Purpose.VERIFY)
    return number
