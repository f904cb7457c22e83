"""The officers' form: what can be recorded of a step, what it asks for, and what is about to be signed (SES-05)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.border.consignments.records import Record
from models.border.consignments.tables import StepFact
from models.border.passage.code_lists import MEASURES, OFFERED_MEASURES, reasons
from models.border.passage.outcomes import Outcome
from models.border.passage.recordable import OUTCOMES, act, outcome
from models.border.passage.vocabulary import StepKind, StepStatus
from models.border.passage.words import STATUSES, STEPS, failure
from models.kernel import french

UNDONE_LATER = "Vous pourrez annuler cet enregistrement pendant 24 heures, tant que rien ne l’aura suivi."


@dataclass
class StepChoice:
    """Something that the officer may choose in the form."""

    value: str = ""
    label: str = ""


@dataclass
class Asked:
    """What is about to be signed, as the dialog says it once more. `key` is of that very question; empty for none."""

    key: str = ""
    act: str = ""
    lines: list[str] = field(default_factory=list)
    follows: str = ""
    stamp: str = ""


@dataclass
class Undoable:
    """The last record of the officer's service, while it can be taken back; `what` is empty when it cannot."""

    what: str = ""
    at: str = ""


def step_of(value: str) -> StepKind | None:
    """The step of that code; None for what is no step."""
    return next((kind for kind in StepKind if kind == value), None)


def chosen(step: str, code: str) -> Outcome | None:
    """What is chosen to be recorded; None before anything is."""
    kind = step_of(step)
    return outcome(kind, code) if kind else None


def outcomes_of(step: str) -> list[StepChoice]:
    """What can be recorded of that step."""
    kind = step_of(step)
    return [StepChoice(possible.code, possible.label) for possible in OUTCOMES[kind]] if kind else []


def act_of(step: str, code: str) -> str:
    """What the button does, by its name; the bare verb until a result is chosen."""
    kind, outcome_chosen = step_of(step), chosen(step, code)
    return act(kind, outcome_chosen) if kind and outcome_chosen else "Enregistrer"


def reason_choices(found: Outcome | None) -> list[StepChoice]:
    """The reasons to choose among, in the words that the operator reads."""
    return _choices("Choisir un motif", found.reasons if found else {})


def measure_choices(ched_type: str) -> list[StepChoice]:
    """The measures that can be asked for with that kind of goods."""
    return _choices(
        "Choisir une mesure", {measure: MEASURES[measure] for measure in OFFERED_MEASURES.get(ched_type, ())}
    )


def _choices(first: str, words: Mapping[str, str]) -> list[StepChoice]:
    """Each word once: several codes may have the same, and the first of them stands for all."""
    codes: dict[str, str] = {}
    for code, label in words.items():
        codes.setdefault(label, code)
    offered = [StepChoice(code, french.upper_first(label)) for label, code in codes.items()]
    return [StepChoice("", first), *offered]


def read_day(typed: str) -> date | None:
    """The day that a date field holds; None for none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def signed_lines(found: Outcome, record: Record) -> list[str]:
    """What the officer is about to state, line by line, in the operator's words."""
    lines = []
    if found.asks_why:
        lines.append(f"Motif\u00a0: {reasons(record.reason)}.")
    if found.asks_measure:
        until = f", au plus tard le {french.day(record.due_on)}" if record.due_on else ""
        lines.append(f"Mesure\u00a0: {MEASURES.get(record.measure, '')}{until}.")
    if found.asks_why and record.detail:
        lines.append(f"Précisions\u00a0: {record.detail}")
    return [french.typeset(line) for line in lines]


def undoable_row(fact: StepFact | None) -> Undoable:
    """What can be taken back, and since when it stands."""
    if fact is None:
        return Undoable()
    return Undoable(french.lower_first(recorded_words(fact.step, fact.status)), french.hour(fact.recorded_at))


def recorded_words(step: str, status: str) -> str:
    """`Contrôle physique : conforme`, `Entrée refusée`: what was recorded."""
    if status == StepStatus.UNSATISFACTORY:
        return failure(step)
    if step == StepKind.DECISION:
        return "Entrée acceptée"
    if step == StepKind.RELEASE and status == StepStatus.DONE:
        return "BAE accordé"
    return french.typeset(f"{STEPS[step]} : {french.lower_first(STATUSES[status])}")


def known(choices: Iterable[StepChoice]) -> set[str]:
    """The values that can be chosen, the one that chooses nothing left out."""
    return {step_choice.value for step_choice in choices} - {""}
