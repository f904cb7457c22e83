"""What leaves: taken by one relay for a while, sent, settled; whatever it is (docs/decisions/0016, 0018).

On PostgreSQL these transactions stay outside of the one-writer lock, as they write no fact: several relays take at
once, each what no other holds (SKIP LOCKED), and nobody who writes a fact waits for them.
"""

import re
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import text
from sqlmodel import Field, SQLModel, col, select

from models.kernel import clock
from models.kernel.database import DbSession

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 120, 360, 720))
"""How long to wait after each failure; after the one that follows the last, it is given up: set aside."""
LEASE = timedelta(minutes=2)
"""For how long a relay that took a letter has it to itself: longer than any sending may take."""
_ADDRESS = re.compile(r"<?(?<![^\s<>@])[^\s<>@]++@[^\s<>@]++>?")
_LONGEST = 300
WAITING = text("due_at IS NOT NULL")
"""Of what leaves: for indexes of what is still to be tried."""


class Outgoing(SQLModel):
    """What leaves the portal: taken by a relay for a while, sent, and settled (docs/decisions/0016, 0018)."""

    id: str = Field(primary_key=True)
    """Random; its Message-ID derives from it, so that one sent twice is seen to be the same."""
    created_at: datetime
    due_at: datetime | None = Field(index=True)
    """When to try next; None once it left, was withheld, or was given up."""
    attempts: int = 0
    sent_at: datetime | None = None
    given_up_at: datetime | None = Field(default=None, index=True)
    """Set aside, for those who run the service to see and to replay."""
    withheld_at: datetime | None = None
    """The right to know was lost between the fact and the delivery: nothing was sent."""
    problem: str = ""
    """Why the last attempt failed, as the server said; no address."""


Row = TypeVar("Row", bound=Outgoing)


def take(db: DbSession, table: type[Row], most: int = 1) -> list[Row]:
    """Those that wait for longest, as this relay's own for LEASE; none that another relay is taking."""
    now = clock.now()
    due = select(table).where(col(table.due_at) <= now).order_by(col(table.due_at), col(table.id))
    rows = list(db.exec(due.limit(most).with_for_update(skip_locked=True)).all())
    for row in rows:
        row.due_at = now + LEASE
        row.attempts += 1
    return rows


def any_due(db: DbSession, table: type[Row]) -> bool:
    """Whether something is to be tried now: one look at an index, so that idle relays write nothing."""
    due = select(table.id).where(col(table.due_at) <= clock.now()).limit(1)
    return db.exec(due).first() is not None


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


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after the failure number `attempts` (from 1); None to give up."""
    return DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def without_addresses(reason: str) -> str:
    """What a server said, as it may be kept: on one line, short, and naming nobody."""
    return _ADDRESS.sub("(adresse)", " ".join(reason[: _LONGEST * 10].split()))[:_LONGEST]
