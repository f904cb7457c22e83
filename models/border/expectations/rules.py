"""What to expect of a step that goes on, from what the same step took before, and how sure it is. Pure (SES-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from models.border.expectations.survival import Curve, Left
from models.border.passage.vocabulary import StepKind

PAST = timedelta(days=180)
"""How far back the past counts."""
RECENT = 400
"""Of one kind of case at one post, the newest that ended, at most: a post that changes its pace is soon believed."""
OPEN = 2000
"""And of those that go on, the newest."""
ENOUGH = 20
"""How many must have ended for a curve to count at all."""
STILL, FEW = 10, 5
"""How many must have taken as long as the one looked at has: else a wider circle of cases is asked, which does with
a few when it is no better off. Of fewer than STILL, a 90th centile is not told."""
MANY, SOME = 100, 40
"""From how many an estimate is sure, or fairly so."""
MEDIAN, HIGH_CENTILE = 0.5, 0.9


class Level(StrEnum):
    """From which cases it was learnt: the narrowest circle that tells enough."""

    POST_AND_GOODS = "post_and_goods"
    POST = "post"
    GOODS = "goods"
    ALL = "all"
    USUAL = "usual"
    """From none: the default of models/border/passage/rules.py."""


class Confidence(StrEnum):
    """How sure it is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of case: what is compared with what. `started`: counted from when somebody began to work at it."""

    post_code: str
    ched_type: str
    step: str
    started: bool

    @property
    def key(self) -> str:
        """Under which its curve is kept; an empty post or kind of goods is for all of them."""
        return f"{self.post_code}|{self.ched_type}|{self.step}|{'work' if self.started else 'turn'}"

    def circles(self) -> tuple[tuple[Level, str], ...]:
        """From the narrowest circle of like cases to the widest, and under which key each is kept."""
        return _circles(self)


@lru_cache(4096)
def _circles(case: Case) -> tuple[tuple[Level, str], ...]:
    circles = (
        (Level.POST_AND_GOODS, case.post_code, case.ched_type),
        (Level.POST, case.post_code, ""),
        (Level.GOODS, "", case.ched_type),
        (Level.ALL, "", ""),
    )
    return tuple((level, Case(post, goods, case.step, case.started).key) for level, post, goods in circles)


@dataclass(frozen=True, slots=True)
class Expectation:
    """How much longer the current step should take.

    `median_left` and `p90_left` are None when nothing tells; for the median it then takes longer than what is known.
    """

    median_left: timedelta | None
    p90_left: timedelta | None
    confidence: Confidence
    level: Level
    cases: int = 0
    """How many it is drawn from: those that took as long as this one has, and ended."""
    at_least: bool = False
    """The median is only known to be longer than that: too many like cases go on."""
    p90_at_least: bool = False
    """The same of the 90th centile."""
    unusual: bool = False
    """It has already taken longer than nine such cases in ten."""

    @property
    def learnt(self) -> bool:
        """Whether it comes from cases, and not from the default."""
        return self.level != Level.USUAL


def expect(curves: Mapping[str, Curve], case: Case, elapsed: timedelta) -> Expectation | None:
    """What to expect of `case`, which has taken `elapsed`; None when too little is known of such cases (SES-03)."""
    seconds = max(0, round(elapsed.total_seconds()))
    known = [(level, curves[key]) for level, key in case.circles() if key in curves]
    known = [(level, curve) for level, curve in known if curve.cases >= ENOUGH]
    if not known:
        return None
    level, curve = _chosen(known, seconds)
    median = curve.left(seconds, MEDIAN)
    if median is None or curve.beyond(seconds) < FEW:
        level, curve = known[0]
        return Expectation(None, None, Confidence.LOW, level, curve.cases, unusual=True)
    beyond = curve.beyond(seconds)
    high = curve.left(seconds, HIGH_CENTILE) if beyond >= STILL else None
    return Expectation(
        _timedelta(median),
        _timedelta(high),
        _confidence(level, beyond),
        level,
        beyond,
        median.at_least,
        high is not None and high.at_least,
        curve.share(seconds) < 1 - HIGH_CENTILE,
    )


def usual(expected_at: datetime | None, step: str, now: datetime) -> Expectation | None:
    """What the default of models/border/passage/rules.py tells: no measurement. None when it tells nothing."""
    if expected_at is None or step == StepKind.ARRIVAL:
        return None
    left = expected_at - now if expected_at > now else None
    return Expectation(left, None, Confidence.DEFAULT, Level.USUAL, unusual=left is None)


def _chosen(known: list[tuple[Level, Curve]], seconds: int) -> tuple[Level, Curve]:
    """The narrowest circle where enough took as long; else the one where the most did."""
    enough = (point for point in known if point[1].beyond(seconds) >= STILL)
    return next(enough, None) or max(known, key=lambda one: one[1].beyond(seconds))


def _confidence(level: Level, beyond: int) -> Confidence:
    if level == Level.ALL or beyond < SOME:
        return Confidence.LOW
    return Confidence.HIGH if level == Level.POST_AND_GOODS and beyond >= MANY else Confidence.MEDIUM


def _timedelta(left: Left | None) -> timedelta | None:
    return timedelta(seconds=left.seconds) if left else None
