"""When the turn of each step came and when it ended, from where the steps stand. Pure: no I/O (SES-03).

The turn of a step comes with the last end among the steps before it. Like the steps, the result does not depend on
the order in which the facts were learnt.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.border.passage.fold import StepNow
from models.border.passage.vocabulary import StepKind, StepStatus

ORDER = tuple(kind for kind in StepKind if kind != StepKind.DEPARTURE)
"""Nobody waits for a departure at the portal: the goods are free by then."""
_BEFORE: Mapping[str, tuple[StepKind, ...]] = {kind: ORDER[:rank] for rank, kind in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Span:
    """How long a step took, or has taken so far: the columns of StepDuration."""

    began_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    done: bool = False


def spans(steps: Mapping[str, StepNow], current: str | None) -> dict[str, Span]:
    """The spans that can be told of a consignment that stands at `current`; None once it stands nowhere.

    A step that ended ahead of its turn (a declaration before the goods arrive) tells nothing of how long others
    will wait, nor does one that was not needed. One that was started, and left without an end when the consignment
    went on, was seen until then.
    """
    spans_by_step: dict[str, Span] = {}
    turn = last = None
    for kind in ORDER:
        step = steps.get(kind)
        if step is None and kind != current:
            continue
        step = step or StepNow()
        if step.status == StepStatus.STARTED and kind != current:
            last = last or max(_ends(steps, StepKind), default=None)
        span = _span(step, turn, here=kind == current, last=last)
        if span and (span.ended_at is None or span.ended_at >= span.began_at):
            spans_by_step[kind] = span
        if step.ended and step.ended_at:
            turn = max(turn, step.ended_at) if turn else step.ended_at
    return spans_by_step


def span_here(steps: Mapping[str, StepNow], current: str) -> Span | None:
    """That of the current step alone, while it goes on: the same as spans() tells, for much less."""
    step = steps.get(current, StepNow())
    if step.ended or current not in _BEFORE:
        return None
    return _span(step, max(_ends(steps, _BEFORE[current]), default=None), here=True, last=None)


def _span(step: StepNow, turn: datetime | None, *, here: bool, last: datetime | None) -> Span | None:
    began = turn or step.started_at
    if began is None or step.status in (StepStatus.NOT_NEEDED, StepStatus.CANCELLED):
        return None
    started = max(began, step.started_at) if step.started_at else None
    if step.ended:
        return Span(began, started, step.ended_at, done=True) if step.ended_at else None
    if here:
        return Span(began, started)
    left = step.status == StepStatus.STARTED and started and last and last > started
    return Span(began, started, last) if left else None


def _ends(steps: Mapping[str, StepNow], kinds: Iterable[str]) -> Iterator[datetime]:
    for kind in kinds:
        step = steps.get(kind)
        if step and step.ended_at and step.ended:
            yield step.ended_at
