"""The waiting list for an earlier place: what comes free is offered to the next in turn, for a limited time."""

from datetime import datetime, timedelta

from models.kernel import clock, french
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.scheduling.appointments.allocation import seize
from models.scheduling.appointments.facts import Wanted, together
from models.scheduling.appointments.lifecycle import find_as_shown, key_of
from models.scheduling.appointments.policy import Asker, may_open
from models.scheduling.appointments.queries.changes import in_turn
from models.scheduling.appointments.queries.needs import of_appointment
from models.scheduling.appointments.queries.places import taken
from models.scheduling.appointments.tables import Appointment, WaitingPlace
from models.scheduling.appointments.transitions import Action
from models.scheduling.appointments.workflow import apply, may
from models.scheduling.capacity.vocabulary import Control, Goods, Service
from models.scheduling.slots.asked import Slot
from models.scheduling.slots.calculator import answer
from models.scheduling.slots.vocabulary import Side

OFFER_FOR = timedelta(minutes=30)
_LEAST = timedelta(minutes=10)
"""An offer that leaves less time than that is not worth making."""


async def join(asker: Asker, reference: str) -> Refusal | None:
    """Ask for an earlier place: one that is free now, or comes free, is offered in turn."""

    def verb(db: DbSession) -> Refusal | None:
        appointment = find_as_shown(db, asker, reference)
        if isinstance(appointment, Refusal):
            return appointment
        if not may(appointment, Action.WAIT):
            return Refusal("Seul un rendez-vous à venir peut être avancé.")
        key = key_of(db, appointment)
        if db.get(WaitingPlace, key) is None:
            db.add(WaitingPlace(appointment_id=key, post_code=appointment.post_code, joined_at=clock.now()))
            apply(db, appointment, Action.WAIT, asker)
        offer_freed(db, appointment.post_code)
        return None

    return may_open(asker.viewer) or await write(verb)


async def leave(asker: Asker, reference: str) -> Refusal | None:
    """Wait for nothing any more; what is being offered stays until it is answered."""

    def verb(db: DbSession) -> Refusal | None:
        appointment = find_as_shown(db, asker, reference)
        if isinstance(appointment, Refusal):
            return appointment
        waiting = db.get(WaitingPlace, key_of(db, appointment))
        if waiting is not None:
            db.delete(waiting)
            apply(db, appointment, Action.STOP_WAITING, asker)
        return None

    return may_open(asker.viewer) or await write(verb)


def offer_freed(db: DbSession, post_code: str) -> None:
    """Offer what is free at the post to those who wait for something earlier, each in turn."""
    for appointment, waiting in in_turn(db, post_code):
        _offer(db, appointment, waiting)


def need_of(db: DbSession, appointment: Appointment) -> Wanted | Refusal:
    """What the appointment is for, as the calculator is asked when it is to be moved."""
    cold = Goods.COLD in appointment.goods.split()
    consignments = of_appointment(db, key_of(db, appointment))
    control = Control(appointment.control)
    return together(
        db, consignments, control, cold=cold, apart_from=appointment.id, containers=appointment.containers
    )


def _offer(db: DbSession, appointment: Appointment, waiting: WaitingPlace) -> None:
    now = clock.now()
    need = need_of(db, appointment)
    if isinstance(need, Refusal) or need.offer is None:
        return
    for slot in _earlier(db, appointment, need, now):
        until = min(now + OFFER_FOR, slot.starts_at - need.offer.booking_notice)
        if french.iso(slot.starts_at) in waiting.declined.split() or until - now < _LEAST:
            continue
        key = key_of(db, appointment)
        bay = seize(db, key, need.need, need.offer, slot.starts_at, proposed=True)
        if bay is not None:
            appointment.proposed_at, appointment.proposed_end = slot.starts_at, slot.ends_at
            appointment.proposed_bay, appointment.proposed_by = bay, Side.SYSTEM
            appointment.proposed_until = until
            apply(db, appointment, Action.OFFER, None, proposed_at=french.iso(slot.starts_at))
            return


def _earlier(db: DbSession, appointment: Appointment, wanted: Wanted, now: datetime) -> list[Slot]:
    """The free times before the one that holds, the soonest first."""
    offer = wanted.offer
    if offer is None:
        return []
    since, until = offer.local(now).date(), offer.local(appointment.starts_at).date()
    have = taken(
        db,
        wanted.post_code,
        Service(appointment.service),
        now,
        appointment.ends_at,
        apart_from=appointment.id,
    )
    slots = answer(wanted.need, offer, have, now, since, until).slots
    return [slot for slot in slots if slot.places_left and slot.starts_at < appointment.starts_at]
