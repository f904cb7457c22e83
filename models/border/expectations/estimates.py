"""What to expect of the consignments of a page, in one query however many they are (SES-03)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from models.border.consignments.summary import Summary
from models.border.expectations.rules import Case, Expectation, expect, usual
from models.border.expectations.spans import span_here
from models.border.expectations.survival import Curve
from models.border.passage.fold import StepNow
from models.border.passage.vocabulary import ConsignmentState, StepStatus

_OVER = (ConsignmentState.RELEASED, ConsignmentState.CANCELLED)

Standing = tuple[Summary, Mapping[str, StepNow]]
"""A consignment and where its steps stand."""


def curve_keys(listed: Iterable[Summary]) -> list[str]:
    """The keys of the curves that tell of these, whether their step was started or not."""
    kinds = {
        (summary.post_code, summary.ched_type, summary.step)
        for summary in listed
        if summary.state not in _OVER
    }
    cases = [Case(*kind, started) for kind in kinds for started in (False, True)]
    return sorted({key for case in cases for _, key in case.circles()})


def told(curves: Mapping[str, Curve], standing: Iterable[Standing], now: datetime) -> dict[int, Expectation]:
    """What to expect of the current step of each of these, by consignment; one of which nothing is known is not there.

    Pure: `curves` are those of curve_keys().
    """
    estimates = {}
    for summary, steps in standing:
        if summary.state in _OVER:
            continue
        case, elapsed, wait = _asked(summary, steps, now)
        learnt = expect(curves, case, elapsed) if case else None
        expectation = _later(learnt, wait) if learnt else usual(summary.expected_at, summary.step, now)
        if expectation:
            estimates[summary.id] = expectation
    return estimates


def _asked(
    summary: Summary, steps: Mapping[str, StepNow], now: datetime
) -> tuple[Case | None, timedelta, timedelta]:
    """With which cases it is compared, how long it has taken, and how long it waits before that counts.

    What is planned for later counts from its plan, as work that begins then. What was left undone by a step that
    ended is nobody's step any more.
    """
    step = steps.get(summary.step, StepNow())
    none = timedelta()
    if step.status == StepStatus.PLANNED and step.planned_at and step.planned_at > now:
        return _case(summary, started=True), none, step.planned_at - now
    span = span_here(steps, summary.step)
    if span is None:
        return None, none, none
    return _case(summary, started=span.started_at is not None), now - (span.started_at or span.began_at), none


def _case(summary: Summary, *, started: bool) -> Case:
    return Case(summary.post_code, summary.ched_type, summary.step, started)


def _later(expectation: Expectation, wait: timedelta) -> Expectation:
    if not wait:
        return expectation
    median, high = expectation.median_left, expectation.p90_left
    return replace(expectation, median_left=median and median + wait, p90_left=high and high + wait)
