"""A file whose bytes are all there: put together, checked, and in quarantine; or refused, or deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from models.casework.attachments import queries, storage
from models.casework.attachments.content import FILE_TYPES, Inspection
from models.casework.attachments.tables import Attachment, AttachmentPage, AttachmentPiece
from models.casework.attachments.vocabulary import Reason, State
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.rows import delete_rows
from models.kernel.threads import files

GRACE = timedelta(minutes=2)
"""After the last piece: when the background tasks put a file together whose request was cut."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A file put together."""

    key: str
    sha256: str
    fault: Reason | None


async def finish(reference: str) -> Attachment | None:
    """Put a file together whose pieces are all there, and check what it is; once, whoever asks.

    Returns the attachment as it is then; None when nothing was left to do.

    Raises:
        StorageAway: when the storage is: it may be asked again.
        NotStored: when a piece is gone.
    """
    ready = await read(_ready, reference)
    if ready is None:
        return None
    attachment, keys = ready
    whole = await files.run(_put_together, attachment, keys)
    after, gone = await write(_finished, reference, whole)
    await files.run(storage.remove, gone)
    return after


def _ready(db: DbSession, reference: str) -> tuple[Attachment, list[str]] | None:
    attachment = queries.one(db, reference)
    if attachment is None or not _is_all_there(attachment):
        return None
    return attachment, [piece.key for piece in queries.pieces(db, attachment)]


def _is_all_there(attachment: Attachment) -> bool:
    receiving = attachment.state == State.RECEIVING and attachment.deleted_at is None
    return receiving and attachment.received == attachment.size


def _put_together(attachment: Attachment, keys: Sequence[str]) -> _Whole:
    inspection = Inspection()

    def bytes_of_all() -> Iterator[bytes]:
        for piece in keys:
            yield from map(inspection.feed, storage.stream(piece))

    if len(keys) == 1:  # it is whole as it came
        key = keys[0]
        for _ in bytes_of_all():
            pass
    else:
        key = storage.new_key(attachment.reference, "whole")
        storage.put(key, bytes_of_all())
    digest = inspection.sha256
    fault = inspection.fault(FILE_TYPES[attachment.kind])
    if attachment.announced_sha256 not in ("", digest) or inspection.size != attachment.size:
        fault = Reason.ALTERED
    return _Whole(key, digest, fault)


def _finished(db: DbSession, reference: str, whole: _Whole) -> tuple[Attachment | None, list[str]]:
    """Settle what became of it; returns it with the objects that nothing names any more."""
    attachment = queries.one(db, reference)
    if attachment is None:
        return None, [whole.key]
    if not _is_all_there(attachment):
        return attachment, [key for key in [whole.key] if key != attachment.key]
    attachment.sha256 = whole.sha256
    twin = queries.alike(db, queries.subject_of(attachment), whole.sha256, but=attachment.id or 0)
    fault = whole.fault or (Reason.TWICE if twin else None)
    if fault is not None:
        return attachment, [whole.key, *refuse(db, attachment, fault)]
    gone = [key for key in _forget_pieces(db, attachment) if key != whole.key]
    attachment.key, attachment.state = whole.key, State.QUARANTINED
    attachment.moved_at = attachment.look_at = clock.now()
    attachment.looks = 0
    _write_down(db, "attachment.received", attachment, _sender(attachment), sha256=attachment.sha256)
    return attachment, gone


def refuse(db: DbSession, attachment: Attachment, reason: Reason, **payload: str) -> list[str]:
    """Keep nothing of a file but why; returns the objects that nothing names any more."""
    gone = _forget_content(db, attachment)
    attachment.state, attachment.reason = State.REFUSED, reason
    attachment.moved_at, attachment.look_at = clock.now(), None
    _write_down(db, "attachment.refused", attachment, SYSTEM, reason=reason.value, **payload)
    return gone


def delete(db: DbSession, attachment: Attachment, actor: str) -> list[str]:
    """Keep nothing of a file but that there was one; returns the objects that nothing names any more."""
    gone = _forget_content(db, attachment)
    attachment.deleted_at = attachment.moved_at = clock.now()
    attachment.look_at = None
    _write_down(db, "attachment.deleted", attachment, actor)
    return gone


def note_scanned(db: DbSession, attachment: Attachment) -> None:
    """Say in the journal that the file is there now, scanned or not."""
    _write_down(db, "attachment.scanned", attachment, SYSTEM, outcome=attachment.state)


def _forget_content(db: DbSession, attachment: Attachment) -> list[str]:
    gone = [page.key for page in queries.pages(db, attachment)]
    delete_rows(db, AttachmentPage, attachment_id=attachment.id)
    gone += [*_forget_pieces(db, attachment), attachment.key]
    attachment.key = ""
    return [key for key in gone if key]


def _forget_pieces(db: DbSession, attachment: Attachment) -> list[str]:
    gone = [piece.key for piece in queries.pieces(db, attachment)]
    delete_rows(db, AttachmentPiece, attachment_id=attachment.id)
    return gone


def _sender(attachment: Attachment) -> str:
    return f"partner:{attachment.client_id}" if attachment.client_id else f"account:{attachment.account_id}"


def _write_down(db: DbSession, kind: str, attachment: Attachment, actor: str, **payload: Any) -> None:
    record(
        db,
        kind,
        actor=actor,
        siren=attachment.siren,
        post_code=attachment.post_code,
        attachment=attachment.reference,
        subject=queries.subject_of(attachment),
        size=attachment.size,
        **payload,
    )
