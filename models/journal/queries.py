"""Reading the journal forward."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.journal.tables import JournalEntry


async def last_seq(session: AsyncSession) -> int:
    """The newest entry's number; 0 when the journal is empty."""
    return (await session.exec(select(func.max(JournalEntry.seq)))).one() or 0


async def after(session: AsyncSession, seq: int, limit: int = 500) -> list[JournalEntry]:
    """The entries that follow `seq`, oldest first, at most `limit`."""
    newer = select(JournalEntry).where(col(JournalEntry.seq) > seq)
    return list((await session.exec(newer.order_by(col(JournalEntry.seq)).limit(limit))).all())
