"""How long things take, some of which still go on: the survival estimate of Kaplan and Meier. Pure.

The mean of what has ended lies: whatever is stuck is not in it. Here a case that still goes on counts for as long
as it has been seen. So does one that began before the period looked at: from when the period begins (delayed
entry). What is learnt is then the pace of that period, whatever began when.

Own code for want of a light library (lifelines and scikit-survival bring pandas and SciPy); the tests compare it
with the definition, worked out by brute force.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

_FINENESS = 0.97
"""A point is kept when fewer than this share of those at the last point kept still go on."""
MARGIN = 0.75
"""A centile is told only when the curve goes on to fall to this share of its level. Where it barely gets there before
it stops, it does so by chance in some samples and not in others: those told would be too short."""
_SCALE = 1_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One case: looked at from `entry` to `until` seconds after its beginning; whether it ended there."""

    until: int
    ended: bool
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """A time still to expect, in seconds; `at_least` when the cases seen do not reach further."""

    seconds: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """What share still goes on after so long: a step at each of `times`, in seconds and increasing."""

    times: Sequence[int] = ()
    shares: Sequence[float] = ()
    """Of all cases, those that go on after that time."""
    longer: Sequence[int] = ()
    """How many of the cases that ended took longer than that time."""
    cases: int = 0
    """How many ended, as far as the curve goes."""

    def share(self, elapsed: int) -> float:
        """The share that still goes on after `elapsed` seconds."""
        at = bisect_right(self.times, elapsed)
        return self.shares[at - 1] if at else 1.0

    def beyond(self, elapsed: int) -> int:
        """How many of the cases that ended took longer than `elapsed` seconds."""
        at = bisect_right(self.times, elapsed)
        return self.longer[at - 1] if at else self.cases

    def left(self, elapsed: int, centile: float) -> Left | None:
        """How much longer than `elapsed` seconds the share `centile` of what still goes on then will take at most.

        A lower bound when too few of the cases seen ended to tell; None when none took as long as `elapsed`.
        """
        still = self.share(elapsed)
        start = bisect_right(self.times, elapsed)
        if still <= 0 or start == len(self.times):
            return None
        level = (1 - centile) * still + 1e-9
        if self.shares[-1] > level * MARGIN:
            return Left(self.times[-1] - elapsed, at_least=True)
        for time, share in zip(self.times[start:], self.shares[start:], strict=True):
            if share <= level:
                return Left(time - elapsed)
        raise AssertionError("the curve ends below the level")

    def packed(self) -> str:
        """As it is kept: three whole numbers a point, few points where the curve hardly falls."""
        points, last = [], 1.0
        for index, share in enumerate(self.shares):
            if share <= last * _FINENESS or index + 1 == len(self.shares):
                points.append(f"{self.times[index]} {round(share * _SCALE)} {self.longer[index]}")
                last = share
        return ";".join(points)


@lru_cache(2048)
def unpacked(points: str, cases: int) -> Curve:
    """The curve that packed() wrote."""
    rows = [tuple(map(int, point.split())) for point in points.split(";") if point]
    times, shares, longer = zip(*rows, strict=True) if rows else ((), (), ())
    return Curve(times, tuple(share / _SCALE for share in shares), longer, cases)


def fit(cases: Iterable[Seen], *, least: int = 0) -> Curve:
    """The curve of these cases. Those at risk at a time are those that entered before it and were seen until it.

    Cases that end as they begin count as such: they enter at zero. The curve stops where what is left of the cases
    is worth fewer than `least` whole ones (those at risk, over the share that goes on: Peto's effective number):
    further on, a few ends would make it fall by chance.
    """
    moves = _moves(cases)
    there, share = 0, 1.0
    times, shares, ends = [], [], []
    for time in sorted(moves):
        ended, left, entered = moves[time]
        there += entered if time == 0 else 0
        if ended:
            if there < least * share - 1e-9:
                break
            share *= 1 - ended / there
            times.append(time)
            shares.append(share)
            ends.append(ended)
        there += (0 if time == 0 else entered) - ended - left
    total = sum(ends)
    return Curve(tuple(times), tuple(shares), tuple(total - so_far for so_far in accumulate(ends)), total)


def _moves(cases: Iterable[Seen]) -> dict[int, list[int]]:
    """How many end, are lost from sight, and enter, at each time; in that order, so that ends are among all there."""
    moves: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case in cases:
        if case.until > case.entry or case.until == case.entry == 0:  # else nothing of it was seen
            moves[case.until][0 if case.ended else 1] += 1
            moves[case.entry][2] += 1
    return moves
