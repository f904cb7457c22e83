"""A plain model of a post's agenda: what verbs on appointments must do, in lists and loops, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import COMING, LIVE, Side, Status
from tests.support.appointments import at

QUARTER = timedelta(minutes=15)
LASTS = {Control.IDENTITY: 30, Control.PHYSICAL: 45, Control.BOTH: 60}
STARTS = tuple(at(hour, days=day) for day in (0, 1) for hour in (13, 13.5))
"""Two days of little more than an hour each: few, so that everybody wants the same."""
CLOSES = {at(13, days=day).date(): at(14.25, days=day) for day in (0, 1)}
NOTICE = timedelta(minutes=60)


@dataclass
class Proposal:
    """Another time."""

    start: datetime
    bay: int
    by: Side
    until: datetime


@dataclass
class Kept:
    """An appointment."""

    name: str
    consignment: str
    control: Control
    start: datetime
    bay: int
    status: Status
    account: int
    held_until: datetime | None = None
    proposal: Proposal | None = None
    turn: int = 0
    """Its place in the waiting list; 0 when it does not wait."""
    declined: set[datetime] = field(default_factory=set)

    def shown(self) -> tuple[object, ...]:
        """What is compared with the database."""
        other = self.proposal
        proposal = (other.start, other.bay, other.by, other.until) if other else None
        return (self.status, self.start, self.bay, self.held_until, proposal, bool(self.turn))


class Agenda:
    """All of them, and how each verb changes them."""

    def __init__(self, bays: list[int]) -> None:
        self.bays, self.kept, self.turns = bays, dict[str, Kept](), 0

    def fits(self, start: datetime, control: Control, now: datetime) -> bool:
        """Whether one may ask for that time."""
        return start >= now and start + timedelta(minutes=LASTS[control]) <= CLOSES[start.date()]

    def bay_for(self, start: datetime, control: Control, apart: str = "") -> int | None:
        """The first bay that is free all along, but for what `apart` itself has."""
        gone = {place for one in self.kept.values() if one.name != apart for place in _places(one)}
        wanted = list(_quarters(start, control))
        return next((bay for bay in self.bays if not any((bay, q) in gone for q in wanted)), None)

    def booked(self, consignment: str, control: Control) -> bool:
        """Whether one of these checks has its appointment."""
        return any(
            set(one.control.steps) & set(control.steps)
            for one in self.kept.values()
            if one.consignment == consignment and one.status in LIVE
        )

    def held(self, account: int) -> Kept | None:
        """What this person holds."""
        return next(
            (one for one in self.kept.values() if one.status is Status.HELD and one.account == account), None
        )

    def changeable(self, one: Kept, now: datetime) -> bool:
        """Whether it is to come, and the notice is not over."""
        return one.status in COMING and one.start - now >= NOTICE

    def move(self, one: Kept, start: datetime, bay: int) -> None:
        """To that place."""
        one.start, one.bay, one.proposal = start, bay, None

    def withdraw(self, one: Kept) -> None:
        """No other time any more; what the waiting list offered is not offered again."""
        if one.proposal and one.proposal.by is Side.SYSTEM and one.turn:
            one.declined.add(one.proposal.start)
        one.proposal = None

    def end(self, one: Kept, status: Status) -> None:
        """It is over."""
        one.status, one.held_until, one.proposal, one.turn, one.declined = status, None, None, 0, set()

    def lapse(self, now: datetime) -> None:
        """What nobody answered in time."""
        over = False
        for one in self.kept.values():
            if one.held_until and one.held_until <= now:
                self.end(one, Status.LAPSED)
                over = True
            elif one.proposal and one.proposal.until <= now:
                self.withdraw(one)
                over = True
        if over:
            self.offer(now)

    def offer(self, now: datetime) -> None:
        """What is free, to who waits for something earlier, in turn."""
        waiting = [one for one in self.kept.values() if one.turn and one.status in COMING]
        for one in sorted(waiting, key=lambda it: it.turn):
            if one.proposal or one.start <= now:
                continue
            for start in STARTS:
                until = min(now + timedelta(minutes=30), start)
                bay = self.bay_for(start, one.control, one.name)
                worth = (
                    start < one.start and until - now >= timedelta(minutes=10) and start not in one.declined
                )
                if worth and bay is not None and self.fits(start, one.control, now):
                    one.proposal = Proposal(start, bay, Side.SYSTEM, until)
                    break


def _quarters(start: datetime, control: Control) -> Iterator[datetime]:
    for number in range(LASTS[control] // 15):
        yield start + number * QUARTER


def _places(one: Kept) -> Iterator[tuple[int, datetime]]:
    if one.status in LIVE or one.status is Status.DONE:
        yield from ((one.bay, at_) for at_ in _quarters(one.start, one.control))
    if one.proposal:
        yield from ((one.proposal.bay, at_) for at_ in _quarters(one.proposal.start, one.control))
