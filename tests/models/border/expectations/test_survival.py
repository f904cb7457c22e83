"""SES-03: the survival curve, against its definition worked out by brute force."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.border.expectations.survival import MARGIN, Curve, Left, Seen, fit, unpacked

_TIMES = st.integers(0, 12)  # few values: ties everywhere
_CASES = st.lists(st.builds(Seen, _TIMES, st.booleans(), _TIMES | st.just(0)), max_size=40)
_SHARES = st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9])


def _counts(case: Seen) -> bool:
    """Whether anything of it was seen."""
    return case.until > case.entry or case.until == case.entry == 0


def by_definition(cases: Sequence[Seen], time: int) -> Fraction:
    """The product, over the times of an end, of the share of those at risk that did not end then."""
    share = Fraction(1)
    seen = [case for case in cases if _counts(case)]
    for end in sorted({case.until for case in seen if case.ended and case.until <= time}):
        risk = [case for case in seen if case.until >= end and (case.entry < end or case.entry == 0)]
        ends = sum(case.ended and case.until == end for case in risk)
        share *= 1 - Fraction(ends, len(risk))
    return share


@given(_CASES)
def test_ses_03_the_curve_is_the_product_of_kaplan_and_meier(cases: list[Seen]) -> None:
    """SES-03: with ties, with cases that go on, with cases that entered late."""
    curve = fit(cases)
    for time in range(14):
        assert curve.share(time) == pytest.approx(float(by_definition(cases, time)))
        later = sum(case.ended and case.until > time for case in cases if _counts(case))
        assert curve.beyond(time) == later


@given(_CASES)
def test_a_curve_only_falls(cases: list[Seen]) -> None:
    curve = fit(cases)
    assert list(curve.times) == sorted(set(curve.times))
    assert all(0 <= share <= 1 for share in curve.shares)
    assert list(curve.shares) == sorted(curve.shares, reverse=True)


@given(_CASES, st.integers(1, 12))
def test_it_stops_where_too_little_is_left_of_the_cases(cases: list[Seen], least: int) -> None:
    """As far as it goes, it is the whole curve."""
    whole, cut = fit(cases), fit(cases, least=least)
    assert whole.times[: len(cut.times)] == cut.times
    assert whole.shares[: len(cut.shares)] == cut.shares
    assert cut.cases == whole.cases - (whole.beyond(cut.times[-1]) if cut.times else whole.cases)
    if len(cut.times) < len(whole.times):
        end = whole.times[len(cut.times)]
        risk = [case for case in cases if case.until >= end and (case.entry < end or case.entry == 0)]
        assert len([case for case in risk if _counts(case)]) < least * by_definition(cases, end - 1) + 1e-6


@given(st.lists(_TIMES, min_size=3))
def test_without_open_cases_it_never_stops(times: list[int]) -> None:
    cases = [Seen(time, ended=True) for time in times]
    assert fit(cases, least=len(cases)) == fit(cases)


@given(st.lists(_TIMES, min_size=1, max_size=40), _TIMES, _SHARES)
def test_without_open_cases_it_is_the_plain_centile_of_those_that_took_as_long(
    times: list[int], elapsed: int, centile: float
) -> None:
    left = fit(Seen(time, ended=True) for time in times).left(elapsed, centile)
    longer = sorted(time for time in times if time > elapsed)
    if not longer:
        assert left is None
        return
    enough = next(time for time in longer if sum(t <= time for t in longer) >= centile * len(longer) - 1e-6)
    assert left == Left(enough - elapsed)


@given(_CASES, _TIMES, _SHARES)
def test_what_is_left_is_where_the_curve_falls_to_that_share_of_what_goes_on(
    cases: list[Seen], elapsed: int, centile: float
) -> None:
    left = fit(cases).left(elapsed, centile)
    still = by_definition(cases, elapsed)
    level = float(still) * (1 - centile) + 1e-6
    later = [case.until for case in cases if case.ended and _counts(case) and case.until > elapsed]
    if not still or not later:
        assert left is None
        return
    assert left is not None
    assert left.seconds > 0
    end = elapsed + left.seconds
    if left.at_least:
        assert end == max(later)
        assert by_definition(cases, end) > level * MARGIN - 2e-6
    else:
        assert by_definition(cases, end) <= level
        assert by_definition(cases, max(later)) <= level * MARGIN
        assert by_definition(cases, end - 1) > level - 2e-6


@given(_CASES, _TIMES)
def test_a_case_that_still_goes_on_never_shortens_what_is_told(cases: list[Seen], until: int) -> None:
    """What is stuck is not forgotten: one more that goes on can only raise the curve."""
    before, with_it = fit(cases), fit([*cases, Seen(until, ended=False)])
    assert all(with_it.share(time) >= before.share(time) - 1e-12 for time in range(14))


@given(_CASES)
def test_a_curve_is_kept_and_read_again(cases: list[Seen]) -> None:
    """Points are dropped where it hardly falls: never further than three in a hundred from the whole."""
    curve = fit(cases)
    kept = unpacked(curve.packed(), curve.cases)
    assert kept.cases == curve.cases
    for time in range(14):
        assert curve.share(time) - 1e-6 <= kept.share(time) <= curve.share(time) / 0.97 + 1e-6
        assert kept.beyond(time) >= curve.beyond(time)


def test_few_points_are_kept_of_many_cases() -> None:
    curve = fit(Seen(time, ended=True) for time in range(1, 5001))
    assert len(curve.times) == 5000
    assert len(unpacked(curve.packed(), curve.cases).times) < 250


@pytest.mark.parametrize(
    ("cases", "elapsed", "left"),
    [
        ([], 0, None),
        ([Seen(5, ended=False)] * 9, 0, None),
        ([Seen(5, ended=True)], 0, Left(5)),
        ([Seen(5, ended=True)], 5, None),
        ([Seen(5, ended=True)] * 4 + [Seen(7, ended=False)] * 6, 0, Left(5, at_least=True)),
        ([Seen(0, ended=True)] * 9 + [Seen(8, ended=True)], 0, Left(8)),
        ([Seen(9, ended=True, entry=4), Seen(4, ended=True, entry=4)], 0, Left(9)),
    ],
    ids=[
        "no case",
        "none ended",
        "one",
        "longer than all",
        "too many go on",
        "ended at once",
        "seen from later on",
    ],
)
def test_the_edges(cases: list[Seen], elapsed: int, left: Left | None) -> None:
    assert fit(cases).left(elapsed, 0.5) == left


def test_an_empty_curve_is_kept_too() -> None:
    assert unpacked(Curve().packed(), 0) == Curve()
