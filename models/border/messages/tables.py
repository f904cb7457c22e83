"""Messages received, exactly as they came, whatever became of them."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Message(SQLModel, table=True):
    """A message from an authority or a partner, and what became of it."""

    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    """SHA-256 of the body, hexadecimal: the same message sent twice is one message."""
    sender: str
    """partner:CLIENT or operator:HOST (the `passavant ingest` command)."""
    received_at: datetime = Field(index=True)
    size: int
    """Bytes."""
    media_type: str
    format: str
    """ched, wco, coarri, event, or unknown."""
    status: str = Field(index=True)
    """One of models.border.messages.rules.MessageStatus."""
    summary: str = ""
    """French, for the list of documents: `DSCE, validé`."""
    issued_at: datetime | None = None
    """When its author wrote it."""
    refusal: str = ""
    """French sentence: why it was refused."""
    warnings: str = ""
    """French sentences, one a line: what was odd but readable."""
    applied_at: datetime | None = None
    named_posts: str = ""
    """The posts of ours that its text names, separated by spaces: who may read it while it has no subject."""
    replaced_by: str | None = Field(default=None, foreign_key="message.id", index=True)
    """The corrected copy that was taken in instead of it; this one is kept as it came."""


class MessageBody(SQLModel, table=True):
    """The bytes of a message, apart so that lists do not read them."""

    __tablename__ = "message_body"

    message_id: str = Field(primary_key=True, foreign_key="message.id")
    content: bytes


class MessageSubject(SQLModel, table=True):
    """Which consignments a message was applied to."""

    __tablename__ = "message_subject"

    message_id: str = Field(primary_key=True, foreign_key="message.id")
    consignment_id: int = Field(primary_key=True, foreign_key="consignment.id", index=True)


class AwaitedSubject(SQLModel, table=True):
    """A reference that a message cites and that nobody knows yet: the message waits for it."""

    __tablename__ = "awaited_subject"

    message_id: str = Field(primary_key=True, foreign_key="message.id")
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True, index=True)
