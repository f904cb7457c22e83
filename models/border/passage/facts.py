"""From what a message says to facts about steps. Pure: no I/O (SES-02)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.border.passage.content import Check, Ched, CustomsResponse, StepEvent
from models.border.passage.customs_words import customs_detail
from models.border.passage.fold import IMPLIED, Fact
from models.border.passage.vocabulary import CheckResult, ReleaseReason, StepKind, StepStatus
from models.kernel.authorities import Authority

K, S = StepKind, StepStatus


@dataclass(frozen=True, slots=True)
class Said:
    """A fact, and the step that it is about."""

    step: StepKind
    fact: Fact


_RESULT_STATUS: Mapping[CheckResult, StepStatus] = {
    CheckResult.SATISFACTORY: S.SATISFACTORY,
    CheckResult.SATISFACTORY_AFTER_INTERVENTION: S.SATISFACTORY,
    CheckResult.NOT_SATISFACTORY: S.UNSATISFACTORY,
    CheckResult.NOT_DONE: S.NOT_NEEDED,
    CheckResult.DEROGATION: S.NOT_NEEDED,
}
CHED_RANK: Mapping[str, int] = {
    "47": 0,
    "1": 1,
    "42": 2,
    "35": 3,
    "41": 3,
    "70": 3,
    "97": 3,
    "99": 3,
    "122": 3,
    "124": 3,
    "146": 3,
    "44": 4,
    "55": 4,
    "64": 4,
}
"""How far a CHED status is in its life: a CHED that is less far than the one we have is late."""

_DECIDED_BY_STATUS: Mapping[str, StepStatus] = {
    "41": S.UNSATISFACTORY,
    "122": S.UNSATISFACTORY,
    "70": S.SATISFACTORY,
    "97": S.SATISFACTORY,
    "146": S.SATISFACTORY,
    "124": S.SATISFACTORY,
    "35": S.SATISFACTORY,
    "99": S.SATISFACTORY,
}


def said_by_ched(ched: Ched) -> Iterator[Said]:
    """What a CHED says of notification, arrival, checks and decision (regulation (EU) 2017/625 art. 56)."""
    yield from _notification(ched)
    if ched.arrival_expected_at:
        plan = Fact(S.PLANNED, ched.arrival_expected_at, Authority.CARRIER, said_at=ched.issued_at)
        yield Said(K.ARRIVAL, plan)
    if ched.status == "42" and not any(check.kind == K.DOCUMENTARY for check in ched.checks):
        yield Said(K.DOCUMENTARY, Fact(S.STARTED, ched.issued_at, Authority.SIVEP))
    for check in ched.checks:
        yield Said(check.kind, _check(check, ched))
    yield from _decision(ched)


def _notification(ched: Ched) -> Iterator[Said]:
    if ched.status == "47":
        yield Said(K.NOTIFICATION, Fact(S.STARTED, ched.issued_at, Authority.OPERATOR))
        return
    at = ched.submitted_at or (ched.issued_at if ched.status == "1" else None)
    if at is not None:
        yield Said(K.NOTIFICATION, Fact(S.DONE, min(at, ched.issued_at), Authority.OPERATOR))


def _check(check: Check, ched: Ched) -> Fact:
    authority = Authority.LABORATORY if check.kind == K.LABORATORY else Authority.SIVEP
    at = check.at or ched.issued_at
    if check.result is None:
        status = S.STARTED if check.kind == K.LABORATORY else S.PLANNED
        return Fact(status, at, authority, said_at=at if status == S.PLANNED else None)
    return Fact(
        _RESULT_STATUS[check.result],
        at,
        authority,
        result=check.result,
        reason=check.not_done_reason or check.method,
    )


def _decision(ched: Ched) -> Iterator[Said]:
    if ched.decision is not None:
        status = S.SATISFACTORY if ched.decision.acceptable else S.UNSATISFACTORY
        fact = Fact(
            status,
            ched.decision.at,
            Authority.SIVEP,
            result=ched.decision.conclusion,
            reason=" ".join(ched.decision.refusal_reasons),
            measure=ched.decision.measure,
        )
        yield Said(K.DECISION, fact)
    elif ched.status in _DECIDED_BY_STATUS:
        yield Said(K.DECISION, Fact(_DECIDED_BY_STATUS[ched.status], ched.issued_at, Authority.SIVEP))


_CUSTOMS: Mapping[str, tuple[tuple[StepKind, StepStatus, str], ...]] = {
    "01": ((K.DECLARATION, S.DONE, ""),),
    "02": ((K.DECLARATION, S.STARTED, ""),),
    "03": ((K.DECLARATION, S.UNSATISFACTORY, ""),),
    "05": ((K.RELEASE, S.STARTED, ReleaseReason.CONTROL),),
    "06": ((K.RELEASE, S.STARTED, ReleaseReason.DOCUMENTS),),
    "07": ((K.RELEASE, S.STARTED, ReleaseReason.RESULT),),
    "08": ((K.RELEASE, S.DONE, ""),),
    "09": ((K.RELEASE, S.DONE, ""),),
    "10": ((K.DECLARATION, S.CANCELLED, ""), (K.RELEASE, S.CANCELLED, "")),
    "11": ((K.RELEASE, S.STARTED, ReleaseReason.DOCUMENTS),),
    "13": ((K.RELEASE, S.STARTED, ReleaseReason.PAYMENT),),
    "14": ((K.RELEASE, S.STARTED, ReleaseReason.BALANCE),),
    "15": ((K.RELEASE, S.STARTED, ReleaseReason.BALANCE),),
    "16": ((K.DEPARTURE, S.DONE, ""),),
}
"""What each WCO function code says of which step, and why when the goods are held."""
_ACCEPTED = frozenset({"05", "07", "08", "09", "13", "14", "15", "16"})
"""The codes that customs gives of a declaration that it accepted, even where it never said so to us."""
_RECEIVED = frozenset({"06", "11"})
"""Those that it may give before."""


def said_by_customs(response: CustomsResponse) -> Iterator[Said]:
    """What a customs answer says of declaration, release and departure (WCO data model 3.6).

    Customs controls, taxes and releases declarations that it has: such an answer says that there is one. A function
    code that is not listed says nothing: the message is kept as a document.
    """
    yield from _declared(response)
    detail = customs_detail(response)
    for step, status, reason in _CUSTOMS.get(response.function, ()):
        yield Said(step, Fact(status, response.issued_at, Authority.CUSTOMS, reason=reason, detail=detail))


def _declared(response: CustomsResponse) -> Iterator[Said]:
    """That customs has the declaration which it answers: accepted on a day that it tells, or before it said so."""
    if response.function not in _ACCEPTED | _RECEIVED:
        return
    accepted = response.accepted_at
    if accepted is not None and accepted <= response.issued_at:
        yield Said(K.DECLARATION, Fact(S.DONE, accepted, Authority.CUSTOMS))
        return
    status = S.DONE if response.function in _ACCEPTED else S.STARTED
    yield Said(K.DECLARATION, Fact(status, response.issued_at, Authority.CUSTOMS, reason=IMPLIED))


_AUTHORITIES: Mapping[str, Authority] = {
    "DGAL": Authority.SIVEP,
    "SIVEP": Authority.SIVEP,
    "DGDDI": Authority.CUSTOMS,
    "DOUANE": Authority.CUSTOMS,
}


def said_by_event(event: StepEvent, usual: Authority, received_at: datetime | None = None) -> Said:
    """What the JSON event of the partner API says; `usual` when it names no authority that we know.

    An event does not tell when its plan was made: when it came stands for that, so that one brought forward holds.
    """
    authority = _AUTHORITIES.get(event.authority.upper(), usual)
    said_at = received_at if event.status == S.PLANNED else None
    return Said(event.step, Fact(event.status, event.at, authority, detail=event.detail, said_at=said_at))
