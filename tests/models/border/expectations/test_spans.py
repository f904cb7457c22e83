"""SES-03: when the turn of a step came, when it was started, when it ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.border.expectations.spans import Span, span_here, spans
from models.border.passage.fold import Fact, StepNow, fold
from models.border.passage.vocabulary import StepKind, StepStatus
from tests.factories import after

K, S = StepKind, StepStatus


def done(hours: float, started: float | None = None, status: StepStatus = S.DONE) -> StepNow:
    """A step that ended then."""
    began = None if started is None else after(started)
    return StepNow(status, started_at=began, ended_at=after(hours))


def started(hours: float) -> StepNow:
    """A step under way."""
    return StepNow(S.STARTED, started_at=after(hours))


def test_ses_03_the_turn_of_a_step_comes_with_the_end_of_the_steps_before() -> None:
    """SES-03: what was done ahead tells nothing, what goes on counts from its turn."""
    steps: dict[str, StepNow] = {
        K.NOTIFICATION: done(0),
        K.ARRIVAL: done(30),
        K.DOCUMENTARY: done(32, status=S.SATISFACTORY),
        K.IDENTITY: done(31, status=S.NOT_NEEDED),
        K.DECLARATION: done(20),
        K.DEPARTURE: done(60),
    }
    assert spans(steps, K.DECISION) == {
        K.ARRIVAL: Span(after(0), None, after(30), done=True),
        K.DOCUMENTARY: Span(after(30), None, after(32), done=True),
        K.DECISION: Span(after(32)),
    }
    assert K.DECISION not in spans(steps, None)


@pytest.mark.parametrize(
    ("step", "span"),
    [
        (started(3), Span(after(2), after(3))),
        (started(1), Span(after(2), after(2))),
        (StepNow(S.PLANNED, planned_at=after(9)), Span(after(2))),
        (done(5, 4), Span(after(2), after(4), after(5), done=True)),
        (done(5, 1), Span(after(2), after(2), after(5), done=True)),
        (done(2), Span(after(2), None, after(2), done=True)),
        (done(1), None),
        (done(5, status=S.NOT_NEEDED), None),
        (done(5, status=S.CANCELLED), None),
    ],
    ids=[
        "started",
        "started ahead of its turn",
        "planned",
        "done",
        "started ahead, done in its turn",
        "done at once",
        "done ahead of its turn",
        "not needed",
        "cancelled",
    ],
)
def test_ses_03_each_way_in_which_a_step_can_stand(step: StepNow, span: Span | None) -> None:
    """SES-03"""
    steps: dict[str, StepNow] = {K.ARRIVAL: done(2), K.DOCUMENTARY: step}
    found = spans(steps, K.DOCUMENTARY)
    assert found.get(K.DOCUMENTARY) == span


def test_a_check_left_without_an_end_was_seen_until_the_next_one() -> None:
    steps: dict[str, StepNow] = {K.ARRIVAL: done(2), K.LABORATORY: started(3), K.DECISION: done(7)}
    assert spans(steps, K.DECLARATION)[K.LABORATORY] == Span(after(2), after(3), after(7))
    planned: dict[str, StepNow] = {**steps, K.LABORATORY: StepNow(S.PLANNED, planned_at=after(4))}
    assert K.LABORATORY not in spans(planned, K.DECLARATION)


def test_a_draft_counts_from_its_start_since_nothing_comes_before() -> None:
    draft: dict[str, StepNow] = {K.NOTIFICATION: started(1)}
    assert spans(draft, K.NOTIFICATION) == {K.NOTIFICATION: Span(after(1), after(1))}
    assert spans({}, K.NOTIFICATION) == {}


_FACTS = st.lists(st.builds(Fact, st.sampled_from(StepStatus), st.integers(0, 6).map(after)), max_size=3)
_STEPS = st.dictionaries(st.sampled_from(StepKind), _FACTS.map(fold))


@given(_STEPS, st.sampled_from(StepKind) | st.none())
def test_times_follow_one_another_whatever_the_facts(
    steps: dict[str, StepNow], current: StepKind | None
) -> None:
    for step, span in spans(steps, current).items():
        times = [at for at in (span.began_at, span.started_at, span.ended_at) if at]
        assert times == sorted(times)
        assert not (span.done and span.ended_at is None)
        assert span.ended_at or step == current
    if current:
        here = spans(steps, current).get(current)
        assert span_here(steps, current) == (None if here and here.ended_at else here)
