"""SES-03: from which cases an estimate is drawn, and how sure it says it is."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from models.border.expectations.rules import Case, Confidence, Expectation, Level, expect, usual
from models.border.expectations.survival import Curve, Seen, fit
from models.border.passage.vocabulary import StepKind
from tests.factories import NOW, after

CASE = Case("FRLEH1", "CHEDPP", StepKind.DOCUMENTARY, started=False)
CIRCLES = dict(CASE.circles())
NOTHING = timedelta()


def minutes(number: float) -> timedelta:
    """So many."""
    return timedelta(minutes=number)


def curve(times: Sequence[float], going_on: Sequence[float] = ()) -> Curve:
    """Of cases that took so many minutes, and of some that have gone on for so many."""
    ended = [Seen(round(60 * time), ended=True) for time in times]
    return fit([*ended, *(Seen(round(60 * time), ended=False) for time in going_on)])


def evenly(number: int, last: float = 100) -> list[float]:
    """Times spread evenly up to the last."""
    return [last * (rank + 1) / number for rank in range(number)]


def told(curves: dict[Level, Curve], elapsed: timedelta = NOTHING) -> Expectation | None:
    """What is expected when these curves are known."""
    return expect({CIRCLES[level]: one for level, one in curves.items()}, CASE, elapsed)


def test_ses_03_median_and_90th_centile_of_what_is_left() -> None:
    """SES-03: of those that have taken as long already, and not of all."""
    known = {Level.POST_AND_GOODS: curve(evenly(200))}
    assert told(known) == Expectation(
        minutes(50), minutes(90), Confidence.HIGH, Level.POST_AND_GOODS, cases=200
    )
    later = told(known, minutes(50))
    assert later == Expectation(minutes(25), minutes(45), Confidence.HIGH, Level.POST_AND_GOODS, cases=100)


@pytest.mark.parametrize(
    ("sizes", "level", "confidence"),
    [
        ((200, 300, 300, 900), Level.POST_AND_GOODS, Confidence.HIGH),
        ((60, 300, 300, 900), Level.POST_AND_GOODS, Confidence.MEDIUM),
        ((20, 300, 300, 900), Level.POST_AND_GOODS, Confidence.LOW),
        ((19, 300, 300, 900), Level.POST, Confidence.MEDIUM),
        ((0, 0, 300, 900), Level.GOODS, Confidence.MEDIUM),
        ((0, 0, 30, 900), Level.GOODS, Confidence.LOW),
        ((0, 0, 0, 900), Level.ALL, Confidence.LOW),
    ],
)
def test_ses_03_the_narrowest_circle_that_tells_enough(
    sizes: tuple[int, ...], level: Level, confidence: Confidence
) -> None:
    """SES-03: a wider circle is used when data is thin, and trusted less."""
    levels = [one for one in Level if one != Level.USUAL]
    found = told({one: curve(evenly(size)) for one, size in zip(levels, sizes, strict=True) if size})
    assert found is not None
    assert (found.level, found.confidence) == (level, confidence)


def test_nothing_is_told_from_too_few() -> None:
    assert told({}) is None
    assert told({Level.POST_AND_GOODS: curve(evenly(19)), Level.ALL: curve(evenly(19))}) is None


def test_ses_03_when_few_took_as_long_here_a_wider_circle_is_asked() -> None:
    """SES-03: the time already spent changes which cases can tell."""
    known = {Level.POST_AND_GOODS: curve(evenly(100)), Level.ALL: curve(evenly(400, last=200))}
    here, elsewhere = told(known, minutes(50)), told(known, minutes(95))
    assert here is not None
    assert here.level == Level.POST_AND_GOODS
    assert elsewhere is not None
    assert (elsewhere.level, elsewhere.confidence) == (Level.ALL, Confidence.LOW)
    assert elsewhere.cases == 210
    alone = told({Level.POST_AND_GOODS: curve(evenly(100))}, minutes(95))
    assert alone is not None
    assert (alone.cases, alone.confidence, alone.unusual) == (5, Confidence.LOW, True)
    assert (alone.median_left is None, alone.p90_left) == (False, None)


def test_ses_03_longer_than_all_that_is_known_is_said_and_not_guessed() -> None:
    """SES-03: no time is invented for what never took so long."""
    for elapsed in (minutes(98), minutes(100), timedelta(days=400)):
        found = told({Level.POST_AND_GOODS: curve(evenly(100))}, elapsed)
        assert found == Expectation(None, None, Confidence.LOW, Level.POST_AND_GOODS, cases=100, unusual=True)


def test_ses_03_at_least_when_too_many_like_it_go_on() -> None:
    """SES-03: files that are stuck do not disappear from what is told."""
    some = told({Level.POST_AND_GOODS: curve(evenly(80), going_on=[100] * 20)})
    assert some is not None
    assert (some.at_least, some.p90_at_least) == (False, True)
    many = told({Level.POST_AND_GOODS: curve(evenly(40), going_on=[100] * 60)})
    assert many is not None
    assert (many.at_least, many.median_left) == (True, minutes(100))


def test_a_clock_set_back_counts_as_no_time() -> None:
    known = {Level.POST_AND_GOODS: curve(evenly(200))}
    assert told(known, minutes(-5)) == told(known)


def test_what_was_started_is_compared_with_what_was_started() -> None:
    started = Case("FRLEH1", "CHEDPP", StepKind.DOCUMENTARY, started=True)
    assert not {key for _, key in started.circles()} & set(CIRCLES.values())
    assert expect({CASE.key: curve(evenly(200))}, started, NOTHING) is None


def test_ses_03_without_any_case_the_default_says_that_it_is_one() -> None:
    """SES-03"""
    found = usual(after(1), StepKind.DOCUMENTARY, NOW)
    assert found == Expectation(minutes(60), None, Confidence.DEFAULT, Level.USUAL)
    assert not found.learnt
    late = usual(NOW, StepKind.DOCUMENTARY, NOW)
    assert late is not None
    assert (late.median_left, late.unusual) == (None, True)
    assert usual(None, StepKind.DOCUMENTARY, NOW) is None
    assert usual(after(1), StepKind.ARRIVAL, NOW) is None
