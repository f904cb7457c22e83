"""The background task that seals the journal, in each worker: whoever comes first does it (SES-52)."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.journal.sealing.seals import seal_pending

INTERVAL = 5.0
"""Seconds between two looks: how long an entry may stay without a seal."""
log = structlog.get_logger()


async def seal_journal() -> None:
    """Seal what was written, for as long as this worker lives, and once more as it ends; what fails is tried again."""
    try:
        while True:
            await seal_once()
            await asyncio.sleep(INTERVAL)
    except asyncio.CancelledError:
        await seal_once()  # what is not sealed now would be sealed late, which verification holds against it
        raise


async def seal_once() -> None:
    """One round; a database or a disk that is away, or a key that is none, ends the round, not the task."""
    try:
        await seal_pending()
    except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
        log.warning("journal.not_sealed", error=type(error).__name__)
