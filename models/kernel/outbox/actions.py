"""What leaves: taken by one relay for a while, sent, settled; whatever it is (docs/decisions/0016, 0018).

On PostgreSQL these transactions stay outside of the one-writer lock, as they write no fact: several relays take at
once, each what no other holds (SKIP LOCKED), and nobody who writes a fact waits for them.
"""

import re
from datetime import timedelta
from typing import TypeVar

from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.outbox.queries import free_and_due
from models.kernel.outbox.tables import Outgoing

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 120, 360, 720))
"""How long to wait after each failure; after the one that follows the last, it is given up: set aside."""
LEASE = timedelta(minutes=2)
"""For how long a relay that took a letter has it to itself: longer than any sending may take."""
_ADDRESS = re.compile(r"<?(?<![^\s<>@])[^\s<>@]++@[^\s<>@]++>?")
_LONGEST = 300

Row = TypeVar("Row", bound=Outgoing)


def take(db: DbSession, table: type[Row], most: int = 1) -> list[Row]:
    """Those that wait for longest, as this relay's own for LEASE; none that another relay is taking."""
    now = clock.now()
    rows = free_and_due(db, table, now, most)
    for row in rows:
        row.due_at = now + LEASE
        row.attempts += 1
    return rows


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
