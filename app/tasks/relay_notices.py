"""The background task that tells people what the journal says, in each worker: whoever comes first does it (SES-32)."""

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.tasks.loop import for_ever
from models.kernel.database import read
from models.signals.notifications import derivation

_PAUSE = 0.05
"""Seconds from the word to the look: what is urgent should be on screen within a second."""
log = structlog.get_logger()


async def relay_notices() -> None:
    """Tell what was journalled, for as long as this worker lives; what fails is tried again."""
    await for_ever(relay_due, pause=_PAUSE)


async def relay_due() -> int:
    """One round: how many entries were passed. A database that is away ends the round, not the task."""
    passed = 0
    try:
        while await read(derivation.pending):
            passed += await derivation.relay()
    except (SQLAlchemyError, OSError) as error:
        log.warning("notices.journal_away", error=type(error).__name__)
    return passed
