"""The background task that seals what was decided and not sealed: its process died, or its seal failed."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.documents.issued.time_stamps import way
from models.casework.issued import queries
from models.casework.issued.actions import complete
from models.kernel import clock
from models.kernel.database import read

INTERVAL = 30.0
"""Seconds between two looks."""
AGE = timedelta(minutes=1)
"""Of a number that nobody seals any more: who gave it would have done so by now."""
log = structlog.get_logger()


async def finish_documents() -> None:
    """Seal what waits, for as long as this worker lives."""
    while True:
        await finish_once()
        await asyncio.sleep(INTERVAL)


async def finish_once() -> None:
    """One round; a document that cannot be sealed keeps no other from it."""
    try:
        waiting = await read(queries.unsealed, clock.now() - AGE)
    except (SQLAlchemyError, OSError) as error:
        log.warning("documents.not_read", error=type(error).__name__)
        return
    for number in waiting:
        try:
            await complete(number, way())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one is tried again, and logged
            log.warning("document.not_sealed", number=number, error=type(error).__name__)
