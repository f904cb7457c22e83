"""Addresses whose mail server refused a letter for good: their holder is told so, in the portal."""

from sqlalchemy import update
from sqlmodel import col

from models.identity.accounts.facts import record_of
from models.identity.accounts.tables import Account
from models.identity.letters.actions import on_reach
from models.journal.record import SYSTEM
from models.kernel import clock
from models.kernel.database import DbSession
from models.signals.notifications.cursors import account_row
from models.signals.notifications.tables import NoticeAccount


@on_reach
def note_reach(db: DbSession, account_id: int, address: str, *, reached: bool) -> None:
    """Remember that the address refuses letters, as a fact; or forget it, once it takes one."""
    if not reached:
        return _flag(db, account_id, address)
    bounced = (
        col(NoticeAccount.account_id) == account_id,
        col(NoticeAccount.bounced_address) == address,
        col(NoticeAccount.bounced_at).is_not(None),
    )
    db.execute(update(NoticeAccount).where(*bounced).values(bounced_at=None))
    return None


def _flag(db: DbSession, account_id: int, address: str) -> None:
    account = db.get_one(Account, account_id)
    known = account_row(db, account_id)
    if account.email != address or (known.bounced_at is not None and known.bounced_address == address):
        return
    known.bounced_at, known.bounced_address = clock.now(), address
    record_of(db, "account.email_undeliverable", account_id, actor=SYSTEM)
