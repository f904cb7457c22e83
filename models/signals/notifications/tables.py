"""What is to be told, in the portal and outside of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from models.kernel.outbox.tables import WAITING, Outgoing
from models.kernel.subject import Subject

_UNREAD = text("read_at IS NULL")


class PushSubscription(SQLModel, table=True):
    """A browser that its holder allowed to receive notifications (RFC 8030, RFC 8291)."""

    __tablename__ = "push_subscription"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    endpoint: str = Field(unique=True)
    """Where the browser's push service takes messages for it; a secret of the browser."""
    p256dh: str
    """The browser's public key, base64url."""
    auth: str
    """The browser's authentication secret, base64url."""
    label: str
    """`Firefox sur Android`: for its holder, who must recognise it."""
    created_at: datetime
    used_at: datetime | None = None
    failed_at: datetime | None = None
    """When a message last could not be handed over, unless one was since."""


class PushMessage(Outgoing, table=True):
    """A web push to one browser. It holds no word either: they are found when it leaves."""

    __tablename__ = "push_message"
    __table_args__ = (
        Index("ix_push_message_waiting", "subscription_id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    account_id: int = Field(foreign_key="account.id", index=True)
    subscription_id: int
    """Which may be gone since: no foreign key."""
    subject: str
    """What it is about, `consignment:12`: a newer one takes its place on the phone."""


class Notice(SQLModel, table=True):
    """What one person is told in the portal: one fact, or a burst of them about one thing (SES-30)."""

    __table_args__ = (
        Index("ix_notice_page", "account_id", "last_seq"),
        Index("ix_notice_unread", "account_id", "created_at", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    kind: str
    """One of models.signals.notifications.kinds.NoticeKind: of a burst, the one that matters most."""
    subject_kind: str
    """What it is about, as in Subject; a burst is about one subject."""
    subject_id: str
    siren: str | None = None
    post_code: str | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Codes, from the journal entry: the words are made of them when they are read."""
    count: int = 1
    """How many facts it tells."""
    last_seq: int = Field(sa_type=BigInteger)
    """The newest journal entry that it tells."""
    created_at: datetime
    """When the first of its facts was made."""
    last_at: datetime
    read_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.subject_kind, self.subject_id)


class NoticeEntry(SQLModel, table=True):
    """One fact told to one person through one channel: the key by which it is told once (SES-32)."""

    __tablename__ = "notice_entry"

    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    """The journal entry."""
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    channel: str = Field(primary_key=True)
    """portal, email, or push:SUBSCRIPTION."""
    kind: str
    side: str
    """In which capacity the person is told: one of models.signals.notifications.kinds.Side."""
    carrier: str = Field(index=True)
    """The id of the Notice, Email or PushMessage that tells it."""


class NoticeChoice(SQLModel, table=True):
    """What a person chose for one kind of event and one channel, where it is not the default (SES-30)."""

    __tablename__ = "notice_choice"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    kind: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    mode: str
    """on, off or digest."""


class NoticeAccount(SQLModel, table=True):
    """How one person is told things, and where their screens stand."""

    __tablename__ = "notice_account"

    account_id: int = Field(
        primary_key=True, foreign_key="account.id", sa_column_kwargs={"autoincrement": False}
    )
    revision: int = Field(default=0, sa_type=BigInteger, index=True)
    """Grows whenever their notices change: see models.signals.notifications.cursors."""
    quiet_from: int | None = None
    """Minutes after midnight, Paris time; None without quiet hours."""
    quiet_until: int | None = None
    digest_hour: int | None = None
    """0 to 23, Paris time; None: models.signals.notifications.rules.DIGEST_HOUR."""
    bounced_at: datetime | None = None
    """When their mail server last refused the address for good."""
    bounced_address: str = ""


class NoticeCursor(SQLModel, table=True):
    """How far something got."""

    __tablename__ = "notice_cursor"

    name: str = Field(primary_key=True)
    """`journal`: the last entry that was told; `people`: the last account that the next one was told to, while it is
    told in portions, else 0; `revision`: the last one given to a NoticeAccount."""
    position: int = Field(sa_type=BigInteger)
