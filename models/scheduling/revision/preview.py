"""The slots that an edited offer would give, beside the present ones, and the days off to come: pure (SES-12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.kernel import french
from models.posts.holidays import holiday
from models.scheduling.capacity.offer import Offer, inspectors_on, why_closed
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control, Goods, Service
from models.scheduling.capacity.words import SERVICES
from models.scheduling.slots.asked import Need, Taken
from models.scheduling.slots.calculator import slots_on
from models.scheduling.slots.words import day_of


@dataclass(frozen=True, slots=True)
class Compared:
    """One start: how many places there are now, and would be; None where there is no slot."""

    starts_at: datetime
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class ComparedDay:
    """One day of the post, both ways."""

    day: date
    closed: str
    """Why the service would not inspect; empty when it would."""
    slots: tuple[Compared, ...]


def need_for(control: Control, goods: Goods, containers: int) -> Need:
    """What such goods need, with no consignment in particular."""
    service = next(SERVICE_OF[ched] for ched, fit in GOODS_OF.items() if fit is goods)
    return Need(control, service, frozenset({goods}), max(containers, 1))


def preview(
    need: Need, before: Offer, after: Offer, taken: Taken, since: date, days: int
) -> list[ComparedDay]:
    """Day by day, the slots under both offers; what is booked counts as taken under both."""
    return [_day(need, before, after, taken, since + timedelta(days=number)) for number in range(days)]


def _day(need: Need, before: Offer, after: Offer, taken: Taken, day: date) -> ComparedDay:
    old = {slot.starts_at: slot.places_left for slot in slots_on(need, before, taken, day)}
    new = {slot.starts_at: slot.places_left for slot in slots_on(need, after, taken, day)}
    both = tuple(Compared(at, old.get(at), new.get(at)) for at in sorted({*old, *new}))
    return ComparedDay(day, why_closed(after, need.service, day), both)


def days_off(offer: Offer, since: date, days: int) -> list[str]:
    """`mardi 11 nov. : férié (Armistice), fermé`: the holidays and the days closed among those that would be open."""
    return [line for number in range(days) for line in _off(offer, since + timedelta(days=number))]


def _off(offer: Offer, day: date) -> Iterator[str]:
    usual = {hours.service for hours in offer.hours if hours.hold_on(day, off=False)}
    if not usual:
        return
    present = [service for service in Service if inspectors_on(offer, service, day)]
    named = holiday(day, offer.department)
    if named:
        words = ", ".join(SERVICES[service].lower() for service in present)
        yield french.typeset(
            f"{day_of(day)} : férié ({named}), {f'ouvert ({words})' if present else 'fermé'}"
        )
    elif not present:
        yield french.typeset(f"{day_of(day)} : {why_closed(offer, next(iter(sorted(usual))), day)}")
