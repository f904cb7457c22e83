"""Reading attachments: for those who see their subject, for their senders, and for the tasks that look after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from models.casework.attachments import policy, words
from models.casework.attachments.content import FILE_TYPES
from models.casework.attachments.policy import PRESENT, Caller, Sight
from models.casework.attachments.rules import megabytes
from models.casework.attachments.tables import Attachment, AttachmentPage, AttachmentPiece
from models.casework.attachments.vocabulary import COMPLETE, State
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.subject import Subject


@dataclass(frozen=True, slots=True)
class Listed:
    """An attachment as it is shown to somebody who sees its subject."""

    reference: str
    name: str
    size: str
    """`1,2 Mo`."""
    state: State
    label: str
    """Where it stands, in French."""
    reason: str
    """Why it was refused, in a sentence; empty unless it was."""
    side: str
    own: bool
    """Whether it is this person's own, who may take it back."""
    begun_at: datetime
    offset: int
    """Bytes received so far."""
    obtainable: bool
    """Whether it can be downloaded now."""
    shown_pages: int
    """How many pages there is a picture of."""


def one(db: DbSession, reference: str) -> Attachment | None:
    """The attachment of that reference, for whoever: the caller asks the policy."""
    return db.exec(select(Attachment).where(Attachment.reference == reference)).first()


def seen(db: DbSession, caller: Caller, reference: str) -> tuple[Attachment, Sight] | None:
    """The attachment, and its subject as this person or program sees it; None when it does not exist for them.

    One that is still being received exists for its sender alone.
    """
    attachment = one(db, reference)
    if attachment is None:
        return None
    sight = policy.sight(db, caller, subject_of(attachment))
    hidden = attachment.state == State.RECEIVING or attachment.deleted_at is not None
    if sight is None or (hidden and not policy.is_sender(attachment, caller)):
        return None
    return attachment, sight


def subject_of(attachment: Attachment) -> Subject:
    """What the attachment is about."""
    return Subject(attachment.subject_kind, attachment.subject_id)


def of_subject(db: DbSession, viewer: Viewer, subject: Subject) -> list[Listed]:
    """The attachments of a subject, oldest first, for somebody who sees it: those refused and unfinished, for their sender."""
    if policy.sight(db, viewer, subject) is None:
        return []
    others = or_(col(Attachment.state).in_((*COMPLETE, State.QUARANTINED)), _sent_by(viewer))
    rows = db.exec(
        select(Attachment)
        .where(*_about(subject), col(Attachment.deleted_at).is_(None), others)
        .order_by(col(Attachment.id))
    ).all()
    shown = _pages_of(db, [row.id or 0 for row in rows])
    return [_listed(row, viewer, shown.get(row.id or 0, 0)) for row in rows]


def _listed(row: Attachment, viewer: Viewer, pages: int) -> Listed:
    state = State(row.state)
    return Listed(
        reference=row.reference,
        name=row.name,
        size=megabytes(row.size),
        state=state,
        label=words.STATES[state],
        reason=words.sentence(row.reason, row.kind) if row.reason else "",
        side=row.side,
        own=policy.is_sender(row, viewer),
        begun_at=row.begun_at,
        offset=row.received,
        obtainable=policy.obstacle(row) is None,
        shown_pages=pages,
    )


def used(db: DbSession, subject: Subject) -> tuple[int, int]:
    """How many files a subject has, those that are being received included, and their bytes in all."""
    count, size = func.count(), func.coalesce(func.sum(Attachment.size), 0)
    files, total = db.exec(select(count, size).where(*_about(subject), *PRESENT)).one()
    return files, int(total)


def alike(db: DbSession, subject: Subject, digest: str, *, but: int = 0) -> Attachment | None:
    """Another file of the subject with these bytes, as announced or as they came."""
    same = or_(Attachment.sha256 == digest, Attachment.announced_sha256 == digest)  # type: ignore[arg-type]
    query = select(Attachment).where(*_about(subject), *PRESENT, same, Attachment.id != but)
    return db.exec(query.order_by(col(Attachment.id))).first() if digest else None


def unfinished(db: DbSession, caller: Caller) -> int:
    """How many files this person or program has begun and not finished."""
    receiving = (Attachment.state == State.RECEIVING, col(Attachment.deleted_at).is_(None))
    return db.exec(select(func.count()).where(_sent_by(caller), *receiving)).one()


def pieces(db: DbSession, attachment: Attachment) -> Sequence[AttachmentPiece]:
    """What came of a file so far, in order."""
    rows = select(AttachmentPiece).where(AttachmentPiece.attachment_id == attachment.id)
    return db.exec(rows.order_by(col(AttachmentPiece.start))).all()


def pages(db: DbSession, attachment: Attachment) -> Sequence[AttachmentPage]:
    """The pictures of its pages, in order."""
    rows = select(AttachmentPage).where(AttachmentPage.attachment_id == attachment.id)
    return db.exec(rows.order_by(col(AttachmentPage.page))).all()


def page(db: DbSession, attachment: Attachment, number: int) -> AttachmentPage | None:
    """The picture of one page."""
    return db.get(AttachmentPage, (attachment.id, number))


def due(db: DbSession, now: datetime) -> Attachment | None:
    """The file that waits longest for the background tasks to look at it."""
    rows = select(Attachment).where(
        col(Attachment.state).in_((State.RECEIVING, State.QUARANTINED, State.UNSCANNED)),
        col(Attachment.look_at) <= now,
        col(Attachment.deleted_at).is_(None),
    )
    return db.exec(rows.order_by(col(Attachment.look_at)).limit(1)).first()


def abandoned(db: DbSession, before: datetime, most: int) -> Sequence[Attachment]:
    """Files of which nothing came since then."""
    rows = select(Attachment).where(
        Attachment.state == State.RECEIVING,
        col(Attachment.moved_at) < before,
        col(Attachment.deleted_at).is_(None),
    )
    return db.exec(rows.order_by(col(Attachment.id)).limit(most)).all()


def all_of(db: DbSession, subject: Subject) -> Sequence[Attachment]:
    """Every file of a subject that is not deleted, refused ones included."""
    return db.exec(select(Attachment).where(*_about(subject), col(Attachment.deleted_at).is_(None))).all()


def known_keys(db: DbSession, shard: str) -> set[str]:
    """The keys that the rows of a shard name: of whole files, of pieces and of pages."""
    pieces_of = select(AttachmentPiece.key).join(Attachment).where(*_within(shard))
    pages_of = select(AttachmentPage.key).join(Attachment).where(*_within(shard))
    whole = (key for key, _ in whole_keys(db, shard))
    return {*whole, *db.exec(pieces_of).all(), *db.exec(pages_of).all()}


def whole_keys(db: DbSession, shard: str) -> list[tuple[str, str]]:
    """The key and the reference of each whole file of a shard."""
    rows = select(Attachment.key, Attachment.reference).where(*_within(shard), Attachment.key != "")
    return [(key, reference) for key, reference in db.exec(rows).all()]


def _within(shard: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """References are hexadecimal: none is after `g`."""
    return col(Attachment.reference) >= shard, col(Attachment.reference) < f"{shard}g"


def media_type(attachment: Attachment) -> str:
    """What the file is served as: what its content is."""
    return FILE_TYPES[attachment.kind].media_type


def _about(subject: Subject) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (col(Attachment.subject_kind) == subject.kind, col(Attachment.subject_id) == subject.id)


def _sent_by(caller: Caller) -> ColumnElement[bool]:
    if isinstance(caller, Viewer):
        return col(Attachment.account_id) == caller.account_id
    return col(Attachment.client_id) == caller.id


def _pages_of(db: DbSession, keys: Sequence[int]) -> dict[int, int]:
    count = (
        select(AttachmentPage.attachment_id, func.count())
        .where(col(AttachmentPage.attachment_id).in_(keys))
        .group_by(col(AttachmentPage.attachment_id))
    )
    return dict(db.exec(count).all())
