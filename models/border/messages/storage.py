"""The row of a message: its bytes, what reading them told, and what the journal says of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.border.messages.ahead import MessageAhead
from models.border.messages.queries import posts_among
from models.border.messages.rules import MessageStatus, media_type, summary
from models.border.messages.tables import Message, MessageBody
from models.border.passage.content import (
    Ched,
    Coarri,
    Content,
    CustomsResponse,
    MessageRefused,
    Parsed,
    StepEvent,
)
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import insert_object, insert_rows


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it came, and what reading it told: exactly one of `parsed` and `refusal`."""

    body: bytes
    digest: str
    parsed: Parsed | None
    refusal: MessageRefused | None
    named: frozenset[str]
    """What looks like the code of a post in the text of a message that may stay without subject."""


def message_of(body: bytes, digest: str, sender: str) -> Message:
    """The row of a message that has not been read yet."""
    return Message(
        id=secrets.token_urlsafe(12),
        digest=digest,
        sender=sender,
        received_at=clock.now(),
        size=len(body),
        media_type=media_type("unknown", body),
        format="unknown",
        status=MessageStatus.WAITING,
    )


def keep(db: DbSession, arrival: Arrival, sender: str) -> Message:
    """Write down the message, what reading it told, and its bytes; of the codes `named`, those of posts of ours."""
    message = message_of(arrival.body, arrival.digest, sender)
    judge(message, arrival.body, arrival.parsed, arrival.refusal)
    if arrival.named:
        message.named_posts = " ".join(posts_among(db, arrival.named))
    insert_object(db, message)
    insert_rows(db, MessageBody, [{"message_id": message.id, "content": arrival.body}])
    return message


def judge(message: Message, body: bytes, parsed: Parsed | None, refusal: MessageRefused | None) -> None:
    """Write on the message what reading it told."""
    if parsed is not None:
        # A CHED opens its own consignment if need be: it waits for nothing.
        applied = isinstance(parsed.content, Ched)
        message.status, message.refusal = MessageStatus.APPLIED if applied else MessageStatus.WAITING, ""
        message.applied_at = clock.now() if applied else None
    if refusal is not None:
        message.status, message.refusal = MessageStatus.REFUSED, refusal.detail
        parsed = refusal.parsed if isinstance(refusal, MessageAhead) else None
    if parsed is not None:
        message.format = parsed.format
        message.media_type = media_type(parsed.format, body)
        message.summary = summary(parsed.content)
        message.issued_at = _issued_at(parsed.content)
        message.warnings = "\n".join(parsed.warnings)


def journal(db: DbSession, message: Message, actor: str, kind: str = "", **said: Any) -> None:
    """Write down what became of a message; `kind` is `message.STATUS` unless it is given."""
    record_at_once(
        db,
        kind or f"message.{message.status}",
        actor=actor,
        message=message.id,
        format=message.format,
        digest=message.digest,
        **said,
    )


def _issued_at(content: Content) -> datetime | None:
    match content:
        case Ched() | CustomsResponse():
            return content.issued_at
        case StepEvent():
            return content.at
        case Coarri():
            return max((move.at for move in content.movements), default=None)
