"""One consignment as the list shows it: French words and formatted values, nothing that is not shown."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.border.consignments.summary import Summary
from models.border.expectations.rules import Expectation
from models.border.expectations.words import short
from models.border.follow_up.queries.listing import Listed
from models.border.passage.code_lists import reasons
from models.border.passage.fold import StepNow
from models.border.passage.keys import KeyKind
from models.border.passage.rules import Action, Passage
from models.border.passage.step_words import reason_words
from models.border.passage.vocabulary import ConsignmentState, StepKind, StepStatus
from models.border.passage.words import (
    ACTIONS,
    AUTHORITIES,
    RAIL,
    RELEASE_REASONS,
    STEPS,
    failure,
    state_words,
)
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.authorities import Authority

_CURRENT = {
    ConsignmentState.WAITING: "q",
    ConsignmentState.IN_PROGRESS: "p",
    ConsignmentState.ACTION_REQUIRED: "a",
    ConsignmentState.BLOCKED: "b",
    ConsignmentState.RELEASED: "f",
    ConsignmentState.CANCELLED: "s",
}
UNKNOWN = "Sans délai connu"
SOON = "Dès que possible"
_LONGEST_ALERT = 120
_OVER = (ConsignmentState.RELEASED, ConsignmentState.CANCELLED)


@dataclass
class Row:
    """A line of the list; components/border/listing.py shows it."""

    id: int = 0
    reference: str = ""
    href: str = ""
    title: str = ""
    company: str = ""
    post: str = ""
    keys: list[str] = field(default_factory=list)
    state: str = ""
    state_label: str = ""
    rail: list[str] = field(default_factory=list)
    rail_label: str = ""
    step_label: str = ""
    step_position: str = ""
    actor: str = ""
    actor_label: str = ""
    mine: bool = False
    action_label: str = ""
    remaining: str = ""
    late: bool = False
    changed_at: str = ""
    changed_label: str = ""
    fresh: bool = False
    alert: str = ""


def row(listed: Listed, viewer: Viewer, now: datetime, *, fresh: bool = False) -> Row:
    """What `viewer` sees of a consignment in the list, at the time `now` (SES-01)."""
    summary = listed.consignment
    position = rail_position(summary)
    remaining, late = remaining_time(listed, now)
    is_own = is_mine(summary, viewer)
    return Row(
        id=summary.id or 0,
        reference=summary.reference,
        href=f"/suivi/{summary.reference}",
        title=summary.title,
        company=listed.company,
        post=listed.post_name,
        keys=shown_keys(listed),
        state=summary.state,
        state_label=state_words(summary.state, summary.action),
        rail=rail(listed),
        rail_label=rail_label(listed),
        step_label=step_label(summary),
        step_position=f"{position}/{len(RAIL)}",
        actor=summary.actor or "none",
        actor_label=actor_label(summary, viewer),
        mine=is_own,
        action_label=action_label(listed, now),
        remaining=remaining,
        late=late,
        changed_at=french.iso(summary.changed_at),
        changed_label=french.ago(summary.changed_at, now),
        fresh=fresh,
        alert=alert(listed),
    )


def is_mine(summary: Summary, viewer: Viewer) -> bool:
    """Whether the next move is the viewer's."""
    return bool(summary.actor) and summary.actor == viewer.authority


def actor_label(summary: Summary, viewer: Viewer) -> str:
    """`Vous`, `SIVEP`, `Rien à faire`."""
    if not summary.actor:
        return "Rien à faire"
    return "Vous" if is_mine(summary, viewer) else AUTHORITIES[summary.actor]


def step_label(summary: Summary) -> str:
    """The caption of the rail: `Contrôle physique`, `BAE et sortie`."""
    late_steps = (StepKind.RELEASE, StepKind.DEPARTURE)
    return "BAE et sortie" if summary.step in late_steps else STEPS[summary.step]


def rail_label(listed: Listed) -> str:
    """The rail read aloud: where it stands, and each step that went badly."""
    consignment = listed.consignment
    bad = [failure(kind) for kind in StepKind if _is_bad(listed, kind)]
    here = f"Étape {rail_position(consignment)} sur {len(RAIL)}\u00a0: {STEPS[consignment.step]}, {state_words(consignment.state, consignment.action).lower()}"
    return french.typeset(". ".join([here, *bad]))


def _is_bad(listed: Listed, kind: str) -> bool:
    return listed.steps.get(kind, StepNow()).status == StepStatus.UNSATISFACTORY


def rail_position(summary: Summary) -> int:
    """The chevron at which the consignment stands, from 1 to 8."""
    return next(i for i, (_, kinds) in enumerate(RAIL, start=1) if summary.step in kinds)


def rail(listed: Listed) -> list[str]:
    """The eight chevrons: d done, x went badly, s not needed, w to come, and the current one by its state."""
    current = rail_position(listed.consignment)
    codes = []
    for position, (_, kinds) in enumerate(RAIL, start=1):
        steps = [listed.steps.get(kind, StepNow()) for kind in kinds]
        if position == current:
            codes.append(_CURRENT[ConsignmentState(listed.consignment.state)])
        else:
            codes.append(_segment(steps, past=position < current))
    return codes


def _segment(steps: list[StepNow], *, past: bool) -> str:
    if any(step.status == StepStatus.UNSATISFACTORY for step in steps):
        return "x"
    begun = any(step.ended and step.status != StepStatus.NOT_NEEDED for step in steps)
    if begun:
        return "d"
    if any(step.status == StepStatus.NOT_NEEDED for step in steps):
        return "s"
    return "s" if past else "w"


def shown_keys(listed: Listed) -> list[str]:
    """The containers, as painted on their doors; without any, the flight or the vessel."""
    boxes = [french.container(value) for kind, value in listed.keys if kind == KeyKind.CONTAINER]
    if len(boxes) > 1:
        return [boxes[0], f"et {french.plural(len(boxes) - 1, 'autre')}"]
    return boxes or [value for kind, value in listed.keys if kind == KeyKind.TRANSPORT][:1]


def action_label(listed: Listed, now: datetime) -> str:
    """What the next one must do, or how it ended: `BAE accordé à 14 h 31`."""
    summary = listed.consignment
    release, left = listed.steps.get(StepKind.RELEASE), listed.steps.get(StepKind.DEPARTURE)
    if summary.action == Action.COLLECT and release and release.ended_at:
        return f"BAE accordé {_when(release.ended_at, now)}"
    if summary.state == ConsignmentState.RELEASED and left and left.ended_at:
        return f"Sorti {_when(left.ended_at, now)}"
    return ACTIONS[summary.action].short


def _when(at: datetime, now: datetime) -> str:
    same_day = french.local(at).date() == french.local(now).date()
    return f"à {french.hour(at)}" if same_day else f"le {french.day(at, year=at.year != now.year)}"


def remaining_time(listed: Listed, now: datetime) -> tuple[str, bool]:
    """How long the current step should still take (SES-03), and whether its announced time is past."""
    summary = listed.consignment
    if summary.state in _OVER:
        return "Terminé", False
    step = listed.steps.get(summary.step, StepNow())
    if step.planned_at and step.status == StepStatus.PLANNED:
        return _planned(step.planned_at, summary.step, now)
    if summary.action == Action.CARRY_OUT_MEASURE and step.due_on:
        left = (step.due_on - french.local(now).date()).days
        lead = "Échéance passée le" if left < 0 else "Au plus tard le"
        return f"{lead} {french.day(step.due_on, year=False)}", left < 0
    if summary.actor == Authority.OPERATOR:
        return SOON, False
    return (short(listed.expected) if listed.expected else UNKNOWN), False


def foreseen(listed: Listed, now: datetime) -> Expectation | None:
    """What can be said of the end of the current step; nothing when it is over, or up to the operator alone."""
    summary, step = listed.consignment, listed.steps.get(listed.consignment.step, StepNow())
    planned = step.status == StepStatus.PLANNED and step.planned_at is not None and step.planned_at > now
    if summary.state in _OVER or (summary.actor == Authority.OPERATOR and not planned):
        return None
    return listed.expected


def _planned(at: datetime, step: str, now: datetime) -> tuple[str, bool]:
    if at < now - timedelta(minutes=5):
        return f"En retard de {french.duration(now - at)}", True
    day_after = (french.local(at).date() - french.local(now).date()).days
    prefix = "Arrivée " if step == StepKind.ARRIVAL else ""
    if day_after == 0:
        return french.upper_first(f"{prefix}à {french.hour(at)}"), False
    if day_after == 1:
        return french.upper_first(f"{prefix}demain, {french.hour(at)}"), False
    return french.upper_first(f"{prefix}le {french.day(at, year=False)}"), False


def alert(listed: Listed) -> str:
    """Why it is blocked, or what is asked, in one line; empty when all is well."""
    summary = listed.consignment
    step = listed.steps.get(summary.step, StepNow())
    if summary.state == ConsignmentState.BLOCKED and summary.step == StepKind.DECISION:
        bad = StepKind.DECISION if _is_bad(listed, StepKind.DECISION) else _failed_check(listed)
        return _why(bad, listed.steps[bad]) if bad else ""
    if summary.state == ConsignmentState.ACTION_REQUIRED:
        return _asked(summary, step)
    return ""


def _failed_check(listed: Listed) -> StepKind | None:
    return Passage(listed.consignment.ched_status, dict(listed.steps)).failed_check()


def _why(kind: str, step: StepNow) -> str:
    """`Contrôle physique non conforme : larves`, `Entrée refusée : produit interdit`: the bad news first."""
    coded = reason_words(kind, step.status, step.reason).removeprefix(f"Motif{french.NBSP}: ")
    return _with_words(failure(kind), french.lower_first(coded) or step.detail)


def _asked(summary: Summary, step: StepNow) -> str:
    """What customs waits for, and what it said of it."""
    if summary.action == Action.CORRECT_DECLARATION:
        return _with_words("Déclaration refusée", step.detail or reasons(step.reason))
    words = RELEASE_REASONS.get(step.reason, "")
    return _with_words(words, step.detail) if words else ""


def _with_words(words: str, wording: str) -> str:
    short = wording if len(wording) <= _LONGEST_ALERT else f"{wording[:_LONGEST_ALERT].rstrip()}…"
    return f"{words}{french.NBSP}: {short}" if wording else words
