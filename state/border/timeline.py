"""The history of one consignment, controls and customs together (SES-02)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.border.expectations.rules import Expectation
from models.border.expectations.words import around, end
from models.border.follow_up.queries.listing import Detail
from models.border.passage.code_lists import decision, refusal
from models.border.passage.fold import StepNow
from models.border.passage.step_words import reason_words
from models.border.passage.steps import CHECKS, ROWS, USUAL_AUTHORITY
from models.border.passage.vocabulary import ConsignmentState, StepKind, StepStatus
from models.border.passage.words import AUTHORITIES, RESULTS, STATUSES, STEPS, state_words
from models.kernel import french
from state.border.rows import foreseen

_NODES = {
    StepStatus.SATISFACTORY: ConsignmentState.RELEASED,
    StepStatus.DONE: ConsignmentState.RELEASED,
    StepStatus.NOT_NEEDED: ConsignmentState.CANCELLED,
    StepStatus.UNSATISFACTORY: ConsignmentState.BLOCKED,
    StepStatus.STARTED: ConsignmentState.IN_PROGRESS,
    StepStatus.CANCELLED: ConsignmentState.CANCELLED,
}
_OVER = (ConsignmentState.RELEASED, ConsignmentState.CANCELLED)


@dataclass
class Event:
    """One step in the timeline."""

    kind: str = ""
    label: str = ""
    node: str = ""
    past: bool = False
    current: bool = False
    time: str = ""
    iso: str = ""
    authority: str = ""
    fact: str = ""
    note: str = ""
    result_label: str = ""
    visit: str = ""
    """The appointment for this check: `Rendez-vous mardi 24 nov. à 10 h 30, Quai 3` (SES-02)."""
    visit_href: str = ""


def timeline(detail: Detail, now: datetime) -> list[Event]:
    """Every step that happened, happens or will; the laboratory only when there is one."""
    listed = detail.listed
    kinds = [k for k in StepKind if k != StepKind.LABORATORY or k in listed.steps]
    at = kinds.index(StepKind(listed.consignment.step)) if listed.consignment.step in kinds else 0
    return [_event(detail, kind, index < at, index == at, now) for index, kind in enumerate(kinds)]


def _event(detail: Detail, kind: StepKind, before: bool, here: bool, now: datetime) -> Event:
    consignment, step = detail.consignment, detail.listed.steps.get(kind, StepNow())
    current = here and consignment.state not in _OVER
    skipped = before and not step.ended
    expectation = foreseen(detail.listed, now) if current else None
    at, words = _time(step, expectation, now)
    return Event(
        kind=kind,
        label=STEPS[kind],
        node=consignment.state if current else _node(step, before),
        past=step.ended or (before and not current),
        current=current,
        time=words,
        iso=french.iso(at),
        authority=AUTHORITIES[step.authority or USUAL_AUTHORITY[kind]],
        fact=fact(kind, step, skipped=skipped),
        note=end(expectation, now) if expectation else "",
        result_label=state_words(consignment.state, consignment.action)
        if current
        else ""
        if skipped
        else _result(kind, step),
    )


def _node(step: StepNow, before: bool) -> str:
    if step.status in _NODES:
        return _NODES[StepStatus(step.status)]
    return ConsignmentState.CANCELLED if before else ConsignmentState.WAITING


def _time(step: StepNow, expectation: Expectation | None, now: datetime) -> tuple[datetime | None, str]:
    if step.ended_at:
        return step.ended_at, french.moment(step.ended_at, now)
    if step.started_at:
        return step.started_at, f"depuis le {french.moment(step.started_at, now)}"
    if step.planned_at:
        return step.planned_at, f"prévu le {french.moment(step.planned_at, now)}"
    if expectation and around(expectation, now):
        return now + (expectation.median_left or timedelta()), around(expectation, now)
    return None, ""


def _result(kind: StepKind, step: StepNow) -> str:
    if kind == StepKind.DECISION and step.ended:
        accepted = step.status == StepStatus.SATISFACTORY
        return decision(step.result or ("ACCEPTABLE" if accepted else "NOT_ACCEPTABLE"))
    if step.result in RESULTS:
        return RESULTS[step.result]
    hidden = (StepStatus.AWAITED, StepStatus.DONE)
    return "" if step.status in hidden else STATUSES[step.status]


def fact(kind: StepKind, step: StepNow, *, skipped: bool) -> str:
    """What happened at this step, in sentences: what its codes say, then what was said beside them."""
    known, detail = _known(kind, step), step.detail.strip()
    if french.plain(known.removeprefix("Motif\u00a0: ")) in french.plain(detail):
        known = ""  # whoever wrote the words beside the code said it too
    parts = [part for part in (known, detail) if part]
    if parts:
        return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts)
    if skipped:
        return "Sans objet pour cet envoi." if kind in CHECKS else "Non communiqué au portail."
    return ROWS[kind].sentences.get(StepStatus(step.status), "")


def _known(kind: StepKind, step: StepNow) -> str:
    """What a code says, where there is one; without its full stop."""
    if kind == StepKind.DECISION and step.status == StepStatus.UNSATISFACTORY:
        return refusal(step.reason, step.measure, step.due_on)
    if kind == StepKind.RELEASE and step.ended:
        return ""  # what held the goods is over
    return reason_words(kind, step.status, step.reason)
