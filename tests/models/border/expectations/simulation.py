"""Steps whose true law is known, seen as the portal sees them: do the centiles that it tells hold?

    .venv/bin/python -m tests.models.border.expectations.simulation

prints the table of docs/expectations.md. Each line is the mean of many invented posts, with fixed dice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from math import erf, exp, log, sqrt
from random import Random
from statistics import fmean
from typing import Protocol

from models.border.expectations.queries.pools import Pool, Times, curve_of
from models.border.expectations.rules import ENOUGH, RECENT
from models.border.expectations.survival import Curve, unpacked

MINUTE, HOUR, DAY = 60, 3600, 86400
NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
POSTS = 100


class Law(Protocol):
    """How long a step takes in truth, in seconds."""

    def draw(self, dice: Random) -> float:
        """How long one case takes."""

    def share(self, seconds: float) -> float:
        """The share of cases that take at most so long."""

    @property
    def mean(self) -> float:
        """Of all cases."""


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A mixture of log-normal laws: how likely each is, its median in seconds, its spread."""

    parts: tuple[tuple[float, float, float], ...]

    def draw(self, dice: Random) -> float:
        """How long one case takes."""
        _, median, spread = dice.choices(self.parts, [weight for weight, _, _ in self.parts])[0]
        return median * exp(dice.gauss(0, spread))

    def share(self, seconds: float) -> float:
        """The share of cases that take at most so long."""
        if seconds <= 0:
            return 0.0
        return sum(w * (1 + erf(log(seconds / m) / s / sqrt(2))) / 2 for w, m, s in self.parts)

    @property
    def mean(self) -> float:
        """In seconds."""
        return sum(w * m * exp(s * s / 2) for w, m, s in self.parts)


@dataclass(frozen=True, slots=True)
class Exponential:
    """What takes no account of the time already spent."""

    mean: float

    def draw(self, dice: Random) -> float:
        """How long one case takes."""
        return dice.expovariate(1 / self.mean)

    def share(self, seconds: float) -> float:
        """The share of cases that take at most so long."""
        return 1 - exp(-max(0.0, seconds) / self.mean)


def median(law: Law) -> float:
    """Of all cases, in seconds."""
    low, high = 1.0, 1e9
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (middle, high) if law.share(middle) < 0.5 else (low, middle)
    return high


@dataclass(frozen=True, slots=True)
class Scene:
    """A post: the law of its step, for how long it has been seen, how many cases begin a day."""

    name: str
    law: Law
    seen: float
    per_day: float
    earlier: Law | None = None
    """The law until two days ago, when it was another."""

    def cases(self, dice: Random) -> Iterator[Times]:
        """Those that began since it has been seen, as they stand now."""
        now = NOW.timestamp()
        began = now - self.seen
        while (began := began + dice.expovariate(self.per_day / DAY)) < now:
            law = self.earlier if self.earlier and began < now - 2 * DAY else self.law
            end = began + law.draw(dice)
            yield round(began), None, round(end) if end <= now else None, end <= now


DOCUMENTS = LogNormal(((1.0, 90 * MINUTE, 0.8),))
FASTER = LogNormal(((1.0, 45 * MINUTE, 0.8),))
LABORATORY = LogNormal(((1.0, 3 * DAY, 0.5),))
RELEASE = Exponential(4 * HOUR)
STUCK = LogNormal(((0.75, 2 * HOUR, 0.6), (0.25, 10 * DAY, 0.7)))
SCENES = (
    Scene("hardly any open", DOCUMENTS, 90 * DAY, 12),
    Scene("exponential, seen for 16 h", RELEASE, 16 * HOUR, 200),
    Scene("analyses, seen for 12 days", LABORATORY, 12 * DAY, 20),
    Scene("one in four is stuck", STUCK, 50 * DAY, 10),
    Scene("twice as slow since 2 days", DOCUMENTS, 15 * DAY, 400, FASTER),
    Scene("seen for 2 hours only", DOCUMENTS, 2 * HOUR, 700),
)
ASKED = ((0.5, False), (0.9, False), (0.5, True), (0.9, True))
"""Centiles asked of a case that begins, and of one that has taken the true median already."""


@dataclass(frozen=True, slots=True)
class Answers:
    """To one question, over all the posts."""

    told: tuple[float, ...]
    """For each time told: the share of new cases that end within it, in truth."""
    at_least: tuple[float, ...]
    """The same for each time that was told as a lower bound."""

    @property
    def telling(self) -> float:
        """Share of the answers that tell a time."""
        return len(self.told) / max(1, len(self.told) + len(self.at_least))

    @property
    def coverage(self) -> float:
        """In mean over the times told."""
        return fmean(self.told) if self.told else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of a scene."""

    scene: Scene
    open_share: float
    answers: Mapping[tuple[float, bool], Answers]
    naive_mean: float
    """Of the cases that ended, in seconds; in mean over the posts, as what follows."""
    naive_median: float
    """Share of new cases that end within the median of those that ended."""
    naive_high: float
    """The same of the 90th centile."""


@cache
def run(scene: Scene, posts: int = POSTS, seed: int = 2026) -> Found:
    """Invent so many posts, and compare what is told with the truth."""
    past = [list(scene.cases(Random(f"{seed} {scene.name} {number}"))) for number in range(posts)]
    curves = [curve for curve in map(learnt, past) if curve.cases >= ENOUGH]
    naive = [_naive(cases, scene.law) for cases in past]
    return Found(
        scene,
        fmean(sum(not done for *_, done in cases) / len(cases) for cases in past),
        {asked: _answers(scene.law, curves, *asked) for asked in ASKED},
        *(fmean(column) for column in zip(*naive, strict=True)),
    )


def _answers(law: Law, curves: Sequence[Curve], centile: float, later: bool) -> Answers:
    elapsed = round(median(law)) if later else 0
    found = [left for curve in curves if (left := curve.left(elapsed, centile))]
    shares = {True: [], False: []}  # type: dict[bool, list[float]]
    for left in found:
        shares[left.at_least].append(_covered(law, elapsed, left.seconds))
    return Answers(tuple(shares[False]), tuple(shares[True]))


def learnt(cases: list[Times]) -> Curve:
    """The curve that the portal keeps of these cases: the newest ends, and all that goes on."""
    ended = sorted((one for one in cases if one[2] is not None), key=lambda one: -(one[2] or 0))
    since = (ended[RECENT - 1][2] or 0) if len(ended) >= RECENT else 0
    pool = Pool(since, ended[:RECENT] + [one for one in cases if one[2] is None])
    curve = curve_of([pool], NOW, started=False)
    return unpacked(curve.packed(), curve.cases)


def _covered(law: Law, elapsed: float, left: float) -> float:
    """Of the cases that take longer than `elapsed`, those that end within `left` more."""
    before = law.share(elapsed)
    return (law.share(elapsed + left) - before) / (1 - before)


def _naive(cases: list[Times], law: Law) -> tuple[float, float, float]:
    times = sorted(end - began for began, _, end, _ in cases if end is not None)
    if not times:
        return 0.0, 0.0, 0.0
    return fmean(times), law.share(times[len(times) // 2]), law.share(times[len(times) * 9 // 10])


HEADS = (
    "what is simulated",
    "open",
    "median",
    "9 in 10",
    "later, median",
    "later, 9 in 10",
    "true mean",
    "naive mean",
    "naive median",
    "naive 9 in 10",
)


def table() -> str:
    """As Markdown: what share of new cases ended within each time told."""
    lines = [f"| {' | '.join(HEADS)} |", "|" + " --- |" * len(HEADS)]
    lines += [f"| {' | '.join(_cells(run(scene)))} |" for scene in SCENES]
    return "\n".join(lines)


def _cells(found: Found) -> tuple[str, ...]:
    return (
        found.scene.name,
        f"{found.open_share:.0%}",
        *(_cell(found.answers[asked]) for asked in ASKED),
        *(f"{seconds / HOUR:.1f} h" for seconds in (found.scene.law.mean, found.naive_mean)),
        f"{found.naive_median:.0%}",
        f"{found.naive_high:.0%}",
    )


def _cell(answers: Answers) -> str:
    """The coverage, and how often a time is told when that is not always; else « at least » is."""
    if answers.telling < 0.01:
        return "at least"
    always = answers.telling > 0.99
    return f"{answers.coverage:.0%}" + ("" if always else f" ({answers.telling:.0%} told)")


if __name__ == "__main__":
    print(table())  # noqa: T201
