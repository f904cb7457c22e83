"""What the calculator is asked, and what it answers: values only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from models.border.passage.rules import Passage
from models.border.passage.vocabulary import StepKind
from models.scheduling.capacity.vocabulary import Control, Goods, Service


class Cause(StrEnum):
    """Why not, or why not sooner."""

    # Nothing can be booked:
    NO_OFFER = "no_offer"
    ENDED = "ended"
    DRAFT = "draft"
    NOT_REQUIRED = "not_required"
    DONE = "done"
    UNDER_WAY = "under_way"
    BOOKED = "booked"
    ARRIVAL_UNKNOWN = "arrival_unknown"
    NO_BAY = "no_bay"
    FULL = "full"
    # Nothing can be booked before:
    BOOKING_NOTICE = "booking_notice"
    NOTIFICATION = "notification"
    FOUR_HOURS = "four_hours"
    WOOD = "wood"
    ARRIVAL = "arrival"
    # Nor at this very time:
    CLOSED = "closed"
    TOO_FAR = "too_far"
    NOT_A_START = "not_a_start"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one consignment."""

    reference: str
    passage: Passage
    notified_at: datetime | None
    arrives_at: datetime | None
    """When it came, or should."""
    wood: bool = False
    """Whether it holds unprocessed wood."""
    booked: frozenset[StepKind] = frozenset()
    """The steps that have their appointment already."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be inspected together, and what for."""

    control: Control
    service: Service
    goods: frozenset[Goods]
    containers: int = 1
    cases: tuple[Case, ...] = ()

    @property
    def unbooked(self) -> "Need":
        """The same as if nothing of it had its appointment: whether it has, an index of the database decides."""
        return replace(self, cases=tuple(replace(case, booked=frozenset()) for case in self.cases))

    def for_one(self, case: Case) -> "Need":
        """The same for one of the consignments alone."""
        return replace(self, cases=(case,))


@dataclass(frozen=True, slots=True)
class Taken:
    """What others have: by bay, the quarters; and by quarter, how many inspectors of the service."""

    bays: Mapping[int, Collection[datetime]] = field(default_factory=dict)
    seats: Mapping[datetime, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why, with what the sentence needs. `until`: from when on it is no obstacle any more; None for never."""

    cause: Cause
    until: datetime | None = None
    reference: str = ""
    """The consignment that it is about, where it is about one."""
    step: StepKind | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which an appointment may begin."""

    starts_at: datetime
    ends_at: datetime
    places_left: int


@dataclass(frozen=True, slots=True)
class Answer:
    """When one may book: the slots asked for, the first of all, and why not sooner."""

    slots: tuple[Slot, ...]
    earliest: Slot | None
    obstacle: Obstacle | None
    """What sets the first slot, or why there is none."""
    closed_days: tuple[date, ...] = ()
    """Days without hours between the obstacle's end and the first slot."""
    full: int = 0
    """How many starts before the first slot are taken already."""
