"""Reading appointments: every query starts from what the viewer may see (SES-04, SES-05, SES-13)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select

from models.border.consignments.tables import Consignment, Container
from models.border.passage.keys import canonical
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company
from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.tables import Bay, Post
from models.scheduling.appointments.policy import sees_post, visible
from models.scheduling.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    Instructions,
    WaitingPlace,
)
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from models.scheduling.slots.vocabulary import COMING, TOLD, UNDER_WAY, Status


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment with what a list, a plan or a ticket shows of it."""

    appointment: Appointment
    consignments: Sequence[Consignment]
    post: Post
    bay_name: str
    company: str
    instructions: Instructions | None = None
    boxes: Sequence[str] = ()
    """Container numbers of its consignments."""
    waiting: bool = False
    """Whether it waits for an earlier place."""


def one(db: DbSession, viewer: Viewer, reference: str) -> Shown | None:
    """The appointment of that reference; None when it does not exist for this person."""
    visits = _shown(
        db, viewer, Appointment.reference == canonical(reference), col(Appointment.status) != Status.LAPSED
    )
    return visits[0] if visits else None


def mine(db: DbSession, viewer: Viewer, *, past: bool = False, limit: int = 50) -> list[Shown]:
    """Those to come, the soonest first; or those that are over, the last first. Holds are left out."""
    condition = col(Appointment.status).in_(TOLD)
    ahead = and_(col(Appointment.status).in_(COMING), col(Appointment.ends_at) > clock.now())
    coming = or_(ahead, col(Appointment.status).in_(UNDER_WAY))
    return _shown(db, viewer, condition, ~coming if past else coming, last_first=past, limit=limit)


def plan(db: DbSession, viewer: Viewer, post_code: str, since: datetime, until: datetime) -> list[Shown]:
    """What the post has between two times, holds left out, in the order of the clock (SES-13)."""
    if not sees_post(viewer, post_code):
        return []
    there = (Appointment.post_code == post_code, col(Appointment.status).in_(TOLD))
    when = (col(Appointment.starts_at) >= since, col(Appointment.starts_at) < until)
    return _shown(db, viewer, *there, *when, limit=1000)


def of_consignments(db: DbSession, viewer: Viewer, ids: Collection[int]) -> dict[int, list[Appointment]]:
    """The appointments of these consignments, holds left out, the last one last: for the timeline (SES-02)."""
    rows = (
        select(AppointmentConsignment.consignment_id, Appointment)
        .join(Appointment, col(Appointment.id) == col(AppointmentConsignment.appointment_id))
        .where(visible(viewer), col(AppointmentConsignment.consignment_id).in_(ids))
        .where(col(Appointment.status).in_(TOLD))
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    appointmentses: defaultdict[int, list[Appointment]] = defaultdict(list)
    for consignment_id, appointment in db.exec(rows):
        appointmentses[consignment_id].append(appointment)
    return dict(appointmentses)


def of_one(db: DbSession, viewer: Viewer, consignment_id: int) -> list[Shown]:
    """Those of one consignment, with where they are, the last one last: for its page (SES-02)."""
    query = select(AppointmentConsignment.appointment_id).where(
        AppointmentConsignment.consignment_id == consignment_id
    )
    return _shown(db, viewer, col(Appointment.id).in_(query), col(Appointment.status).in_(TOLD))


def held_by(db: DbSession, viewer: Viewer) -> Appointment | None:
    """The place that this person holds now, to go on with after a reload."""
    now = clock.now()
    rows = select(Appointment).where(
        visible(viewer),
        Appointment.status == Status.HELD,
        Appointment.booked_by == viewer.account_id,
        col(Appointment.held_until) > now,
    )
    return db.exec(rows).first()


def last_contact(db: DbSession, viewer: Viewer) -> tuple[str, str]:
    """Name and phone that this person gave last for the company worked for; empty the first time."""
    rows = (
        select(Instructions.contact_name, Instructions.contact_phone)
        .join(Appointment, col(Appointment.id) == col(Instructions.appointment_id))
        .where(visible(viewer), Appointment.booked_by == viewer.account_id)
        .order_by(col(Appointment.booked_at).desc())
        .limit(1)
    )
    return db.exec(rows).first() or ("", "")


def offers_of(db: DbSession, post_codes: Collection[str]) -> Mapping[str, Offer]:
    """What each of these posts offers; those that take no appointments are left out."""
    offers = {code: offer_of(db, code) for code in post_codes}
    return {code: offer for code, offer in offers.items() if offer is not None}


def _shown(
    db: DbSession,
    viewer: Viewer,
    *which: ColumnElement[bool] | bool,
    last_first: bool = False,
    limit: int = 50,
) -> list[Shown]:
    order = col(Appointment.starts_at)
    rows = (
        select(Appointment, Post, Bay.name, Company.name)
        .join(Post, col(Post.code) == col(Appointment.post_code))
        .join(Bay, col(Bay.id) == col(Appointment.bay_id))
        .join(Company, col(Company.siren) == col(Appointment.siren))
        .where(
            visible(viewer),
            or_(col(Appointment.status) != Status.HELD, Appointment.booked_by == viewer.account_id),
        )
        .where(*which)
        .order_by(order.desc() if last_first else order, col(Appointment.id))
        .limit(limit)
    )
    pairs = db.exec(rows).all()
    if not pairs:
        return []
    ids = [appointment.id for appointment, *_ in pairs if appointment.id is not None]
    consignmentses, instructionses = _consignments(db, ids), _instructions(db, ids)
    boxes = boxes_of(db, {consignment.key for several in consignmentses.values() for consignment in several})
    waits = set(
        (db.exec(select(WaitingPlace.appointment_id).where(col(WaitingPlace.appointment_id).in_(ids)))).all()
    )
    return [
        Shown(
            appointment,
            consignmentses[appointment.id or 0],
            post,
            bay,
            company,
            instructionses.get(appointment.id or 0),
            [box for each in consignmentses[appointment.id or 0] for box in boxes[each.key]],
            appointment.id in waits,
        )
        for appointment, post, bay, company in pairs
    ]


def _consignments(db: DbSession, ids: Collection[int]) -> defaultdict[int, list[Consignment]]:
    rows = (
        select(AppointmentConsignment.appointment_id, Consignment)
        .join(Consignment, col(Consignment.id) == col(AppointmentConsignment.consignment_id))
        .where(col(AppointmentConsignment.appointment_id).in_(ids))
        .order_by(col(AppointmentConsignment.id))
    )
    consignmentses: defaultdict[int, list[Consignment]] = defaultdict(list)
    for appointment_id, consignment in db.exec(rows):
        consignmentses[appointment_id].append(consignment)
    return consignmentses


def _instructions(db: DbSession, ids: Collection[int]) -> dict[int, Instructions]:
    rows = select(Instructions).where(col(Instructions.appointment_id).in_(ids))
    return {row.appointment_id: row for row in db.exec(rows)}


def boxes_of(db: DbSession, ids: Collection[int]) -> defaultdict[int, list[str]]:
    """The containers of these consignments, by their numbers."""
    rows = select(Container).where(col(Container.consignment_id).in_(ids)).order_by(col(Container.id))
    numbers: defaultdict[int, list[str]] = defaultdict(list)
    for row in db.exec(rows):
        numbers[row.consignment_id].append(row.number)
    return numbers
