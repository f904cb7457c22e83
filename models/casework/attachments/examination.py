"""What becomes of a file in quarantine: looked at in a process apart, scanned, and then there for people, or refused.

The background tasks do it (app/tasks/examine_attachments.py), in any number of processes: who takes a file says until
when, and another takes it up where that one died. A file that could not be scanned is tried again, later and later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import update
from sqlmodel import col

from models.casework.attachments import previews, queries, scanning, storage
from models.casework.attachments.completion import finish, note_scanned, refuse
from models.casework.attachments.previews import Look, NotLooked
from models.casework.attachments.scanning import NotScanned
from models.casework.attachments.storage import NotStored, StorageAway
from models.casework.attachments.tables import Attachment, AttachmentPage
from models.casework.attachments.vocabulary import Reason, State
from models.kernel import clock
from models.kernel.database import DbSession, read, write, write_aside
from models.kernel.rows import insert_rows
from models.kernel.settings.portal import settings
from models.kernel.threads import files, scans

LEASE = timedelta(minutes=5)
"""How long one process may take for one file, before another takes it up."""
_AGAIN = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""After which a file is tried again, the last one for ever."""
_LOOKS = 3
"""How often a file is looked at that takes too long on a busy machine, before it goes on without pictures."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The picture of a page, kept in the storage."""

    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one examination."""

    fault: Reason | None = None
    signature: str = ""
    scanned: bool = False
    looked: bool = False
    pages: int = 0
    pictures: Sequence[_Drawn] = ()


async def examine_next() -> bool:
    """Take the file that waits longest, and do what it waits for; False when none waits."""
    attachment = await write_aside(_take) if await read(queries.due, clock.now()) else None
    if attachment is None:
        return False
    try:
        if attachment.state == State.RECEIVING:
            await finish(attachment.reference)
        else:
            await _examine(attachment)
    except NotStored:
        await _lose(attachment)
    except StorageAway as error:
        log.warning("attachments.storage_away", error=str(error))
        return False
    return True


def _take(db: DbSession) -> Attachment | None:
    """The next file, nobody else's for a while."""
    now = clock.now()
    attachment = queries.due(db, now)
    if attachment is not None and not _lease(db, attachment, now + LEASE):
        return None
    return attachment


def _lease(db: DbSession, attachment: Attachment, until: datetime) -> bool:
    """Take that file for oneself until then; False when somebody else was faster."""
    unchanged = col(Attachment.id) == attachment.id, col(Attachment.look_at) == attachment.look_at
    return db.held.execute(update(Attachment).where(*unchanged).values(look_at=until)).rowcount == 1


async def _examine(attachment: Attachment) -> None:
    outcome = _Outcome()
    if attachment.state == State.QUARANTINED:
        outcome = await _look(attachment)
    if outcome.fault is None and (outcome.looked or attachment.state == State.UNSCANNED):
        outcome = await _scan(attachment, outcome)
    gone = await write(_settle, attachment.reference, outcome)
    await files.run(storage.remove, gone)


async def _look(attachment: Attachment) -> _Outcome:
    try:
        look = await previews.look(attachment.kind, storage.stream(attachment.key))
    except NotLooked as error:
        log.warning("attachments.not_looked_at", attachment=attachment.reference, error=str(error))
        return _Outcome(looked=attachment.looks >= _LOOKS)
    drawn = [] if look.fault else await files.run(_keep, attachment.reference, look)
    return _Outcome(fault=look.fault, looked=True, pages=look.pages, pictures=drawn)


def _keep(reference: str, look: Look) -> list[_Drawn]:
    drawn = []
    for number, picture in enumerate(look.pictures, 1):
        key = storage.new_key(reference, f"page-{number}")
        storage.put(key, picture.content)
        drawn.append(_Drawn(key, picture.width, picture.height))
    return drawn


async def _scan(attachment: Attachment, looked: _Outcome) -> _Outcome:
    server = settings().scanner
    virus, scanned = "", False
    if server is not None:
        try:
            virus = (await scans.run(scanning.scan, server, storage.stream(attachment.key))).signature
            scanned = True
        except NotScanned as error:
            log.warning("attachments.not_scanned", attachment=attachment.reference, error=str(error))
    fault = Reason.INFECTED if virus else None
    return _Outcome(fault, virus, scanned, True, looked.pages, looked.pictures)


def _settle(db: DbSession, reference: str, outcome: _Outcome) -> list[str]:
    """Write down what came of it; returns the objects that nothing names any more."""
    attachment = queries.one(db, reference)
    drawn = [picture.key for picture in outcome.pictures]
    if attachment is None or attachment.deleted_at or attachment.state not in _EXAMINED:
        return drawn
    if outcome.fault is not None:
        signature = {"signature": outcome.signature} if outcome.signature else {}
        return [*drawn, *refuse(db, attachment, outcome.fault, **signature)]
    now, before = clock.now(), attachment.state
    if before == State.QUARANTINED and outcome.looked:
        _keep_pages(db, attachment, outcome)
        drawn = []
        attachment.state = State.UNSCANNED
    if outcome.scanned:
        attachment.state = State.SCANNED
    attachment.looks = 0 if before != attachment.state else attachment.looks + 1
    attachment.look_at = _next_look(attachment)
    if before != attachment.state:
        attachment.moved_at = now
        note_scanned(db, attachment)
    return drawn


_EXAMINED = (State.QUARANTINED, State.UNSCANNED)


def _keep_pages(db: DbSession, attachment: Attachment, outcome: _Outcome) -> None:
    attachment.pages = outcome.pages
    rows = [
        {
            "attachment_id": attachment.id,
            "page": number,
            "key": drawn.key,
            "width": drawn.width,
            "height": drawn.height,
        }
        for number, drawn in enumerate(outcome.pictures, 1)
    ]
    insert_rows(db, AttachmentPage, rows)


def _next_look(attachment: Attachment) -> datetime | None:
    waits = attachment.state == State.QUARANTINED or (
        attachment.state == State.UNSCANNED and settings().scanner is not None
    )
    pause = _AGAIN[min(attachment.looks, len(_AGAIN) - 1)]
    return clock.now() + pause if waits else None


async def _lose(attachment: Attachment) -> None:
    """The bytes are gone from the storage: say so, to its sender and in the log."""
    log.error("attachments.lost", attachment=attachment.reference)
    await files.run(storage.remove, await write(lose, attachment.reference))


def lose(db: DbSession, reference: str) -> list[str]:
    """Refuse a file whose bytes are gone."""
    attachment = queries.one(db, reference)
    lost = attachment is not None and attachment.deleted_at is None and attachment.state != State.REFUSED
    return refuse(db, attachment, Reason.LOST) if attachment is not None and lost else []
