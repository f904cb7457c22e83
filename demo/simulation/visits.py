"""Visits of goods to the bays of a post: when one can be had, and what is told of it. Pure.

Whatever the order in which they are booked later on, they find a place: of what may share a bay, one visit at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from demo.simulation.offers import OFFERS
from models.border.passage.content import Ched
from models.scheduling.capacity.offer import Offer, inspectors_on, minutes_of, quarters, starts_on
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control, Goods, Service
from models.scheduling.slots.vocabulary import Status

_DAY = timedelta(days=1)
_SEARCHED = 14
"""Days in which a visit to come is sought."""
_EACH_SERVICE = frozenset({"FRLEH1"})
"""Posts with bays enough for a visit of each service at once."""
AHEAD = timedelta(minutes=5)
"""How long before the visit is booked its consignment must have been found to need it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at a post."""

    starts_at: datetime
    ends_at: datetime
    quarters: frozenset[datetime] = field(default=frozenset(), compare=False, repr=False)

    @property
    def lasts(self) -> timedelta:
        """How long."""
        return self.ends_at - self.starts_at

    def part(self, share: float) -> datetime:
        """The time when that share of it is over, to the second."""
        return self.starts_at + timedelta(seconds=int(self.lasts.total_seconds() * share))


@dataclass(frozen=True, slots=True)
class Visit:
    """The appointment of one consignment, and how it went or will go."""

    post_code: str
    control: Control
    slot: Slot
    booked_at: datetime
    arrives_at: datetime
    """At the gate, when it comes."""
    outcome: Status = Status.DONE
    """What becomes of it at its time."""
    reference: str = ""
    """Of the consignment."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be inspected, and where."""

    post_code: str
    service: Service
    goods: Goods
    control: Control
    containers: int = 1

    @property
    def pool(self) -> tuple[str, str]:
        """What it shares the bays with."""
        return self.post_code, self.service if self.post_code in _EACH_SERVICE else ""

    @property
    def offer(self) -> Offer:
        """What the post offers."""
        return OFFERS[self.post_code]

    @property
    def lasts(self) -> timedelta:
        """How long it lasts."""
        return _lasts(self.post_code, self.control, self.goods, self.containers)


def need_of(ched: Ched, control: Control) -> Need:
    """What the control of that consignment needs."""
    service, goods = SERVICE_OF[ched.ched_type], GOODS_OF[ched.ched_type]
    return Need(ched.post_code, service, goods, control, max(1, len(ched.containers)))


class Agenda:
    """What is taken at every post, by quarters of an hour.

    Times are UTC. No post inspects at midnight, in Paris or in UTC: a day is the same in both.
    """

    def __init__(self) -> None:
        self._taken: defaultdict[tuple[str, str], set[datetime]] = defaultdict(set)

    def last(self, need: Need, before: datetime) -> Slot:
        """Take the last free time that is over by `before`. There always is one: the past has no beginning."""
        day = before.date()
        while True:
            ended = (slot for slot in reversed(_slots(need, day)) if slot.ends_at <= before)
            free_slot = self._first_free(need, ended)
            if free_slot is not None:
                return free_slot
            day -= _DAY

    def first(self, need: Need, after: datetime) -> Slot | None:
        """Take the first free time that begins at `after` or later; None when all is taken for days."""
        day = after.date()
        for _ in range(_SEARCHED):
            free_slot = self._first_free(
                need, (slot for slot in _slots(need, day) if slot.starts_at >= after)
            )
            if free_slot is not None:
                return free_slot
            day += _DAY
        return None

    def at(self, need: Need, now: datetime, since: timedelta) -> Slot | None:
        """Take a free time that holds `now` and began `since` ago at least; None when there is none."""
        there = (
            slot
            for slot in reversed(_slots(need, now.date()))
            if slot.starts_at <= now - since and now < slot.ends_at
        )
        return self._first_free(need, there)

    def _first_free(self, need: Need, slots: Iterable[Slot]) -> Slot | None:
        taken = self._taken[need.pool]
        for slot in slots:
            if taken.isdisjoint(slot.quarters):
                taken |= slot.quarters
                return slot
        return None


def _slots(need: Need, day: date) -> Sequence[Slot]:
    return _open_slots(need.post_code, need.service, need.lasts, day)


def next_inspection(need: Need, at: datetime) -> datetime:
    """`at`, or when the post next inspects such goods: to the quarter of an hour."""
    day, present = at.date(), at - timedelta(minutes=15)
    for _ in range(_SEARCHED):
        for quarter in inspectors_on(need.offer, need.service, day):
            if quarter > present:
                return max(at, quarter)
        day += _DAY
    return at


@lru_cache(8192)
def _open_slots(post_code: str, service: Service, lasts: timedelta, day: date) -> Sequence[Slot]:
    """The times of that day at which inspectors are there from the beginning to the end."""
    offer = OFFERS[post_code]
    present = inspectors_on(offer, service, day).keys()
    starts = starts_on(offer, service, day)
    slots = [Slot(at, at + lasts, frozenset(quarters(at, at + lasts))) for at in starts]
    return tuple(slot for slot in slots if slot.quarters <= present)


@lru_cache(256)
def _lasts(post_code: str, control: Control, goods: Goods, containers: int) -> timedelta:
    return minutes_of(OFFERS[post_code], control, {goods}, containers)


OFFICERS: Mapping[str, str] = {"FRLEH1": "sivep", "FRCDG4": "sivep-cdg"}
"""Who keeps the plan of a post: the first part of the address. The plan of the others keeps itself."""
