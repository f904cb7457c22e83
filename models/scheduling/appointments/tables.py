"""Appointments: what is inspected, where and when, and the places that they take (SES-10, SES-12).

Two tables hold the places, a row for each quarter of an hour: the database is the arbiter, and a place that is
taken cannot be taken again, whoever asks and however many ask at once. Nothing counts before it writes.
"""

from datetime import datetime

from sqlalchemy import Column, Index, String
from sqlmodel import Field, SQLModel, UniqueConstraint


class Appointment(SQLModel, table=True):
    """One visit of the goods of one company to one bay of one post."""

    # What a plan and a list of mine are made of: the past is never walked through.
    __table_args__ = (
        Index("ix_appointment_plan", "post_code", "starts_at"),
        Index("ix_appointment_company", "siren", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    """`LEH-7K4Q2`: said at the gate. No letter or digit that can be taken for another."""
    post_code: str = Field(foreign_key="post.code")
    siren: str = Field(foreign_key="company.siren")
    control: str
    """One of models.scheduling.capacity.vocabulary.Control."""
    service: str
    goods: str
    """What the bay must be fit for: some of Goods, separated by spaces."""
    containers: int = 1
    bay_id: int = Field(foreign_key="bay.id")
    starts_at: datetime
    ends_at: datetime
    status: str
    """One of Status."""
    held_until: datetime | None = Field(default=None, index=True)
    """For a hold: when the place goes back."""
    proposed_at: datetime | None = None
    """Another time that one side proposes, whose place is kept until it is answered (SES-11)."""
    proposed_end: datetime | None = None
    proposed_bay: int | None = Field(default=None, foreign_key="bay.id")
    proposed_by: str = ""
    """One of Side; the system for a place that came free, offered to the next in turn."""
    proposed_until: datetime | None = Field(default=None, index=True)
    """When the proposal lapses; the appointment stays as it is."""
    reason: str = ""
    """One of Why: of the last refusal, cancellation or failure."""
    reason_text: str = ""
    """In the words of who decided."""
    sequence: int = 0
    """Rises with every change that a calendar must learn (RFC 5545)."""
    booked_by: int | None = Field(default=None, foreign_key="account.id")
    """Who booked it on screen; kept for the audit and for calendars, never shown."""
    booked_at: datetime
    changed_at: datetime
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None


class Instructions(SQLModel, table=True):
    """What the gate and the inspector must know. Personal: removed with the appointment's contact (PPR-09)."""

    __tablename__ = "appointment_instructions"

    appointment_id: int = Field(primary_key=True, foreign_key="appointment.id")
    container_code: str = ""
    opening_side: str = ""
    """One of OpeningSide."""
    perishable: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    note: str = ""


class AppointmentConsignment(SQLModel, table=True):
    """Which consignments the appointment is for; kept when it is over."""

    __tablename__ = "appointment_consignment"
    __table_args__ = (UniqueConstraint("appointment_id", "consignment_id"),)

    id: int | None = Field(default=None, primary_key=True)
    appointment_id: int = Field(foreign_key="appointment.id")
    consignment_id: int = Field(foreign_key="consignment.id", index=True)


class BookedControl(SQLModel, table=True):
    """That a control of a consignment has its appointment, as long as it is live: never two at once."""

    __tablename__ = "booked_control"
    __table_args__ = (UniqueConstraint("consignment_id", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    appointment_id: int = Field(foreign_key="appointment.id", index=True)
    consignment_id: int = Field(foreign_key="consignment.id")
    step: str
    """identity or physical"""


class BayPlace(SQLModel, table=True):
    """A quarter of an hour of a bay, taken."""

    __tablename__ = "bay_place"
    __table_args__ = (UniqueConstraint("bay_id", "starts_at", name="uq_bay_place"),)

    id: int | None = Field(default=None, primary_key=True)
    bay_id: int = Field(foreign_key="bay.id")
    starts_at: datetime
    appointment_id: int = Field(foreign_key="appointment.id", index=True)
    proposed: bool = False
    """Whether it is kept for the time that is proposed, not for the one that holds."""


class InspectorPlace(SQLModel, table=True):
    """A quarter of an hour of one inspector of a service, taken: a number, never a person."""

    __tablename__ = "inspector_place"
    __table_args__ = (
        UniqueConstraint("post_code", "service", "seat", "starts_at", name="uq_inspector_place"),
        Index("ix_inspector_place_when", "post_code", "service", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_code: str = Field(foreign_key="post.code")
    service: str
    seat: int
    """0 for the first inspector on duty."""
    starts_at: datetime
    appointment_id: int = Field(foreign_key="appointment.id", index=True)
    proposed: bool = False


class WaitingPlace(SQLModel, table=True):
    """An appointment that would take an earlier place, in turn."""

    __tablename__ = "waiting_place"

    appointment_id: int = Field(primary_key=True, foreign_key="appointment.id")
    post_code: str = Field(foreign_key="post.code", index=True)
    joined_at: datetime
    declined: str = Field(default="", sa_column=Column(String, nullable=False, default=""))
    """Starts already offered and not taken, in ISO, separated by spaces: each is offered once."""


class CalendarFeed(SQLModel, table=True):
    """The address under which a calendar program reads somebody's appointments, or a post's."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("account_id", "post_code"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    post_code: str = ""
    """The post whose plan it is; empty for the appointments that the person may see."""
    version: int = 1
    """Rises when the address is renewed: the secret is derived from it, with the signing key."""
    digest: str = Field(unique=True)
    """SHA-256 of the secret: who reads the database cannot read calendars."""
    made_at: datetime
    read_at: datetime | None = None
