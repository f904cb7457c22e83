"""Days and slots of one week as radio tiles: free, complete, beyond the cut-off, just freed (SES-10, SES-12)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from models.kernel import french
from models.scheduling.appointments.choices import Slots
from models.scheduling.capacity.offer import Offer, fit_for, why_closed
from models.scheduling.capacity.words import WEEKDAYS
from models.scheduling.slots.asked import Cause, Obstacle, Slot, Taken
from models.scheduling.slots.calculator import not_before, slots_on
from models.scheduling.slots.words import clock_at, day_of

_MOST_PIPS = 4
_NOON, _EVENING = 12, 18


@dataclass
class DayTile:
    """A day to choose."""

    value: str = ""
    weekday: str = ""
    day: str = ""
    label: str = ""
    spoken: str = ""
    open: bool = False
    chosen: bool = False


@dataclass
class SlotTile:
    """A time to choose."""

    value: str = ""
    hour: str = ""
    label: str = ""
    pips: list[bool] = field(default_factory=list)
    open: bool = False
    chosen: bool = False
    state: str = ""
    """full, locked, taken or freed; empty for one that is simply free."""


@dataclass
class SlotGroup:
    """The morning, or the afternoon."""

    label: str = ""
    slots: list[SlotTile] = field(default_factory=list)


@dataclass
class Grid:
    """A week, and the slots of its chosen day."""

    week: str = ""
    previous: bool = False
    next: bool = False
    days: list[DayTile] = field(default_factory=list)
    day: str = ""
    groups: list[SlotGroup] = field(default_factory=list)
    freed: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What the person chose so far, and what the screen saw change."""

    day: date
    slot: str = ""
    freed: Collection[str] = ()
    taken: str = ""
    """The chosen slot, once somebody else took it."""


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def places(found: Slots) -> dict[str, int]:
    """How many places each slot of the week has left, by its start."""
    return {french.iso(slot.starts_at): slot.places_left for slot in found.answer.slots}


def freed(before: Mapping[str, int], now: Mapping[str, int], so_far: Collection[str]) -> list[str]:
    """The slots that were complete and have a place again; one that is taken anew is forgotten."""
    again = [start for start, left in now.items() if left and before.get(start, 1) == 0]
    return [start for start in dict.fromkeys((*so_far, *again)) if now.get(start, 1)]


def grid(found: Slots, now: datetime, picked: Picked) -> Grid:
    """The week of the picked day (SES-10)."""
    offer, need = found.wanted.offer, found.wanted.need
    if offer is None:
        return Grid()
    first, today = monday(picked.day), offer.local(now).date()
    last = today + timedelta(days=offer.horizon_days)
    works = {hours.weekday for hours in offer.hours if hours.service == need.service}
    days = [first + timedelta(days=n) for n in range(7 if 6 in works else 6)]
    slots = {day: _slots_of(found, offer, day, now) for day in days}
    tell = _Teller(offer, found, not_before(need, offer, now), picked)
    here = slots.get(picked.day, [])
    return Grid(
        week=f"{days[0].day} au {french.day(days[-1], year=False)}",
        previous=first > today,
        next=first + timedelta(days=7) <= last,
        days=[tell.day(day, slots[day], today, last) for day in days],
        day=day_of(picked.day),
        groups=_groups(here, tell),
        freed=_freed(here, picked, offer),
    )


def _slots_of(slots: Slots, offer: Offer, day: date, now: datetime) -> list[Slot]:
    """What that day has: the places left where one may book, and the times that come too soon."""
    left = {slot.starts_at: slot for slot in slots.answer.slots}
    every = slots_on(slots.wanted.need, offer, Taken(), day)
    return [left.get(slot.starts_at, slot) for slot in every if slot.starts_at > now]


@dataclass(frozen=True, slots=True)
class _Teller:
    """What is known when tiles are worded."""

    offer: Offer
    found: Slots
    first: Obstacle
    """What sets the first time that can be booked."""
    picked: Picked

    def locked(self, slot: Slot) -> bool:
        """Whether it comes too soon."""
        return self.first.until is not None and slot.starts_at < self.first.until

    def day(self, day: date, slots: list[Slot], today: date, last: date) -> DayTile:
        """`mer. 25, 6 libres`."""
        free = sum(1 for slot in slots if slot.places_left and not self.locked(slot))
        why = "" if free else self._closed(day, slots, today, last)
        label = f"{free} {'libre' if free == 1 else 'libres'}" if free else why
        caption = french.plural(free, "créneau libre", "créneaux libres") if free else why
        return DayTile(
            day.isoformat(),
            WEEKDAYS[day.weekday()][:3] + ".",
            str(day.day),
            label,
            f"{day_of(day)}, {caption}",
            bool(free),
            day == self.picked.day,
        )

    def _closed(self, day: date, slots: list[Slot], today: date, last: date) -> str:
        if day < today:
            return "passé"
        if day > last:
            return "plus tard"
        if not slots:
            closed = why_closed(self.offer, self.found.wanted.need.service, day)
            return closed.partition(" (")[0] or ("passé" if day == today else "fermé")
        return self._why_locked() if all(self.locked(slot) for slot in slots) else "complet"

    def _why_locked(self) -> str:
        return "arrivée" if self.first.cause is Cause.ARRIVAL else "préavis"

    def slot(self, slot: Slot) -> SlotTile:
        """`14 h 30, 3 places`."""
        start = french.iso(slot.starts_at)
        chosen, state = start == self.picked.slot, self._state(slot, start)
        labels = {"full": "complet", "taken": "vient d’être pris", "locked": self._why_locked()}
        many = french.plural(slot.places_left, "place")
        most = min(
            len(fit_for(self.offer, self.found.wanted.need.control, self.found.wanted.need.goods)), _MOST_PIPS
        )
        pips = [number < slot.places_left for number in range(most)] if state in ("", "freed") else []
        free = state in ("", "freed")
        return SlotTile(
            start, clock_at(slot.starts_at, self.offer), labels.get(state, many), pips, free, chosen, state
        )

    def _state(self, slot: Slot, start: str) -> str:
        if self.locked(slot):
            return "locked"
        if start == self.picked.taken:
            return "taken"
        if not slot.places_left:
            return "full"
        return "freed" if start in self.picked.freed else ""


def _groups(slots: list[Slot], tell: _Teller) -> list[SlotGroup]:
    """The morning, the afternoon and the evening, those that have slots."""
    parts: dict[str, list[SlotTile]] = {"Matin": [], "Après-midi": [], "Soir": []}
    for slot in slots:
        hour = tell.offer.local(slot.starts_at).hour
        part = "Matin" if hour < _NOON else "Après-midi" if hour < _EVENING else "Soir"
        parts[part].append(tell.slot(slot))
    return [SlotGroup(label, tiles) for label, tiles in parts.items() if tiles]


def _freed(slots: list[Slot], picked: Picked, offer: Offer) -> str:
    again = [slot for slot in slots if french.iso(slot.starts_at) in picked.freed]
    if not again:
        return ""
    hours = [clock_at(slot.starts_at, offer) for slot in again[:3]]
    if len(hours) == 1:
        return f"{hours[0]}{french.NBSP}: une place vient de se libérer"
    return f"{', '.join(hours[:-1])} et {hours[-1]}{french.NBSP}: des places viennent de se libérer"
