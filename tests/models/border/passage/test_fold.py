"""SES-02: a step is the fold of its facts, whatever the order in which they came."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.border.passage.fold import RANK, Fact, StepNow, fold
from models.border.passage.vocabulary import StepStatus as S
from tests.factories import NOW, after

_AT = st.integers(0, 6).map(after)
_WORDS = st.sampled_from(["", "a", "b"])
_SAID = [status for status in S if status is not S.AWAITED]
facts = st.builds(Fact, st.sampled_from(_SAID), _AT, _WORDS, _WORDS, _WORDS, _WORDS, said_at=st.none() | _AT)


def _told_at(fact: Fact) -> datetime:
    return fact.said_at or fact.at


def _fold(*told: tuple[S, int]) -> StepNow:
    every = [fold(Fact(status, after(hour)) for status, hour in order) for order in permutations(told)]
    assert every.count(every[0]) == len(every)
    return every[0]


def test_every_status_has_a_rank() -> None:
    assert set(RANK) == set(S)


def test_ses_02_two_facts_never_tie() -> None:
    """SES-02: each field counts in the order; without one, the order of arrival would decide."""
    fact = Fact(S.PLANNED, after(1), said_at=after(1))
    others: dict[str, Any] = {"status": S.STARTED, "at": after(2), "said_at": None}
    for name in Fact.__slots__:
        assert replace(fact, **{name: others.get(name, "other")}).order() != fact.order()


@settings(deadline=None)
@given(st.lists(facts, max_size=7).flatmap(lambda given: st.tuples(st.just(given), st.permutations(given))))
def test_ses_02_the_order_of_arrival_never_decides(orders: tuple[list[Fact], list[Fact]]) -> None:
    """SES-02: broken when Fact.order() leaves any field out."""
    first, second = orders
    assert fold(first) == fold(second)


@settings(deadline=None)
@given(st.lists(facts, max_size=7), facts)
def test_ses_02_what_happened_earlier_never_takes_a_step_back(known: list[Fact], late: Fact) -> None:
    """SES-02: a fact of lower rank, dated before the last one, changes no status."""
    now = fold(known)
    latest = max(map(_told_at, known), default=NOW)
    if _told_at(late) < latest and RANK[late.status] < RANK[now.status]:
        assert fold([*known, late]).status == now.status


@settings(deadline=None)
@given(st.lists(facts, max_size=7), facts)
def test_ses_02_a_plan_never_undoes_anything(known: list[Fact], plan: Fact) -> None:
    """SES-02: nor does a start undo a result, however late it is dated."""
    now = fold(known)
    again = Fact(S.PLANNED, after(9), plan.authority)
    assert RANK[fold([*known, again]).status] >= RANK[now.status]
    if now.ended:
        assert fold([*known, Fact(S.STARTED, after(9))]).status == now.status


@settings(deadline=None)
@given(st.lists(facts, max_size=7))
def test_ses_02_saying_it_twice_changes_nothing(known: list[Fact]) -> None:
    """SES-02"""
    assert fold([*known, *known]) == fold(known)


def test_ses_02_nothing_said_is_awaited() -> None:
    """SES-02"""
    assert fold([]) == StepNow()
    assert not StepNow().ended


def test_ses_02_cancelled_then_started_begins_anew() -> None:
    """SES-02: with the time of the new beginning, not of the first."""
    now = _fold((S.STARTED, 1), (S.CANCELLED, 2), (S.STARTED, 3))
    assert (now.status, now.started_at, now.ended_at) == (S.STARTED, after(3), None)
    assert _fold((S.STARTED, 1), (S.CANCELLED, 2), (S.PLANNED, 3)).status == S.CANCELLED
    assert _fold((S.STARTED, 1), (S.CANCELLED, 2)).ended is False
    assert _fold((S.STARTED, 1), (S.CANCELLED, 2), (S.DONE, 3)).started_at is None


@pytest.mark.parametrize("first", [S.SATISFACTORY, S.UNSATISFACTORY, S.DONE, S.NOT_NEEDED, S.CANCELLED])
def test_ses_02_of_two_ends_the_later_holds(first: S) -> None:
    """SES-02: a second opinion replaces the first, and a start in between was the first one's."""
    now = _fold((first, 1), (S.SATISFACTORY, 2))
    assert (now.status, now.ended_at) == (S.SATISFACTORY, after(2))
    assert _fold((S.UNSATISFACTORY, 2), (S.SATISFACTORY, 1)).status == S.UNSATISFACTORY


def test_ses_02_a_step_keeps_its_plan_its_start_and_its_end() -> None:
    """SES-02"""
    now = _fold((S.PLANNED, 1), (S.PLANNED, 2), (S.STARTED, 3), (S.STARTED, 4), (S.SATISFACTORY, 5))
    assert (now.planned_at, now.started_at, now.ended_at) == (after(2), after(3), after(5))


def test_ses_02_the_author_stays_when_a_later_fact_names_none() -> None:
    """SES-02"""
    told = [Fact(S.STARTED, after(1), "sivep", detail="FULL"), Fact(S.DONE, after(2))]
    assert (fold(told).authority, fold(told).detail) == ("sivep", "")


def test_ses_02_of_two_plans_the_newer_holds() -> None:
    """SES-02: even if it is for sooner; a plan for the moment at which it was made has no date."""
    first = Fact(S.PLANNED, after(9), said_at=after(1))
    moved = Fact(S.PLANNED, after(5), said_at=after(2))
    dropped = Fact(S.PLANNED, after(3), said_at=after(3))
    assert fold([moved, first]).planned_at == after(5)
    assert fold([dropped, moved, first]).planned_at is None
    assert fold([dropped]).status == S.PLANNED


def test_ses_02_a_step_cancelled_twice_keeps_its_start() -> None:
    """SES-02"""
    assert _fold((S.STARTED, 1), (S.CANCELLED, 2), (S.CANCELLED, 3)).started_at == after(1)
