"""The appointments that a verb is about: named by somebody, due, tied to a consignment, waiting for an earlier place."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import BindParameter, bindparam, union_all
from sqlalchemy import select as sql_select
from sqlmodel import UTCDateTime, col, select

from models.border.passage.keys import canonical
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.statements.compiled import Question
from models.scheduling.appointments.policy import visible
from models.scheduling.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    BookedControl,
    WaitingPlace,
)
from models.scheduling.slots.vocabulary import COMING, UNDER_WAY

_NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime())
_OVER = Question(
    union_all(
        sql_select(col(Appointment.id)).where(col(Appointment.held_until) <= _NOW),
        sql_select(col(Appointment.id)).where(col(Appointment.proposed_until) <= _NOW),
    )
)
"""Two indexes that the past is not in, read by themselves: SQLite would else walk through all that a post ever had."""
_HELD = Question(
    sql_select(col(Appointment.id)).where(col(Appointment.held_until) > datetime(2000, 1, 1, tzinfo=UTC))
)


def named(db: DbSession, viewer: Viewer, reference: str) -> Appointment | None:
    """The appointment of that reference, if it exists for this person."""
    query = select(Appointment).where(visible(viewer), Appointment.reference == canonical(reference))
    return db.exec(query).first()


def consignments_of(db: DbSession, appointment_id: int) -> Sequence[int]:
    """The keys of the consignments that an appointment is for."""
    consignments = select(AppointmentConsignment.consignment_id)
    return db.exec(consignments.where(AppointmentConsignment.appointment_id == appointment_id)).all()


def due(db: DbSession, now: datetime) -> Sequence[Appointment]:
    """Those of which a hold or a proposal is over by `now`, at every post."""
    return these(db, {row.id for row in find_rows(db, _OVER, now=now)})


def held(db: DbSession) -> Sequence[Appointment]:
    """Those that are held, be their time over or not, and some that were."""
    return these(db, {row.id for row in find_rows(db, _HELD)})


def these(db: DbSession, ids: Collection[int]) -> Sequence[Appointment]:
    """The appointments of these keys, in the order in which they were made."""
    if not ids:
        return []
    return db.exec(
        select(Appointment).where(col(Appointment.id).in_(ids)).order_by(col(Appointment.id))
    ).all()


def ended_by(db: DbSession, limit: datetime) -> Sequence[Appointment]:
    """Those to come or under way whose time was over by `limit`: only what is live has controls, the past is not looked at."""
    live = select(BookedControl.appointment_id).distinct()
    rows = select(Appointment).where(
        col(Appointment.id).in_(live),
        col(Appointment.status).in_(COMING | UNDER_WAY),
        col(Appointment.ends_at) <= limit,
    )
    return db.exec(rows.order_by(col(Appointment.id))).all()


def booked_for(db: DbSession, consignment_id: int) -> Sequence[Appointment]:
    """Those that a control of this consignment has."""
    booked = select(BookedControl.appointment_id).where(BookedControl.consignment_id == consignment_id)
    return these(db, set(db.exec(booked).all()))


def in_turn(db: DbSession, post_code: str) -> Sequence[tuple[Appointment, WaitingPlace]]:
    """Those that wait for an earlier place at the post, and to which none is being offered, in turn."""
    waiting = (
        select(Appointment, WaitingPlace)
        .join(WaitingPlace, col(WaitingPlace.appointment_id) == col(Appointment.id))
        .where(
            WaitingPlace.post_code == post_code,
            col(Appointment.status).in_(COMING),
            col(Appointment.proposed_at).is_(None),
            col(Appointment.starts_at) > clock.now(),
        )
        .order_by(col(WaitingPlace.joined_at), col(WaitingPlace.appointment_id))
    )
    return db.exec(waiting).all()
