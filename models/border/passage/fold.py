"""A step is the fold of what was said of it. Pure: no I/O.

Facts count in the order in which they happened, not in which we learnt of them: a late message takes its place
in the history, and the result is the same as if it had come in time (SES-02).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.border.passage.vocabulary import StepStatus

RANK: Mapping[str, int] = {
    StepStatus.AWAITED: -1,
    StepStatus.PLANNED: 0,
    StepStatus.STARTED: 1,
    StepStatus.NOT_NEEDED: 2,
    StepStatus.SATISFACTORY: 2,
    StepStatus.UNSATISFACTORY: 2,
    StepStatus.DONE: 2,
    StepStatus.CANCELLED: 2,
}
"""A step only climbs: planned, started, ended. Of two ends, the one that happened last holds."""

IMPLIED = "implied"
"""The reason of what follows from another step: customs controls no declaration that it has not accepted. When it
happened is not known, and it does not move what was said."""

SKEW = timedelta(minutes=15)
"""How far the clocks of those who tell us what happened may be ahead of ours."""
HORIZON = timedelta(days=366)
"""How far ahead a step may be planned: nobody announces goods earlier."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of one step; `at` is when it happened, or will for a planned one."""

    status: str
    at: datetime
    authority: str = ""
    result: str = ""
    reason: str = ""
    detail: str = ""
    said_at: datetime | None = None
    """When a plan was made, where that is known: of two plans the newer holds, even if it is for sooner.
    A plan for the very moment at which it was made has no date yet."""
    measure: str = ""
    """For a refusal: what must be done with the goods."""
    due_on: date | None = None
    """Until when that measure must have been carried out."""

    def order(self) -> tuple[datetime, int, datetime, bool, tuple[str, ...]]:
        """Sorts facts by when they happened; complete, so that the order of arrival never decides."""
        return (
            self.said_at or self.at,
            RANK[self.status],
            self.at,
            self.said_at is None,
            (
                self.status,
                self.result,
                self.reason,
                self.detail,
                self.authority,
                self.measure,
                str(self.due_on),
            ),
        )


@dataclass(frozen=True, slots=True)
class StepNow:
    """Where one step stands."""

    status: str = StepStatus.AWAITED
    planned_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    authority: str = ""
    result: str = ""
    reason: str = ""
    detail: str = ""
    measure: str = ""
    due_on: date | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected of it, well or badly."""
        return RANK[self.status] == 2 and self.status != StepStatus.CANCELLED


def is_ahead(status: str, at: datetime, known_at: datetime) -> bool:
    """Whether what was known at `known_at` cannot be true: done later than that, or planned beyond the horizon.

    Facts count in the order in which they happened: one dated in 2099 would hide all that happens until then.
    """
    return at - known_at > (HORIZON if status == StepStatus.PLANNED else SKEW)


def fold(facts: Iterable[Fact]) -> StepNow:
    """Where a step stands after `facts`, given in any order (SES-02).

    A step never goes backwards: a plan does not undo a start, a start does not undo a result. Only a
    cancellation lets a step begin anew, by what happened after it.
    """
    now = StepNow()
    planned: datetime | None = None
    for fact in sorted(facts, key=Fact.order):
        if fact.status == StepStatus.PLANNED:
            planned = fact.at if fact.at != fact.said_at else None
        if RANK[fact.status] < RANK[now.status] and not _reopens(now, fact):
            continue
        if fact.reason == IMPLIED and fact.status == now.status:
            continue
        now = _next(now, fact, planned)
    return replace(now, planned_at=planned)


def _reopens(now: StepNow, fact: Fact) -> bool:
    """Whether a step that was cancelled goes on: only a start proves it.

    A plan does not. It is dated when the step is to happen, and partners' events do not tell when it was made:
    one that was made before the cancellation, and has become void with it, is dated after it all the same.
    Taking it for a new one would show as planned what will not happen; waiting for the start only tells later
    what will. Neither SES-02 nor regulation (EU) 2017/625 says more; customs cancel what nobody plans.
    """
    return now.status == StepStatus.CANCELLED and fact.status == StepStatus.STARTED


def _next(now: StepNow, fact: Fact, planned: datetime | None) -> StepNow:
    afresh = StepStatus.CANCELLED == now.status != fact.status
    dated = fact.reason != IMPLIED
    starts = fact.status == StepStatus.STARTED and dated
    began = None if afresh else now.started_at
    return StepNow(
        status=fact.status,
        planned_at=planned,
        started_at=(began or fact.at) if starts else began,
        ended_at=fact.at if RANK[fact.status] == 2 and dated else None,
        authority=fact.authority or now.authority,
        result=fact.result,
        reason=fact.reason,
        detail=fact.detail,
        measure=fact.measure,
        due_on=fact.due_on,
    )
