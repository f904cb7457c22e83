"""Reading the journal forward."""

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from models.journal.tables import JournalEntry
from models.kernel.database import DbSession

# Made once: each worker asks it four times a second.
_AFTER = (
    select(JournalEntry)
    .where(col(JournalEntry.seq) > bindparam("seq"))
    .order_by(col(JournalEntry.seq))
    .limit(bindparam("most"))
)


def last_seq(session: DbSession) -> int:
    """The newest entry's number; 0 when the journal is empty."""
    return session.exec(select(func.max(JournalEntry.seq))).one() or 0


def after(session: DbSession, seq: int, limit: int = 500) -> list[JournalEntry]:
    """The entries that follow `seq`, oldest first, at most `limit`."""
    return list(session.exec(_AFTER, params={"seq": seq, "most": limit}).all())
