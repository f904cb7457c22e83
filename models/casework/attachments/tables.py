"""What is known of the files that people and programs attach to what they ask."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Attachment(SQLModel, table=True):
    """One file, about one subject. Its bytes are in the storage (models/casework/attachments/storage.py)."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_subject", "subject_kind", "subject_id"),
        Index("ix_attachment_work", "state", "look_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    """32 random hexadecimal digits: its address."""
    subject_kind: str
    subject_id: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    """The person who sent it; None for a program."""
    client_id: str | None = Field(default=None, foreign_key="partner_client.id", index=True)
    """The program that sent it; None for a person."""
    side: str
    """One of vocabulary.Side."""
    siren: str | None = None
    """The company that the subject concerns, if it does one: who follows its facts live."""
    post_code: str | None = None
    name: str
    """The file's name as it is shown and downloaded: no path, 150 characters at most."""
    kind: str
    """One of content.FILE_TYPES: by its name first, and by its content once it is whole."""
    size: int = Field(sa_type=BigInteger)
    """Bytes, as announced."""
    received: int = Field(default=0, sa_type=BigInteger)
    """Bytes that came so far."""
    announced_sha256: str = ""
    """As the sender computed it, hexadecimal; empty when it did not."""
    sha256: str = ""
    """Of the bytes kept, hexadecimal; empty until they are whole."""
    state: str
    """One of vocabulary.State."""
    reason: str = ""
    """One of vocabulary.Reason, where it is refused."""
    key: str = ""
    """Of the whole file in the storage; empty while it is not whole, and once it is gone."""
    pages: int = 0
    """Pages of the document, or 1 for an image; 0 until it was looked at."""
    begun_at: datetime
    moved_at: datetime
    """When its last piece came, or its state changed."""
    look_at: datetime | None = None
    """When the background tasks look at it next; None when there is nothing to do."""
    looks: int = 0
    """How often they looked at it in its state."""
    deleted_at: datetime | None = None


class AttachmentPiece(SQLModel, table=True):
    """A piece of a file that is being received: from `start`, so many bytes, under that key in the storage."""

    __tablename__ = "attachment_piece"

    attachment_id: int = Field(foreign_key="attachment.id", primary_key=True)
    start: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    size: int
    key: str


class AttachmentPage(SQLModel, table=True):
    """The picture of a page, made by us: what is shown of a file without opening it."""

    __tablename__ = "attachment_page"

    attachment_id: int = Field(foreign_key="attachment.id", primary_key=True)
    page: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """1, 2, 3…"""
    key: str
    width: int
    height: int
