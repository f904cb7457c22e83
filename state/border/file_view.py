"""One consignment as its page shows it: French words and formatted values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.border.documents.queries import Document
from models.border.expectations.words import sentence
from models.border.follow_up.queries.listing import Detail
from models.border.passage.code_lists import PURPOSES, refusal
from models.border.passage.fold import StepNow
from models.border.passage.keys import KeyKind
from models.border.passage.rules import Action
from models.border.passage.units import amount
from models.border.passage.vocabulary import ConsignmentState, StepKind, StepStatus
from models.border.passage.words import ACTIONS, RAIL, state_words
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.authorities import Authority
from models.scheduling.appointments.queries import Shown
from state.border import rows
from state.border.contents import Goods, Party, Transport, cn, goods, party, transports
from state.border.papers import Paper, archive_label, papers
from state.border.passline import Segment, passline
from state.border.refused import Refused, refused
from state.border.timeline import Event, timeline
from state.scheduling.appointments.visits import Turn, with_visit, with_visits


@dataclass
class Key:
    """A reference in the box under the title, with what is copied."""

    label: str = ""
    value: str = ""
    raw: str = ""


@dataclass
class File:
    """All that the page of one consignment shows."""

    reference: str = ""
    title: str = ""
    ched_type: str = ""
    state: str = ""
    state_label: str = ""
    standing: str = ""
    summary: list[str] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    turn: Turn = field(default_factory=Turn)
    refused: Refused = field(default_factory=Refused)
    passline: list[Segment] = field(default_factory=list)
    rail: list[str] = field(default_factory=list)
    rail_label: str = ""
    step_label: str = ""
    step_position: str = ""
    timeline: list[Event] = field(default_factory=list)
    goods: list[Goods] = field(default_factory=list)
    transports: list[Transport] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    documents: list[Paper] = field(default_factory=list)
    archive_href: str = ""
    archive_label: str = ""
    copy_href: str = ""


def file(
    detail: Detail, documents: list[Document], viewer: Viewer, now: datetime, visits: Sequence[Shown] = ()
) -> File:
    """What `viewer` sees of one consignment, at the time `now` (SES-01, SES-02, SES-40)."""
    consignment = detail.consignment
    short = rows.row(detail.listed, viewer, now)
    return File(
        reference=consignment.reference,
        title=consignment.title,
        ched_type=consignment.ched_type,
        state=consignment.state,
        state_label=state_words(consignment.state, consignment.action),
        standing=standing(short),
        summary=summary(detail),
        keys=keys(detail),
        refused=refused(detail),
        turn=with_visit(turn(detail, viewer, now), consignment, visits, viewer),
        passline=passline(detail, short.rail, now),
        rail=short.rail,
        rail_label=short.rail_label,
        step_label=short.step_label,
        step_position=f"{rows.rail_position(detail.listed.consignment)} sur {len(RAIL)}",
        timeline=with_visits(timeline(detail, now), visits, viewer),
        goods=[goods(line, consignment.ched_type) for line in detail.goods],
        transports=transports(detail),
        parties=[party(consignment_party) for consignment_party in detail.parties],
        documents=papers(detail, documents, now),
        archive_href=f"/fichiers/{consignment.reference}.zip" if documents else "",
        archive_label=archive_label(documents),
        copy_href=f"/fichiers/{consignment.reference}/copie-certifiee.zip",
    )


def standing(short: rows.Row) -> str:
    """Where it stands, in one sentence: `Étape 5 sur 8, contrôle physique : action requise.`"""
    position = short.step_position.replace("/", " sur ")
    return f"Étape {position}, {french.lower_first(short.step_label)}\u00a0: {short.state_label.lower()}."


def summary(detail: Detail) -> list[str]:
    """The line under the title: code, how much there is of it, post, purpose, company."""
    consignment = detail.consignment
    codes = list(dict.fromkeys(cn(line.cn_code) for line in detail.goods if line.cn_code))
    measured = (
        amount(consignment.quantity, consignment.quantity_unit, consignment.ched_type),
        f"{french.weight(consignment.net_weight)} net" if consignment.net_weight else "",
        f"{french.weight(consignment.gross_weight)} brut" if consignment.gross_weight else "",
        consignment.packages,
    )
    code = (
        f"NC {codes[0]}" + (f" et {french.plural(len(codes) - 1, 'autre')}" if codes[1:] else "")
        if codes
        else ""
    )
    post = f"{detail.listed.post_name}, PCF {consignment.post_code}"
    purpose = PURPOSES.get(consignment.purpose, "")
    return [
        part
        for part in (code, ", ".join(filter(None, measured)), post, purpose, detail.listed.company)
        if part
    ]


def keys(detail: Detail) -> list[Key]:
    """The references, as people read them, with what is copied."""
    consignment = detail.consignment
    file_keys = [Key("DSCE", consignment.reference, consignment.reference)]
    file_keys += [Key("MRN", consignment.mrn, consignment.mrn)] if consignment.mrn else []
    boxes = [value for kind, value in detail.listed.keys if kind == KeyKind.CONTAINER]
    file_keys += [Key("Conteneur", french.container(box), box) for box in boxes[:2]]
    return file_keys


def turn(detail: Detail, viewer: Viewer, now: datetime) -> Turn:
    """Whose move it is, what they must do, and by when (SES-02)."""
    consignment = detail.consignment
    words = ACTIONS[consignment.action]
    is_own = rows.is_mine(detail.listed.consignment, viewer)
    return Turn(
        mine=is_own,
        actor=consignment.actor or "none",
        actor_label=rows.actor_label(detail.listed.consignment, viewer),
        kicker="C’est à vous" if is_own else _KICKERS[consignment.actor],
        title=words.short if viewer.is_officer else words.title,
        sentence=_sentence(detail, words.sentence, officer=viewer.is_officer),
        hint=_hint(detail, now),
    )


def _hint(detail: Detail, now: datetime) -> str:
    """How long it should still take, and how sure that is (SES-03); what is planned goes before."""
    consignment, expectation = detail.consignment, detail.listed.expected
    if consignment.state in (ConsignmentState.RELEASED, ConsignmentState.CANCELLED):
        return ""
    step = detail.listed.steps.get(consignment.step, StepNow())
    if expectation and not (step.planned_at and step.status == StepStatus.PLANNED):
        yours = consignment.actor == Authority.OPERATOR
        return sentence(expectation, detail.listed.post_name, consignment.ched_type, yours=yours)
    remaining, _late = rows.remaining_time(detail.listed, now)
    return "" if remaining in (rows.UNKNOWN, rows.SOON) else remaining.removesuffix(".") + "."


_CUSTOMS_ASKS = (
    Action.CORRECT_DECLARATION,
    Action.PROVIDE_DOCUMENTS,
    Action.PAY_DUTIES,
    Action.FUND_ACCOUNT,
    Action.CONTROL_GOODS,
)
_LONGEST_SAID = 400
_KICKERS = {
    "": "Rien à faire",
    Authority.OPERATOR: "C’est à l’opérateur",
    Authority.SIVEP: "C’est au SIVEP",
    Authority.CUSTOMS: "C’est à la douane",
    Authority.CARRIER: "C’est au transporteur",
    Authority.LABORATORY: "C’est au laboratoire",
}


def _sentence(detail: Detail, usual: str, *, officer: bool) -> str:
    consignment = detail.consignment
    advice = "" if officer else usual  # the usual sentences speak to the operator
    if consignment.action == Action.CARRY_OUT_MEASURE:
        decided = detail.listed.steps.get(StepKind.DECISION, StepNow())
        return " ".join(p for p in (refusal(decided.reason, decided.measure, decided.due_on), advice) if p)
    if consignment.action in _CUSTOMS_ASKS:
        return " ".join(part for part in (_said_by_customs(detail), advice) if part)
    return f"Ce DSCE est remplacé par {consignment.replaced_by}." if consignment.replaced_by else advice


def _said_by_customs(detail: Detail) -> str:
    """What customs said with the step that waits: its errors, the papers that it wants."""
    note = detail.listed.steps.get(detail.consignment.step, StepNow()).detail.strip()
    if len(note) > _LONGEST_SAID:
        return f"{note[:_LONGEST_SAID].rstrip()}…"
    return f"{note.rstrip('.')}." if note else ""
