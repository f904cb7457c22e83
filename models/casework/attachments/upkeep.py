"""What attachments need from time to time: abandoned ones lapse, and rows and storage are held against each other."""

from datetime import timedelta

import structlog
from sqlalchemy import update
from sqlmodel import col

from models.casework.attachments import queries, storage
from models.casework.attachments.completion import refuse
from models.casework.attachments.examination import lose
from models.casework.attachments.storage import SHARD
from models.casework.attachments.tables import Attachment
from models.casework.attachments.vocabulary import Reason, State
from models.kernel import clock
from models.kernel.database import DbSession, read, write, write_aside
from models.kernel.settings.portal import settings
from models.kernel.threads import files

ABANDONED = timedelta(hours=24)
"""Without a piece, after which a file that was begun lapses: until then it can be resumed, and takes a place."""
UNKNOWN = timedelta(hours=1)
"""The age from which an object that no row names is removed: what is being written is younger."""
SHARDS = tuple(f"{number:0{SHARD}x}" for number in range(16**SHARD))
_AT_ONCE = 50
log = structlog.get_logger()


async def lapse() -> int:
    """Refuse the files that nobody goes on sending; returns how many they were."""
    count, keys = await write(_lapse) if await read(_any_abandoned) else (0, [])
    await files.run(storage.remove, keys)
    return count


def _any_abandoned(db: DbSession) -> bool:
    return bool(queries.abandoned(db, clock.now() - ABANDONED, 1))


def _lapse(db: DbSession) -> tuple[int, list[str]]:
    there = queries.abandoned(db, clock.now() - ABANDONED, _AT_ONCE)
    return len(there), [key for attachment in there for key in refuse(db, attachment, Reason.LAPSED)]


async def wake_unscanned() -> int:
    """Have the files scanned that came while no scanner was set, now that one is; returns how many they are."""
    return await write_aside(_wake_unscanned) if settings().scanner else 0


def _wake_unscanned(db: DbSession) -> int:
    asleep = update(Attachment).where(
        col(Attachment.state) == State.UNSCANNED,
        col(Attachment.look_at).is_(None),
        col(Attachment.deleted_at).is_(None),
    )
    return db.held.execute(asleep.values(look_at=clock.now())).rowcount


async def reconcile(shard: str) -> tuple[int, int]:
    """Hold the storage against the rows, for the references that begin with `shard`.

    Objects that no row names, and that nobody is writing, are removed; files whose object is gone are refused as lost.
    Returns how many of each.

    Raises:
        StorageAway: when the storage could not be asked: nothing is concluded from that.
    """
    before = clock.machine() - UNKNOWN
    named = await read(queries.whole_keys, shard)  # before the storage: what is kept meanwhile is not missed
    objects = await files.run(storage.listed, shard)
    known = await read(queries.known_keys, shard)  # after it: what was named meanwhile is not removed
    unknown = [stored.key for stored in objects if stored.key not in known and stored.modified < before]
    await files.run(storage.remove, unknown)
    drafts = await files.run(storage.remove_unfinished, shard, before)
    there = {stored.key for stored in objects}
    lost = [reference for key, reference in named if key not in there]
    for reference in lost:
        log.error("attachments.lost", attachment=reference)
        await files.run(storage.remove, await write(lose, reference))
    return len(unknown) + drafts, len(lost)
