"""Where a consignment stands, who acts next and what they must do. Pure functions and data, no I/O.

The answer is the first line of SITUATIONS that holds (SES-01, SES-02).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from models.border.passage.fold import StepNow
from models.border.passage.steps import CHECKS, ON_GOODS, USUAL_DURATION
from models.border.passage.vocabulary import ConsignmentState, ReleaseReason, StepKind, StepStatus
from models.kernel.authorities import Authority


class Action(StrEnum):
    """What somebody must do next. Its French stands in words.py."""

    COMPLETE_NOTIFICATION = "complete_notification"
    ANNOUNCE_ARRIVAL = "announce_arrival"
    CHECK_DOCUMENTS = "check_documents"
    PRESENT_FOR_IDENTITY = "present_for_identity"
    CHECK_IDENTITY = "check_identity"
    PRESENT_FOR_PHYSICAL = "present_for_physical"
    CHECK_PHYSICALLY = "check_physically"
    RETURN_RESULT = "return_result"
    DECIDE = "decide"
    DECIDE_AFTER_FAILURE = "decide_after_failure"
    CARRY_OUT_MEASURE = "carry_out_measure"
    FILE_DECLARATION = "file_declaration"
    CORRECT_DECLARATION = "correct_declaration"
    ACCEPT_DECLARATION = "accept_declaration"
    PROVIDE_DOCUMENTS = "provide_documents"
    PAY_DUTIES = "pay_duties"
    FUND_ACCOUNT = "fund_account"
    CONTROL_GOODS = "control_goods"
    GRANT_RELEASE = "grant_release"
    COLLECT = "collect"
    NOTHING = "nothing"


DRAFT = "47"
ENDED_STATUSES = frozenset({"44", "55", "64"})
"""CHED replaced, deleted, cancelled (UNCL 1373)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """All that decides where a consignment stands."""

    ched_status: str
    steps: Mapping[str, StepNow] = field(default_factory=dict)

    def step(self, kind: StepKind) -> StepNow:
        """Where `kind` stands; awaited when nothing was said of it."""
        return self.steps.get(kind, StepNow())

    def status(self, kind: StepKind) -> str:
        """Status of the step `kind`."""
        return self.step(kind).status

    def failed_check(self) -> StepKind | None:
        """The last check that went badly, if one did."""
        bad = [kind for kind in CHECKS if self.status(kind) == StepStatus.UNSATISFACTORY]
        return bad[-1] if bad else None

    def ended(self, kind: StepKind) -> bool:
        """Whether nothing more is expected of the step `kind`."""
        return self.step(kind).ended


@dataclass(frozen=True, slots=True)
class Situation:
    """Where it stands, who must act next, what they must do."""

    state: ConsignmentState
    step: StepKind
    actor: Authority | None
    action: Action


When = Callable[[Passage], bool]
K, S, A, V = StepKind, StepStatus, Authority, ConsignmentState


def _is(kind: StepKind, *statuses: StepStatus) -> When:
    return lambda p: p.status(kind) in statuses


def _not_ended(kind: StepKind) -> When:
    return lambda p: not p.ended(kind)


def _before_decision(kind: StepKind, *statuses: StepStatus) -> When:
    # Once the decision is taken, a check that was never closed holds nobody up.
    return lambda p: p.status(kind) in statuses and not p.ended(K.DECISION)


def _not_arrived(passage: Passage) -> bool:
    """Nothing told of the arrival, and nothing was done that needs the goods to be there."""
    seen = any(passage.ended(kind) or passage.status(kind) == S.STARTED for kind in ON_GOODS)
    return not seen and not passage.ended(K.ARRIVAL) and not passage.ended(K.DECISION)


def _release_waits_for(reason: ReleaseReason) -> When:
    return lambda p: p.status(K.RELEASE) == S.STARTED and p.step(K.RELEASE).reason == reason


SITUATIONS: tuple[tuple[When, Situation], ...] = (
    (lambda p: p.ched_status in ENDED_STATUSES, Situation(V.CANCELLED, K.NOTIFICATION, None, Action.NOTHING)),
    (
        lambda p: p.ended(K.DEPARTURE) and p.status(K.DECISION) == S.UNSATISFACTORY,
        Situation(V.CANCELLED, K.DEPARTURE, None, Action.NOTHING),
    ),
    (_is(K.DEPARTURE, S.DONE, S.SATISFACTORY), Situation(V.RELEASED, K.DEPARTURE, None, Action.NOTHING)),
    (
        _is(K.DECISION, S.UNSATISFACTORY),
        Situation(V.BLOCKED, K.DECISION, A.OPERATOR, Action.CARRY_OUT_MEASURE),
    ),
    (_is(K.RELEASE, S.DONE, S.SATISFACTORY), Situation(V.RELEASED, K.RELEASE, None, Action.COLLECT)),
    (
        _is(K.DECLARATION, S.UNSATISFACTORY),
        Situation(V.ACTION_REQUIRED, K.DECLARATION, A.OPERATOR, Action.CORRECT_DECLARATION),
    ),
    (
        _release_waits_for(ReleaseReason.DOCUMENTS),
        Situation(V.ACTION_REQUIRED, K.RELEASE, A.OPERATOR, Action.PROVIDE_DOCUMENTS),
    ),
    (
        lambda p: p.ched_status == DRAFT,
        Situation(V.ACTION_REQUIRED, K.NOTIFICATION, A.OPERATOR, Action.COMPLETE_NOTIFICATION),
    ),
    (
        lambda p: p.failed_check() is not None and not p.ended(K.DECISION),
        Situation(V.BLOCKED, K.DECISION, A.SIVEP, Action.DECIDE_AFTER_FAILURE),
    ),
    (
        _not_arrived,
        Situation(V.WAITING, K.ARRIVAL, A.CARRIER, Action.ANNOUNCE_ARRIVAL),
    ),
    (
        _before_decision(K.PHYSICAL, S.STARTED),
        Situation(V.IN_PROGRESS, K.PHYSICAL, A.SIVEP, Action.CHECK_PHYSICALLY),
    ),
    (
        _before_decision(K.IDENTITY, S.STARTED),
        Situation(V.IN_PROGRESS, K.IDENTITY, A.SIVEP, Action.CHECK_IDENTITY),
    ),
    (
        lambda p: not p.ended(K.DOCUMENTARY) and not p.ended(K.DECISION),
        Situation(V.IN_PROGRESS, K.DOCUMENTARY, A.SIVEP, Action.CHECK_DOCUMENTS),
    ),
    (
        _before_decision(K.IDENTITY, S.PLANNED),
        Situation(V.ACTION_REQUIRED, K.IDENTITY, A.OPERATOR, Action.PRESENT_FOR_IDENTITY),
    ),
    (
        _before_decision(K.PHYSICAL, S.PLANNED),
        Situation(V.ACTION_REQUIRED, K.PHYSICAL, A.OPERATOR, Action.PRESENT_FOR_PHYSICAL),
    ),
    (
        _before_decision(K.LABORATORY, S.PLANNED, S.STARTED),
        Situation(V.WAITING, K.LABORATORY, A.LABORATORY, Action.RETURN_RESULT),
    ),
    (_not_ended(K.DECISION), Situation(V.IN_PROGRESS, K.DECISION, A.SIVEP, Action.DECIDE)),
    (
        _is(K.DECLARATION, S.STARTED),
        Situation(V.IN_PROGRESS, K.DECLARATION, A.CUSTOMS, Action.ACCEPT_DECLARATION),
    ),
    (
        _not_ended(K.DECLARATION),
        Situation(V.ACTION_REQUIRED, K.DECLARATION, A.OPERATOR, Action.FILE_DECLARATION),
    ),
    (
        _release_waits_for(ReleaseReason.PAYMENT),
        Situation(V.ACTION_REQUIRED, K.RELEASE, A.OPERATOR, Action.PAY_DUTIES),
    ),
    (
        _release_waits_for(ReleaseReason.BALANCE),
        Situation(V.ACTION_REQUIRED, K.RELEASE, A.OPERATOR, Action.FUND_ACCOUNT),
    ),
    (
        _release_waits_for(ReleaseReason.CONTROL),
        Situation(V.IN_PROGRESS, K.RELEASE, A.CUSTOMS, Action.CONTROL_GOODS),
    ),
    (lambda _: True, Situation(V.IN_PROGRESS, K.RELEASE, A.CUSTOMS, Action.GRANT_RELEASE)),
)
"""Read from the top: the first line whose condition holds says where the consignment stands."""


def situation(passage: Passage) -> Situation:
    """Where the consignment stands, who must act next and what they must do (SES-01, SES-02)."""
    return next(situation_row for holds, situation_row in SITUATIONS if holds(passage))


URGENCY: Mapping[ConsignmentState, int] = {
    V.BLOCKED: 0,
    V.ACTION_REQUIRED: 1,
    V.IN_PROGRESS: 2,
    V.WAITING: 3,
    V.RELEASED: 4,
    V.CANCELLED: 5,
}


def expected_end(passage: Passage, now: Situation) -> datetime | None:
    """When the current step should end: its plan, else how long it usually takes; None when unknowable."""
    step = passage.step(now.step)
    usual = USUAL_DURATION.get(now.step, timedelta())
    if step.planned_at and step.status == StepStatus.PLANNED:
        return step.planned_at + usual
    if now.actor in (None, Authority.OPERATOR) or not usual:
        return step.planned_at
    ends = [other.ended_at for other in passage.steps.values() if other.ended_at]
    began = step.started_at or max(ends, default=None)
    return began + usual if began else None
