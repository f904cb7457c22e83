"""When an alert opens, changes and closes. Pure functions and data, no I/O (SES-20, SES-21)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from models.kernel.subject import Subject


class Quantity(StrEnum):
    """What is measured. Its French and its unit stand in words.py."""

    STEP_AGE = "step_age"
    """Minutes that an authority has had a consignment before it, at one step."""
    QUEUE_LENGTH = "queue_length"
    """Consignments that wait for the officers of a post."""
    APPOINTMENTS_MISSED = "appointments_missed"
    """Appointments at a post to which nobody came, over a day."""
    RELEASED_UNDECIDED = "released_undecided"
    """Minutes since customs released goods on which no decision was taken."""
    DECIDED_UNDECLARED = "decided_undeclared"
    """Minutes since a favourable decision that no customs declaration followed."""
    LABORATORY_OVERDUE = "laboratory_overdue"
    """Minutes since a laboratory's result was expected."""
    REFUSALS = "refusals"
    """Entries refused at a post, over a day."""


OF_CONSIGNMENTS = frozenset(
    {
        Quantity.STEP_AGE,
        Quantity.RELEASED_UNDECIDED,
        Quantity.DECIDED_UNDECLARED,
        Quantity.LABORATORY_OVERDUE,
    }
)
"""Measured on one consignment, in minutes; the others are counted at a post."""
WINDOW = timedelta(days=1)
"""Over which appointments not kept and refusals are counted."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From what value on, and where; empty means everywhere."""

    id: int
    quantity: Quantity
    post_code: str = ""
    ched_type: str = ""
    step: str = ""
    opens_at: int = 1
    closes_at: int = 0
    active: bool = True

    @property
    def where(self) -> tuple[str, str, str, str]:
        """What names it: two thresholds never share it."""
        return (self.quantity, self.post_code, self.ched_type, self.step)

    @property
    def precision(self) -> tuple[bool, bool, bool]:
        """Of two that apply to one consignment, the greater holds: post first, then goods, then step."""
        return (self.post_code != "", self.ched_type != "", self.step != "")

    def covers(self, post: str, ched_type: str, step: str) -> bool:
        """Whether it speaks of that place, those goods and that step."""
        return self.post_code in ("", post) and self.ched_type in ("", ched_type) and self.step in ("", step)


@dataclass(frozen=True, slots=True)
class Age:
    """Something about one consignment that lasts since `since`."""

    quantity: Quantity
    subject: Subject
    post_code: str
    ched_type: str
    step: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How many at one post, of one kind of goods, at one step; nothing where it makes no difference."""

    quantity: Quantity
    post_code: str
    ched_type: str
    step: str
    number: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured at one moment."""

    ages: Sequence[Age] = ()
    counts: Sequence[Count] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What an alert is about: there is one open alert of each key, whichever threshold it crossed."""

    quantity: str
    post_code: str
    ched_type: str = ""
    step: str = ""
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A value, and the threshold that it is held against."""

    threshold: Threshold
    value: int
    crossed_at: datetime | None = None
    """When the threshold was reached; None where only the moment of the measure is known."""


@dataclass(frozen=True, slots=True)
class Open:
    """An alert that is open."""

    id: int
    threshold_id: int
    value: int
    opens_at: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with alerts."""

    opened: Mapping[Key, Found] = field(default_factory=dict)
    updated: Mapping[Key, Found] = field(default_factory=dict)
    closed: Sequence[Key] = ()

    def __bool__(self) -> bool:
        return bool(self.opened or self.updated or self.closed)


def evaluate(
    thresholds: Iterable[Threshold], measured: Measured, before: Mapping[Key, Open], now: datetime
) -> Plan:
    """What opens, changes and closes, from what is measured and what is open (SES-21).

    An alert opens when its value reaches `opens_at`; once open it stays so until the value is down to
    `closes_at`. What is not measured any more is gone. Asked twice, the second answer is empty.
    """
    founds = findings(thresholds, measured, now)
    opened = {
        k: finding
        for k, finding in founds.items()
        if k not in before and finding.value >= finding.threshold.opens_at
    }
    standing = {
        k: finding
        for k, finding in founds.items()
        if k in before and finding.value > finding.threshold.closes_at
    }
    updated = {k: finding for k, finding in standing.items() if _differs(before[k], k, finding)}
    return Plan(opened, updated, [key for key in before if key not in standing])


def _differs(was: Open, key: Key, now: Found) -> bool:
    """Whether it must be told anew: a count that changed, another threshold. An age grows by itself."""
    counted = key.subject is None and was.value != now.value
    return counted or (was.threshold_id, was.opens_at) != (now.threshold.id, now.threshold.opens_at)


def findings(thresholds: Iterable[Threshold], measured: Measured, now: datetime) -> dict[Key, Found]:
    """Every value that some active threshold is about, with the threshold that holds for it."""
    active = [threshold for threshold in thresholds if threshold.active]
    founds: dict[Key, Found] = {}
    for age in measured.ages:
        chosen = _most_precise(active, age)
        if chosen is not None:
            key = Key(age.quantity, age.post_code, age.ched_type, age.step, age.subject)
            minutes = max(0, int((now - age.since) / timedelta(minutes=1)))
            crossed = min(now, age.since + timedelta(minutes=chosen.opens_at))
            founds[key] = Found(chosen, minutes, crossed)
    for threshold in active:
        for post, number in _sums(threshold, measured.counts).items():
            if not _overridden(threshold, post, active):
                key = Key(threshold.quantity, post, threshold.ched_type, threshold.step)
                founds[key] = Found(threshold, number)
    return founds


def _most_precise(active: Iterable[Threshold], age: Age) -> Threshold | None:
    covering = [
        threshold
        for threshold in active
        if threshold.quantity == age.quantity and threshold.covers(age.post_code, age.ched_type, age.step)
    ]
    return max(covering, key=lambda one: one.precision, default=None)


def _sums(threshold: Threshold, counts: Iterable[Count]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for count in counts:
        if count.quantity == threshold.quantity and threshold.covers(
            count.post_code, count.ched_type, count.step
        ):
            sums[count.post_code] = sums.get(count.post_code, 0) + count.number
    return sums


def _overridden(threshold: Threshold, post: str, active: Iterable[Threshold]) -> bool:
    """Whether that post has a threshold of its own for the same goods and step."""
    own = replace(threshold, post_code=post).where
    return threshold.post_code == "" and any(threshold.where == own for threshold in active)


def shortest(thresholds: Iterable[Threshold], quantity: Quantity) -> timedelta | None:
    """The shortest age at which one of these opens; None when no active threshold is about that quantity."""
    about = [
        threshold.opens_at for threshold in thresholds if threshold.active and threshold.quantity == quantity
    ]
    return timedelta(minutes=min(about)) if about else None
