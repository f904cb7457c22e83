"""From the offer of a post to places in the database: which bays are tried, with how many inspectors."""

from datetime import datetime, timedelta

from models.kernel import clock
from models.kernel.database import DbSession
from models.scheduling.appointments.facts import Wanted
from models.scheduling.appointments.places import take, take_new
from models.scheduling.appointments.queries.places import taken
from models.scheduling.capacity.offer import Offer, inspectors_on, quarters
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.slots.asked import Need, Slot
from models.scheduling.slots.calculator import answer, fit_bays, length

NEAREST = 2


def seize(
    db: DbSession,
    key: int,
    need: Need,
    offer: Offer,
    starts_at: datetime,
    *,
    proposed: bool = False,
    bay: int = 0,
) -> int | None:
    """Take a fit bay, or that very one, and inspectors, for as long as it lasts; the bay, None when there is none."""
    bays = [free_bay.id for free_bay in fit_bays(need, offer, starts_at) if bay in (0, free_bay.id)]
    seats = _seats(offer, need.service, starts_at, starts_at + length(need, offer))
    return take(db, key, bays, seats, (offer.post_code, need.service), proposed=proposed)


def preferred(found: Wanted, offer: Offer, starts_at: datetime) -> int:
    """The bay that is tried first: of those that may be had at that time, the first that was not seen taken."""
    fit = [bay.id for bay in fit_bays(found.need, offer, starts_at)]
    all_along = list(quarters(starts_at, starts_at + length(found.need, offer)))
    return next((bay for bay in fit if not any((bay, at) in found.busy for at in all_along)), fit[0])


def claim(
    db: DbSession, key: int, found: Wanted, offer: Offer, starts_at: datetime, first: int
) -> tuple[bool, int | None]:
    """Take all that a new appointment needs, if it can be in the bay `first`: whether the controls were had, and the bay."""
    need = found.need
    bays = [bay.id for bay in fit_bays(need, offer, starts_at)]
    seats = _seats(offer, need.service, starts_at, starts_at + length(need, offer))
    controls = [
        {"appointment_id": key, "consignment_id": consignment_id, "step": step}
        for consignment_id in found.ids
        for step in need.control.steps
    ]
    return take_new(db, key, controls, bays, first, seats, (offer.post_code, need.service))


def _seats(offer: Offer, service: Service, starts_at: datetime, ends_at: datetime) -> dict[datetime, int]:
    all_along = list(quarters(starts_at, ends_at))
    days = {offer.local(at).date() for at in all_along}
    present = {at: number for day in days for at, number in inspectors_on(offer, service, day).items()}
    return {at: present.get(at, 0) for at in all_along}


def nearest(db: DbSession, found: Wanted, starts_at: datetime) -> tuple[Slot, ...]:
    """The free times nearest to that one."""
    offer, now = found.offer, clock.now()
    if offer is None:
        return ()
    day = offer.local(starts_at).date()
    until = day + timedelta(days=7)
    since, end = offer.midnight(min(day, offer.local(now).date())), offer.midnight(until + timedelta(days=2))
    have = taken(db, found.post_code, found.need.service, since, end)
    free = [
        slot for slot in answer(found.need.unbooked, offer, have, now, day, until).slots if slot.places_left
    ]
    free.sort(key=lambda slot: abs(slot.starts_at - starts_at))
    return tuple(sorted(free[:NEAREST], key=lambda slot: slot.starts_at))
