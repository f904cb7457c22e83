"""From the offer of a post to places in the database: which bays are tried, with how many inspectors."""

from datetime import datetime, timedelta

from models.kernel import clock
from models.kernel.database import DbSession
from models.scheduling.appointments.facts import Wanted, taken
from models.scheduling.appointments.places import take
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
    new: bool = False,
) -> int | None:
    """Take a fit bay, or that very one, and inspectors, for as long as it lasts; the bay, None when there is none.

    `new`: the appointment has no place yet.
    """
    bays = [one.id for one in fit_bays(need, offer, starts_at) if bay in (0, one.id)]
    seats = _seats(offer, need.service, starts_at, starts_at + length(need, offer))
    return take(db, key, bays, seats, (offer.post_code, need.service), proposed=proposed, new=new)


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
