"""Border control posts, and what each offers: hours, bays, inspectors, closures, lengths, notices (SES-12)."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Post(SQLModel, table=True):
    """A border control post (PCF), in a port or an airport."""

    code: str = Field(primary_key=True, max_length=12)
    """TRACES code, such as FRLEH1."""
    name: str
    """`Le Havre`"""
    kind: str
    """port, airport, rail or road; empty where no message told."""
    locode: str = Field(index=True)
    """UN/LOCODE, such as FRLEH: how port messages name the place."""
    timezone: str = "Europe/Paris"
    connected: bool = True
    """False for a post that a CHED names but that does not work with Passavant."""
    unknown_since: datetime | None = None
    """When a message first named it, for one that no officer has confirmed; None for the others."""


class PostAlias(SQLModel, table=True):
    """What messages call a post, as an officer said: another one, or itself for a post that was new."""

    __tablename__ = "post_alias"

    name: str = Field(primary_key=True, max_length=12)
    """The code as it is read from messages (models/border/messages/formats/parts/posts.py)."""
    post_code: str = Field(foreign_key="post.code", max_length=12)
    confirmed_at: datetime
    account_id: int = Field(foreign_key="account.id")
    """Who said so; kept for the audit, never shown."""


class PostTerms(SQLModel, table=True):
    """On which terms a post takes appointments. A post without a row takes none."""

    __tablename__ = "post_terms"

    post_code: str = Field(primary_key=True, foreign_key="post.code")
    department: str
    """`76`, `974`: which public holidays are kept there."""
    four_hours: bool = False
    """Whether it accepts a prior notification of 4 hours instead of one working day (2019/1013 art. 1(2))."""
    wood_days: int = 1
    """Working days of prior notification for unprocessed wood, 1 to 5 (2019/1013 art. 1(3))."""
    booking_notice: int = 120
    """Minutes between booking and the appointment, at the least."""
    change_notice: int = 240
    """Minutes before the appointment until which either side may move or cancel it (SES-11)."""
    horizon_days: int = 30
    """How many days ahead one may book."""
    step_minutes: int = 30
    """Appointments begin at multiples of this many minutes after opening: 15, 30, 45 or 60."""
    confirms_itself: bool = True
    """Whether a booking is confirmed at once; else an officer confirms it."""
    phone: str = ""
    """Whom to call once it is too late to change anything here."""
    address: str = ""
    """Where to write, on one line: `Zone portuaire, 76600 Le Havre`. Told with a refusal, as the phone is."""
    changed_at: datetime
    stamp: str
    """Drawn anew at each change of what the post offers: a worker knows by it that what it remembers still holds."""


class PostHours(SQLModel, table=True):
    """When one service of the post inspects, on one weekday, in one season, and with how many inspectors."""

    __tablename__ = "post_hours"

    id: int | None = Field(default=None, primary_key=True)
    post_code: str = Field(foreign_key="post.code", index=True)
    service: str
    """One of Service."""
    weekday: int
    """0 for Monday."""
    opens: int
    """Minutes since midnight on the post's clocks: 510 for 8 h 30."""
    closes: int
    """1440 for midnight at the end of the day."""
    season_from: str = ""
    """`04-01`: first day of the season; empty for the whole year."""
    season_to: str = ""
    """`09-30`: its last day. A season may go over the new year."""
    inspectors: int = 1
    on_holidays: bool = False
    """Whether the service works on local public holidays too."""


class PostClosure(SQLModel, table=True):
    """From when to when a post, one of its services or one bay is closed, or short of inspectors."""

    __tablename__ = "post_closure"

    id: int | None = Field(default=None, primary_key=True)
    post_code: str = Field(foreign_key="post.code", index=True)
    starts_at: datetime
    ends_at: datetime = Field(index=True)
    service: str = ""
    """One of Service; empty for all of them."""
    bay_id: int | None = Field(default=None, foreign_key="bay.id")
    """The only bay that is closed; None for all of them."""
    absent: int | None = None
    """How many inspectors are away, in which case nothing is closed; None for a closure."""
    reason: str = ""
    """French, as the officer wrote it; operators read it."""


class Bay(SQLModel, table=True):
    """Where goods are inspected: one appointment at a time."""

    id: int | None = Field(default=None, primary_key=True)
    post_code: str = Field(foreign_key="post.code", index=True)
    name: str
    """`Quai 3`"""
    position: int = 0
    """Its place on the plan."""
    controls: str
    """Of `identity physical`, separated by spaces."""
    goods: str
    """Some of Goods, separated by spaces."""
    retired_at: datetime | None = None

    @property
    def key(self) -> int:
        """Its `id`, which it has once it was written.

        Raises:
            ValueError: before that.
        """
        if self.id is None:
            raise ValueError("this bay was not written yet")
        return self.id


class ControlLength(SQLModel, table=True):
    """How long a control lasts at a post: for the first container, and for each of the others."""

    __tablename__ = "control_length"
    __table_args__ = (UniqueConstraint("post_code", "control", "goods"),)

    id: int | None = Field(default=None, primary_key=True)
    post_code: str = Field(foreign_key="post.code", index=True)
    control: str
    """One of Control."""
    goods: str = ""
    """One of Goods; empty for whatever has no line of its own."""
    first: int
    """Minutes."""
    more: int
    """Minutes."""
