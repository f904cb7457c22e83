"""What leaves: taken by one relay for a while, sent, settled; whatever it is (docs/decisions/0016, 0018).

On PostgreSQL these transactions stay outside of the one-writer lock, as they write no fact: several relays take at
once, each what no other holds (SKIP LOCKED), and nobody who writes a fact waits for them.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.database import engine
from models.notifications.rules import LEASE, wait_after, without_addresses
from models.notifications.tables import Outgoing

Row = TypeVar("Row", bound=Outgoing)


@asynccontextmanager
async def aside() -> AsyncIterator[AsyncSession]:
    """A transaction that writes no fact: it says nothing to the bus, and waits for no other on PostgreSQL."""
    async with AsyncSession(engine(), expire_on_commit=False) as session:
        await session.connection(execution_options={"writes": True})
        yield session
        await session.commit()


async def take(db: AsyncSession, table: type[Row], most: int = 1) -> list[Row]:
    """Those that wait for longest, as this relay's own for LEASE; none that another relay is taking."""
    now = clock.now()
    due = select(table).where(col(table.due_at) <= now).order_by(col(table.due_at), col(table.id))
    rows = list((await db.exec(due.limit(most).with_for_update(skip_locked=True))).all())
    for row in rows:
        row.due_at = now + LEASE
        row.attempts += 1
    return rows


async def any_due(db: AsyncSession, table: type[Row]) -> bool:
    """Whether something is to be tried now: one look at an index, so that idle relays write nothing."""
    due = select(table.id).where(col(table.due_at) <= clock.now()).limit(1)
    return (await db.exec(due)).first() is not None


def left(row: Outgoing) -> None:
    """It was handed over."""
    row.sent_at, row.due_at, row.problem = clock.now(), None, ""


def withheld(row: Outgoing) -> None:
    """Nobody may be told any more: nothing was sent, and nothing will be."""
    row.withheld_at, row.due_at = clock.now(), None


def failed(row: Outgoing, reason: str, *, for_ever: bool) -> None:
    """It was not taken: it is tried again later, or set aside, now if that will never change (`for_ever`)."""
    wait = None if for_ever else wait_after(row.attempts)
    row.problem = without_addresses(reason)
    row.due_at = clock.now() + wait if wait else None
    row.given_up_at = None if wait else clock.now()


def replayed(row: Outgoing) -> None:
    """Those who run the service have it tried again, from the start."""
    row.due_at, row.attempts, row.given_up_at = clock.now(), 0, None
