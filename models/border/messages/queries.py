"""Reading messages: those that have told nothing yet, for the officers who handle them; and what the verbs ask."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from models.border.consignments.tables import Consignment
from models.border.messages.policy import may_correct, may_handle, may_read
from models.border.messages.rules import UNSETTLED, MessageStatus
from models.border.messages.tables import AwaitedSubject, Message, MessageBody, MessageSubject
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.statements.among import Among
from models.kernel.statements.compiled import Question
from models.posts.tables import Post

PER_PAGE = 25
_OF_DIGEST = Question(select(Message.id).where(col(Message.digest) == bindparam("digest")))
_AWAITED = Question(
    select(AwaitedSubject.message_id, AwaitedSubject.kind, AwaitedSubject.value).where(
        Among(col(AwaitedSubject.value), "values")
    )
)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A message as this viewer may see it. `awaited` are the references it waits for: (kind, value)."""

    message: Message
    readable: bool
    correctable: bool
    kept: bool
    """Whether its bytes are there: those of a message beyond the limit are not."""
    awaited: tuple[tuple[str, str], ...] = ()
    """The value is empty where the viewer may not read the message."""


def unsettled(db: DbSession, viewer: Viewer, status: MessageStatus, page: int = 1) -> Sequence[Unsettled]:
    """One page of the messages that are refused, or that wait, newest first; PER_PAGE at most."""
    if may_handle(viewer) is not None or status not in UNSETTLED:
        return []
    rows = (
        select(Message)
        .where(Message.status == status)
        .order_by(col(Message.received_at).desc(), col(Message.id))
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    messages = db.exec(rows).all()
    ids = [message.id for message in messages]
    bodies = set(db.exec(select(MessageBody.message_id).where(col(MessageBody.message_id).in_(ids))).all())
    awaited = _awaited(db, ids if status == MessageStatus.WAITING else [])
    return [_seen(viewer, message, message.id in bodies, awaited[message.id]) for message in messages]


def _awaited(db: DbSession, ids: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    references: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    if ids:
        wanted = select(AwaitedSubject).where(col(AwaitedSubject.message_id).in_(ids))
        for row in db.exec(wanted.order_by(col(AwaitedSubject.kind), col(AwaitedSubject.value))):
            references[row.message_id].append((row.kind, row.value))
    return references


def _seen(viewer: Viewer, message: Message, kept: bool, awaited: Sequence[tuple[str, str]]) -> Unsettled:
    readable = may_read(viewer, message) is None
    shown = awaited if readable else dict.fromkeys((kind, "") for kind, _ in awaited)
    return Unsettled(
        message,
        readable=readable and kept,
        correctable=may_correct(viewer, message) is None,
        kept=kept,
        awaited=tuple(shown),
    )


def counts(db: DbSession, viewer: Viewer) -> dict[MessageStatus, int]:
    """How many messages are refused, and how many wait."""
    if may_handle(viewer) is not None:
        return dict.fromkeys(UNSETTLED, 0)
    counted = select(Message.status, func.count()).where(col(Message.status).in_(UNSETTLED))
    by_status = dict(db.exec(counted.group_by(col(Message.status))).all())
    return {status: by_status.get(status, 0) for status in UNSETTLED}


def content(db: DbSession, viewer: Viewer, message_id: str) -> tuple[Message, bytes] | None:
    """A refused or waiting message and its bytes as they came; None when this viewer may not read it."""
    message = db.get(Message, message_id)
    if message is None or message.status not in UNSETTLED or may_read(viewer, message) is not None:
        return None
    body = db.get(MessageBody, message_id)
    return (message, body.content) if body else None


def of_digest(db: DbSession, digest: str) -> Message | None:
    """The message whose bytes have that SHA-256; None when they never came."""
    known = find_rows(db, _OF_DIGEST, digest=digest)
    return db.get_one(Message, known[0].id) if known else None


def message(db: DbSession, message_id: str) -> Message:
    """The message of that id, as the database now has it.

    Raises:
        NoResultFound: when there is none.
    """
    return db.exec(select(Message).where(Message.id == message_id)).one()


def refused(db: DbSession) -> list[str]:
    """Every message that is refused, oldest first."""
    ids = select(Message.id).where(Message.status == MessageStatus.REFUSED)
    return list(db.exec(ids.order_by(col(Message.received_at), col(Message.id))).all())


def references_of(db: DbSession, message_id: str) -> tuple[str, ...]:
    """The consignments that a message was applied to, by reference."""
    subjects = (
        select(Consignment.reference)
        .join(MessageSubject, col(MessageSubject.consignment_id) == col(Consignment.id))
        .where(MessageSubject.message_id == message_id)
    )
    return tuple(sorted(db.exec(subjects).all()))


def subjects_of(db: DbSession, message_id: str) -> set[int]:
    """The same, by key."""
    subjects = select(MessageSubject.consignment_id).where(MessageSubject.message_id == message_id)
    return set(db.exec(subjects).all())


def awaited_by(db: DbSession, message_id: str) -> Sequence[tuple[str, str]]:
    """What a message waits for: kinds of references, and their values."""
    awaited = select(AwaitedSubject.kind, AwaitedSubject.value).where(AwaitedSubject.message_id == message_id)
    return db.exec(awaited).all()


def waiting_for(db: DbSession, keys: Collection[tuple[str, str]]) -> set[str]:
    """The messages that wait for any of these references."""
    rows = find_rows(db, _AWAITED, values=[value for _, value in keys])
    return {message_id for message_id, kind, value in rows if (kind, value) in keys}


def with_bodies(db: DbSession, ids: Collection[str]) -> Sequence[tuple[Message, MessageBody]]:
    """These messages with their bytes, oldest first."""
    kept = (
        select(Message, MessageBody)
        .join(MessageBody, col(MessageBody.message_id) == col(Message.id))
        .where(col(Message.id).in_(ids))
        .order_by(col(Message.received_at), col(Message.id))
    )
    return db.exec(kept).all()


def posts_among(db: DbSession, codes: Collection[str]) -> list[str]:
    """Of these codes, those of posts that officers know."""
    known = col(Post.code).in_(codes), col(Post.unknown_since).is_(None)
    return sorted(db.exec(select(Post.code).where(*known)))
