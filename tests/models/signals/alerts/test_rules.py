"""When an alert opens, changes and closes: pure rules (SES-20, SES-21)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel.subject import Subject
from models.signals.alerts.rules import (
    Age,
    Count,
    Found,
    Key,
    Measured,
    Open,
    Quantity,
    Threshold,
    evaluate,
    shortest,
)

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
HAVRE, ROISSY = "FRLEH1", "FRCDG4"
QUEUE = Threshold(1, Quantity.QUEUE_LENGTH, step="documentary", opens_at=8, closes_at=5)
SLOW = Threshold(2, Quantity.STEP_AGE, step="documentary", opens_at=120, closes_at=105)


def queue(number: int, post: str = HAVRE, ched_type: str = "CHEDP", step: str = "documentary") -> Measured:
    """So many consignments before the officers."""
    return Measured(counts=[Count(Quantity.QUEUE_LENGTH, post, ched_type, step, number)])


def aged(minutes: float, ched_type: str = "CHEDP") -> Measured:
    """One consignment that has waited so long."""
    since = NOW - timedelta(minutes=minutes)
    return Measured(
        ages=[Age(Quantity.STEP_AGE, Subject.of("consignment", 7), HAVRE, ched_type, "documentary", since)]
    )


def opened(found: Found, key: Key) -> dict[Key, Open]:
    """The alert of that key, as it stands once it was opened."""
    return {key: Open(1, found.threshold.id, found.value, found.threshold.opens_at)}


@pytest.mark.parametrize(("minutes", "opens"), [(119, False), (119.9, False), (120, True), (500, True)])
def test_an_age_opens_at_its_threshold_and_not_before(minutes: float, opens: bool) -> None:
    """SES-20: and the alert says when the threshold was crossed, not when it was noticed."""
    plan = evaluate([SLOW], aged(minutes), {}, NOW)
    assert bool(plan.opened) is opens
    for found in plan.opened.values():
        assert found.crossed_at == NOW - timedelta(minutes=minutes - 120)


def test_a_queue_closes_below_where_it_opened() -> None:
    """SES-21, hysteresis: 8 opens; 7 and 6 neither open nor close; 5 closes."""
    (key, found), *_ = evaluate([QUEUE], queue(8), {}, NOW).opened.items()
    before = opened(found, key)
    assert not evaluate([QUEUE], queue(7), {}, NOW)
    for number in (7, 6):
        plan = evaluate([QUEUE], queue(number), before, NOW)
        assert (plan.opened, list(plan.updated), plan.closed) == ({}, [key], [])
    assert evaluate([QUEUE], queue(5), before, NOW).closed == [key]


@given(st.lists(st.integers(0, 12), max_size=60))
def test_a_queue_never_flaps(numbers: list[int]) -> None:
    """SES-21: between two openings the queue was down to where it closes, whatever it did."""
    before: dict[Key, Open] = {}
    low = True
    for number in numbers:
        plan = evaluate([QUEUE], queue(number), before, NOW)
        assert len(plan.opened) + len(plan.updated) + len(plan.closed) <= 1
        low = low or number <= QUEUE.closes_at
        for key, found in plan.opened.items():
            assert low
            assert number >= QUEUE.opens_at
            low, before = False, opened(found, key)
        for key, found in plan.updated.items():
            before = opened(found, key)
        if plan.closed:
            before = {}


def test_asked_again_nothing_is_to_be_done() -> None:
    """SES-21: an alert that is open is not repeated, and an age that grows is not told at each minute."""
    for threshold, measured in ((QUEUE, queue(9)), (SLOW, aged(130))):
        (key, found), *_ = evaluate([threshold], measured, {}, NOW).opened.items()
        assert not evaluate([threshold], measured, opened(found, key), NOW)
    (key, found), *_ = evaluate([SLOW], aged(130), {}, NOW).opened.items()
    assert not evaluate([SLOW], aged(131), opened(found, key), NOW)


def test_what_is_gone_closes() -> None:
    """SES-21: the step ended, the queue emptied, or nobody wants to know any more."""
    (key, found), *_ = evaluate([SLOW], aged(130), {}, NOW).opened.items()
    assert evaluate([SLOW], Measured(), opened(found, key), NOW).closed == [key]
    assert evaluate([], aged(130), opened(found, key), NOW).closed == [key]


def test_posts_are_counted_apart_and_kinds_of_goods_together() -> None:
    """SES-20: a threshold for every post is held against each post by itself."""
    counts = [*queue(5).counts, *queue(4, ched_type="CHEDPP").counts, *queue(7, ROISSY).counts]
    plan = evaluate([QUEUE], Measured(counts=counts), {}, NOW)
    assert {key.post_code: found.value for key, found in plan.opened.items()} == {HAVRE: 9}
    plants = Threshold(3, Quantity.QUEUE_LENGTH, ched_type="CHEDPP", opens_at=4, closes_at=1)
    plan = evaluate([plants], Measured(counts=counts), {}, NOW)
    assert {(key.ched_type, found.value) for key, found in plan.opened.items()} == {("CHEDPP", 4)}


def test_the_more_precise_threshold_holds_and_only_that_one() -> None:
    """SES-20, SES-21: post before goods, goods before step; never two alerts for one thing."""
    animals = Threshold(3, Quantity.STEP_AGE, ched_type="CHEDA", opens_at=60, closes_at=50)
    havre = Threshold(4, Quantity.STEP_AGE, post_code=HAVRE, opens_at=200, closes_at=190)
    assert not evaluate([SLOW], aged(70, "CHEDA"), {}, NOW)
    assert len(evaluate([SLOW, animals], aged(130, "CHEDA"), {}, NOW).opened) == 1
    assert evaluate([SLOW, animals], aged(70, "CHEDA"), {}, NOW).opened
    assert not evaluate([SLOW, animals, havre], aged(130, "CHEDA"), {}, NOW)
    quiet = Threshold(5, Quantity.QUEUE_LENGTH, post_code=HAVRE, step="documentary", opens_at=20, closes_at=9)
    measured = Measured(counts=[*queue(9).counts, *queue(9, ROISSY).counts])
    assert {key.post_code for key in evaluate([QUEUE, quiet], measured, {}, NOW).opened} == {ROISSY}


def test_an_alert_goes_over_to_the_threshold_that_now_holds() -> None:
    """SES-21: a threshold set for the post alone updates the alert that is open; it opens no second one."""
    (key, found), *_ = evaluate([SLOW], aged(130), {}, NOW).opened.items()
    own = Threshold(9, Quantity.STEP_AGE, post_code=HAVRE, opens_at=90, closes_at=80)
    plan = evaluate([SLOW, own], aged(130), opened(found, key), NOW)
    assert (plan.opened, [one.threshold.id for one in plan.updated.values()], plan.closed) == ({}, [9], [])


def test_a_clock_set_back_opens_nothing() -> None:
    """What began in the future has not waited."""
    assert not evaluate([SLOW], aged(-30), {}, NOW)


def test_the_shortest_age_bounds_what_is_looked_at() -> None:
    """A threshold that is not active looks at nothing."""
    off = Threshold(3, Quantity.STEP_AGE, opens_at=1, active=False)
    assert shortest([SLOW, off], Quantity.STEP_AGE) == timedelta(minutes=120)
    assert shortest([off], Quantity.STEP_AGE) is None
