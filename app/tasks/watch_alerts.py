"""The background task that opens and closes alerts, in each worker: the database sees to it that none is told twice.

It looks when the journal says that something happened that alerts depend on, and once a minute because time goes by.
"""

import asyncio
import contextlib
from dataclasses import dataclass, field
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.journal.queries import after, last_seq
from models.kernel import bus
from models.kernel.database import read
from models.signals.alerts.actions import watch

EVERY = 60.0
"""Seconds between two looks when nothing happens: ages grow."""
LISTENS_EVERY = 2.0
"""Seconds between two readings of the journal when nobody says that something was written."""
_PAUSE = 2.0
"""Seconds from the word to the look, which measures all that is open: one answers for all that was written meanwhile."""
_DEPENDS_ON = ("consignment.", "appointment.", "threshold.")
log = structlog.get_logger()


@dataclass
class Watch:
    """How far one worker has read, and when it last looked. To forget it costs one look, never an alert."""

    seq: int = 0
    looked: float = field(default=float("-inf"))

    async def turn(self) -> bool:
        """Look if there is a reason to; whether it did. A database that is away ends the turn, not the task."""
        try:
            if not await self._due():
                return False
            await watch()
        except (SQLAlchemyError, OSError) as error:
            log.warning("alerts.not_watched", error=type(error).__name__)
            self.looked = float("-inf")  # what was read may not have been answered: look at the next turn
            return False
        self.looked = monotonic()
        return True

    async def _due(self) -> bool:
        if monotonic() - self.looked >= EVERY:
            self.seq = await read(last_seq)
            return True
        entries = await read(lambda db: after(db, self.seq))
        self.seq = entries[-1].seq or self.seq if entries else self.seq
        return any(entry.kind.startswith(_DEPENDS_ON) for entry in entries)


async def watch_alerts() -> None:
    """Watch for as long as this worker lives (SES-20, SES-21)."""
    watching = Watch()
    async with bus.listening() as word:
        while True:
            await watching.turn()
            with contextlib.suppress(TimeoutError):
                # not wait_for(), which in Python 3.11 may swallow the end of the task
                async with asyncio.timeout(LISTENS_EVERY):
                    await word.wait()
            await asyncio.sleep(_PAUSE)
            word.clear()
