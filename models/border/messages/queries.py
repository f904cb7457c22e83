"""The messages that have told nothing yet: refused or waiting, for the officers who handle them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from models.border.messages.policy import may_correct, may_handle, may_read
from models.border.messages.rules import UNSETTLED, MessageStatus
from models.border.messages.tables import AwaitedSubject, Message, MessageBody
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession

PER_PAGE = 25


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
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    if ids:
        wanted = select(AwaitedSubject).where(col(AwaitedSubject.message_id).in_(ids))
        for row in db.exec(wanted.order_by(col(AwaitedSubject.kind), col(AwaitedSubject.value))):
            found[row.message_id].append((row.kind, row.value))
    return found


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
    found = dict(db.exec(counted.group_by(col(Message.status))).all())
    return {status: found.get(status, 0) for status in UNSETTLED}


def content(db: DbSession, viewer: Viewer, message_id: str) -> tuple[Message, bytes] | None:
    """A refused or waiting message and its bytes as they came; None when this viewer may not read it."""
    message = db.get(Message, message_id)
    if message is None or message.status not in UNSETTLED or may_read(viewer, message) is not None:
        return None
    body = db.get(MessageBody, message_id)
    return (message, body.content) if body else None
