"""The background task that seals the journal, in each worker: whoever comes first does it (SES-52)."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.journal.sealing import seal_pending

INTERVAL = 5.0
"""Seconds between two looks: how long an entry may stay without a seal."""
log = structlog.get_logger()


async def seal_journal() -> None:
    """Seal what was written, for as long as this worker lives; what fails is tried again."""
    while True:
        await seal_once()
        await asyncio.sleep(INTERVAL)


async def seal_once() -> None:
    """One round; a database or a disk that is away ends the round, not the task."""
    try:
        await seal_pending()
    except (SQLAlchemyError, OSError) as error:
        log.warning("journal.not_sealed", error=type(error).__name__)
