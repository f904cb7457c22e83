"""What is booked at a post whose offer changes (SES-12)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, or_, select

from models.kernel.database import DbSession
from models.scheduling.appointments.tables import Appointment, InspectorPlace
from models.scheduling.slots.vocabulary import LIVE


def keeping_places(db: DbSession, post_code: str, now: datetime) -> Sequence[Appointment]:
    """The appointments of the post that keep places from now on, theirs or those of a proposal."""
    ahead = or_(col(Appointment.ends_at) > now, col(Appointment.proposed_end) > now)
    there = Appointment.post_code == post_code, col(Appointment.status).in_(LIVE)
    return db.exec(select(Appointment).where(*there, ahead)).all()


def inspector_places(db: DbSession, post_code: str, after: datetime) -> Sequence[tuple[InspectorPlace, str]]:
    """The places that inspectors of the post have after that time, each with the status of its appointment."""
    places = (
        select(InspectorPlace, Appointment.status)
        .join(Appointment, col(Appointment.id) == col(InspectorPlace.appointment_id))
        .where(InspectorPlace.post_code == post_code, col(InspectorPlace.starts_at) > after)
    )
    return db.exec(places).all()
