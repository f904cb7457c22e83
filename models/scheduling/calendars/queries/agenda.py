"""What presses: appointments of today and tomorrow, and other times that wait for an answer; in one query (SES-11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, or_, select

from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.tables import Bay, Post
from models.scheduling.appointments.policy import may_open, may_plan, visible
from models.scheduling.appointments.tables import Appointment, AppointmentConsignment
from models.scheduling.slots.vocabulary import COMING, LIVE, Side, Status

AHEAD = timedelta(days=2)
"""No appointment of tomorrow begins later than that, on any post's clocks."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """An appointment, and where it is."""

    appointment: Appointment
    post: Post
    bay_name: str


def pressing(db: DbSession, viewer: Viewer, *, limit: int = 10) -> list[Pressing]:
    """Those to answer and those that begin before the day after tomorrow, the soonest first."""
    if may_open(viewer) is not None:
        return []
    now = clock.now()
    soon = and_(col(Appointment.status).in_(LIVE), col(Appointment.starts_at) < now + AHEAD)
    rows = (
        select(Appointment, Post, Bay.name)
        .join(Post, col(Post.code) == col(Appointment.post_code))
        .join(Bay, col(Bay.id) == col(Appointment.bay_id))
        .where(visible(viewer), Appointment.status != Status.HELD, or_(soon, _to_answer(now)))
        .order_by(col(Appointment.starts_at), col(Appointment.id))
        .limit(limit)
    )
    return [Pressing(*row) for row in db.exec(rows)]


def count_to_answer(db: DbSession, viewer: Viewer) -> int:
    """How many other times wait for this side's answer: the badge of the navigation."""
    if may_open(viewer) is not None:
        return 0
    asked = select(func.count()).select_from(Appointment)
    return db.exec(asked.where(visible(viewer), _to_answer(clock.now()))).one()


def waits_for_operator(appointment: Appointment, now: datetime) -> bool:
    """Whether another time is proposed to the operator, by the post or from the waiting list, and still holds."""
    until = appointment.proposed_until
    proposed = appointment.proposed_by in (Side.POST, Side.SYSTEM)
    return appointment.status in COMING and proposed and until is not None and until > now


def _to_answer(now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Appointment.status).in_(COMING),
        col(Appointment.proposed_by).in_((Side.POST, Side.SYSTEM)),
        col(Appointment.proposed_until) > now,
    )


def due_at_posts(db: DbSession, viewer: Viewer) -> dict[int, datetime]:
    """When the next appointment of each consignment begins at the officer's posts, those of two days (SES-13)."""
    now = clock.now()
    if may_plan(viewer) is not None:
        return {}
    rows = (
        select(AppointmentConsignment.consignment_id, func.min(Appointment.starts_at))
        .join(Appointment, col(Appointment.id) == col(AppointmentConsignment.appointment_id))
        .where(visible(viewer), col(Appointment.status).in_(LIVE - {Status.HELD}))
        .where(col(Appointment.starts_at) > now - AHEAD, col(Appointment.starts_at) < now + AHEAD)
        .group_by(col(AppointmentConsignment.consignment_id))
    )
    return dict(db.exec(rows).all())
