"""Taking a place: held for a few minutes, then booked; or booked at once (SES-10, SES-12)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from models.kernel import clock
from models.kernel.database import DbSession, Verb, read, write
from models.kernel.refusal import Refusal
from models.kernel.rows import insert_object_if_free, insert_rows, update_object
from models.scheduling.appointments.allocation import claim, nearest, preferred
from models.scheduling.appointments.expiry import give_up, holds_of, lapse
from models.scheduling.appointments.facts import Wanted, wanted
from models.scheduling.appointments.lifecycle import (
    announce,
    find,
    key_of,
    new_reference,
    unless,
)
from models.scheduling.appointments.policy import Asker, may_open
from models.scheduling.appointments.tables import Appointment, AppointmentConsignment, Instructions
from models.scheduling.appointments.transitions import ROWS, Action
from models.scheduling.appointments.waiting_list import offer_freed
from models.scheduling.appointments.workflow import apply, beginning, may
from models.scheduling.capacity.offers import offer_of
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.asked import Cause, Obstacle, Slot
from models.scheduling.slots.calculator import fits, impossible, length
from models.scheduling.slots.vocabulary import Status
from models.scheduling.slots.words import because

T = TypeVar("T")
HOLD_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Nothing is left at that time; `nearest` are the next ones to be had."""

    reason: str
    nearest: tuple[Slot, ...] = ()
    wanted: Wanted | None = field(default=None, repr=False, compare=False)
    """What for; None once the nearest were looked for."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the gate and the inspector must know: see Instructions."""

    container_code: str = ""
    opening_side: str = ""
    perishable: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    note: str = ""


NO_LONGER_HELD = Refusal("Cette place ne vous est plus gardée\u00a0: choisissez de nouveau un créneau.")
TAKEN_TEXT = "Ce créneau vient d’être pris."
_BOOKED = Refusal(
    "Un de ces contrôles vient de recevoir un rendez-vous\u00a0: quelqu’un de votre entreprise l’a pris avant vous."
)


async def hold(
    asker: Asker, references: Sequence[str], control: Control, starts_at: datetime, *, cold: bool = False
) -> Appointment | NoPlace | Refusal:
    """Keep a place for five minutes, while the rest is filled in.

    A person holds one place at a time: the one held before goes back, unless the new one cannot be had.
    """
    refusal = may_open(asker.viewer)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Appointment | NoPlace | Refusal:
        freed = _let_go(db, asker)
        need = wanted(db, asker.viewer, references, control, cold=cold, at=starts_at)
        if isinstance(need, Refusal):
            return need
        appointment = place(db, asker, need, starts_at, Action.HOLD)
        if isinstance(appointment, Appointment):
            for post_code in freed:
                offer_freed(db, post_code)
        return appointment

    return await with_nearest(await _made_or_nothing(verb), starts_at)


async def release(asker: Asker, reference: str) -> Refusal | None:
    """Give a held place back before its time is over."""

    def verb(db: DbSession) -> Refusal | None:
        appointment = find(db, asker.viewer, reference)
        if (
            isinstance(appointment, Refusal)
            or not may(appointment, Action.RELEASE)
            or appointment.booked_by != asker.account_id
        ):
            return NO_LONGER_HELD
        give_up(db, appointment, asker)
        offer_freed(db, appointment.post_code)
        return None

    return await unless(may_open(asker.viewer), verb)


async def confirm(asker: Asker, reference: str, visit: Visit) -> Appointment | Refusal:
    """Book the place that was held: confirmed at once, or by the post where it wants to (SES-11)."""

    def verb(db: DbSession) -> Appointment | Refusal:
        appointment = find(db, asker.viewer, reference)
        if isinstance(appointment, Refusal):
            return appointment
        if not may(appointment, Action.RELEASE) or appointment.booked_by != asker.account_id:
            return NO_LONGER_HELD
        appointment.held_until = None
        db.add(Instructions(appointment_id=key_of(db, appointment), **asdict(visit)))
        apply(
            db,
            appointment,
            Action.CONFIRM_HOLD if _confirms_itself(db, appointment) else Action.REQUEST_HOLD,
            asker,
        )
        return appointment

    return await unless(may_open(asker.viewer), verb)


async def book(
    asker: Asker, post_code: str, references: Sequence[str], control: Control, starts_at: datetime
) -> Appointment | NoPlace | Refusal:
    """Book at once, without holding: what programs do."""
    refusal = may_open(asker.viewer)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Appointment | NoPlace | Refusal:
        need = wanted(db, asker.viewer, references, control, at=starts_at)
        if isinstance(need, Refusal):
            return need
        if need.post_code != post_code:
            return Refusal("Cet envoi relève d’un autre poste.")
        confirms = need.offer is None or need.offer.confirms_itself
        return place(db, asker, need, starts_at, Action.BOOK if confirms else Action.REQUEST)

    return await with_nearest(await _made_or_nothing(verb), starts_at)


class _NotMade(Exception):
    """Nothing is to be kept of a transaction; `outcome` is what its verb answers all the same."""

    def __init__(self, outcome: NoPlace | Refusal) -> None:
        super().__init__()
        self.outcome = outcome


async def _made_or_nothing(verb: Verb[Appointment | NoPlace | Refusal]) -> Appointment | NoPlace | Refusal:
    """Keep what the verb did if an appointment came of it; else nothing, not even the commit is waited for."""

    def whole(db: DbSession) -> Appointment:
        outcome = verb(db)
        if isinstance(outcome, Appointment):
            return outcome
        raise _NotMade(outcome)

    try:
        return await write(whole)
    except _NotMade as without:
        return without.outcome


async def with_nearest(made: T | NoPlace, starts_at: datetime) -> T | NoPlace:
    """Where there was no place, the nearest that there are: looked for once nobody waits for us to have written."""
    if not isinstance(made, NoPlace) or made.wanted is None:
        return made
    return NoPlace(made.reason, await read(partial(nearest, found=made.wanted, starts_at=starts_at)))


def place(
    db: DbSession, asker: Asker, seen: Wanted, starts_at: datetime, action: Action
) -> Appointment | NoPlace | Refusal:
    """A new appointment with its places, in the caller's transaction, which must not be kept when there is none."""
    now, offer = clock.now(), seen.offer
    if offer is None:
        return Refusal(because(Obstacle(Cause.NO_OFFER), None, now))
    against = fits(seen.need.unbooked, offer, starts_at, now)
    if against is not None:
        return Refusal(because(against, offer, now))
    if seen.overdue:
        lapse(db, seen.post_code, now)
        seen = replace(seen, busy=frozenset())  # what was seen taken may be free again
    first = preferred(seen, offer, starts_at)
    ends_at = starts_at + length(seen.need, offer)
    appointment = _appointment(asker, seen, first, (starts_at, ends_at), beginning(action), now)
    while not insert_object_if_free(db, appointment, "reference"):
        appointment.reference = new_reference(seen.post_code)
    key = key_of(db, appointment)
    booked, bay = claim(db, key, seen, offer, starts_at, first)
    if not booked:
        why = impossible(seen.need, offer)
        return Refusal(because(why, offer, now)) if why else _BOOKED
    if bay is None:
        return NoPlace(TAKEN_TEXT, wanted=seen)
    if bay != appointment.bay_id:
        update_object(db, appointment, bay_id=bay)
    rows = [{"appointment_id": key, "consignment_id": consignment_id} for consignment_id in seen.ids]
    insert_rows(db, AppointmentConsignment, rows)
    announce(db, appointment, ROWS[action].kind, asker, seen.ids)
    return appointment


def _appointment(
    asker: Asker, wanted: Wanted, bay: int, span: tuple[datetime, datetime], status: Status, now: datetime
) -> Appointment:
    return Appointment(
        reference=new_reference(wanted.post_code),
        post_code=wanted.post_code,
        siren=wanted.siren,
        control=wanted.need.control,
        service=wanted.need.service,
        goods=" ".join(sorted(wanted.need.goods)),
        containers=wanted.need.containers,
        bay_id=bay,
        starts_at=span[0],
        ends_at=span[1],
        status=status,
        held_until=now + HOLD_FOR if status is Status.HELD else None,
        booked_by=asker.account_id,
        booked_at=now,
        changed_at=now,
    )


def _confirms_itself(db: DbSession, appointment: Appointment) -> bool:
    offer = offer_of(db, appointment.post_code)
    return offer is None or offer.confirms_itself


def _let_go(db: DbSession, asker: Asker) -> set[str]:
    """Give back what the same person held before; the posts where."""
    held = [] if asker.account_id is None else holds_of(db, asker.account_id)
    for appointment in held:
        give_up(db, appointment, asker)
    return {appointment.post_code for appointment in held}
