"""The row of a message: its bytes, what reading them told, and what the journal says of it."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.journal.actions import record
from models.messages.content import Ched, Coarri, Content, CustomsResponse, MessageRefused, Parsed, StepEvent
from models.messages.rules import MessageStatus, media_type, summary
from models.messages.tables import Message, MessageBody
from models.posts.tables import Post


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


async def keep(db: AsyncSession, body: bytes, digest: str, sender: str, named: Collection[str]) -> Message:
    """Write the message and its bytes down; of the codes `named`, those of posts of ours."""
    message = message_of(body, digest, sender)
    if named:
        ours = await db.exec(select(Post.code).where(col(Post.code).in_(named)))
        message.named_posts = " ".join(sorted(ours))
    db.add(message)
    db.add(MessageBody(message_id=message.id, content=body))
    return message


def judge(message: Message, body: bytes, parsed: Parsed | None, refusal: MessageRefused | None) -> None:
    """Write on the message what reading it told."""
    if refusal is not None:
        message.status, message.refusal = MessageStatus.REFUSED, refusal.detail
    if parsed is not None:
        # A CHED opens its own consignment if need be: it waits for nothing.
        applied = isinstance(parsed.content, Ched)
        message.status, message.refusal = MessageStatus.APPLIED if applied else MessageStatus.WAITING, ""
        message.applied_at = clock.now() if applied else None
        message.format = parsed.format
        message.media_type = media_type(parsed.format, body)
        message.summary = summary(parsed.content)
        message.issued_at = _issued_at(parsed.content)
        message.warnings = "\n".join(parsed.warnings)


def journal(db: AsyncSession, message: Message, actor: str, kind: str = "", **said: Any) -> None:
    """Write down what became of a message; `kind` is `message.STATUS` unless it is given."""
    record(
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
