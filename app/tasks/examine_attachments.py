"""The background tasks that see to the files which people attach: scanned, drawn, given up, held against the storage.

Each may run in several processes at once: a file is taken by one of them for a while, and each object of the storage
is judged by the rows alone.
"""

import asyncio
from itertools import cycle

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.tasks.loop import for_ever
from models.casework.attachments import upkeep
from models.casework.attachments.examination import examine_next
from models.casework.attachments.storage import StorageAway

INTERVAL = 15.0
"""Seconds between two looks at a part of the storage: all 256 parts in about an hour."""
log = structlog.get_logger()


async def examine_attachments() -> None:
    """Look at what came, for as long as this worker lives: at the bus's word, and now and then."""
    await for_ever(examine_once)


async def examine_once() -> None:
    """Take what waits, until nothing does; what fails ends the round, not the task."""
    try:
        while await examine_next():
            pass
    except (SQLAlchemyError, OSError) as error:
        log.warning("attachments.not_examined", error=type(error).__name__)


async def keep_attachments() -> None:
    """Give up what is abandoned, and hold the storage against the rows, for as long as this worker lives."""
    for shard in cycle(upkeep.SHARDS):
        await keep_once(shard)
        await asyncio.sleep(INTERVAL)


async def keep_once(shard: str) -> None:
    """One round, for the references that begin with `shard`; what fails ends the round, not the task."""
    try:
        await upkeep.lapse()
        await upkeep.wake_unscanned()
        removed, lost = await upkeep.reconcile(shard)
        if removed or lost:
            log.warning("attachments.reconciled", removed=removed, lost=lost)
    except (SQLAlchemyError, OSError, StorageAway) as error:
        log.warning("attachments.not_kept", error=type(error).__name__)
