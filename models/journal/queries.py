"""Reading the journal forward."""

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.journal.tables import JournalEntry

# Made once: each worker asks it four times a second.
_AFTER = (
    select(JournalEntry)
    .where(col(JournalEntry.seq) > bindparam("seq"))
    .order_by(col(JournalEntry.seq))
    .limit(bindparam("most"))
)


async def last_seq(session: AsyncSession) -> int:
    """The newest entry's number; 0 when the journal is empty."""
    return (await session.exec(select(func.max(JournalEntry.seq)))).one() or 0


async def after(session: AsyncSession, seq: int, limit: int = 500) -> list[JournalEntry]:
    """The entries that follow `seq`, oldest first, at most `limit`."""
    return list((await session.exec(_AFTER, params={"seq": seq, "most": limit})).all())
