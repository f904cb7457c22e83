"""What an officer may record of each step, and what must have happened before. Data, and one question."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.consignments.rules import Passage, ReleaseReason
from models.consignments.vocabulary import StepKind, StepStatus
from models.consignments.words import STEPS

K, S = StepKind, StepStatus


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that can be recorded of a step. `code` names it among those of the step."""

    code: str
    label: str
    status: StepStatus
    reason: str = ""
    """What holds the goods, for a release that is not granted yet."""
    asks_why: bool = False
    """Whether the officer must say why: the operator has to know what is wrong."""
    after: tuple[StepKind, ...] = ()
    """Steps that must have ended well before (regulation (EU) 2017/625 art. 56 and 57)."""
    settled: tuple[StepKind, ...] = ()
    """Steps that must not be under way."""


_CHECK = (
    Outcome("started", "Commencé", S.STARTED),
    Outcome("satisfactory", "Conforme", S.SATISFACTORY),
    Outcome("unsatisfactory", "Non conforme", S.UNSATISFACTORY, asks_why=True),
    Outcome("not_needed", "Sans objet", S.NOT_NEEDED),
)

OUTCOMES: Mapping[StepKind, tuple[Outcome, ...]] = {
    K.ARRIVAL: (Outcome("done", "Arrivée constatée", S.DONE),),
    K.DOCUMENTARY: _CHECK[:3],
    K.IDENTITY: _CHECK,
    K.PHYSICAL: _CHECK,
    K.LABORATORY: (Outcome("started", "Prélèvement envoyé", S.STARTED), *_CHECK[1:3]),
    K.DECISION: (
        Outcome(
            "satisfactory",
            "Entrée acceptée",
            S.SATISFACTORY,
            after=(K.DOCUMENTARY,),
            settled=(K.IDENTITY, K.PHYSICAL, K.LABORATORY),
        ),
        Outcome("unsatisfactory", "Entrée refusée", S.UNSATISFACTORY, asks_why=True),
    ),
    K.DECLARATION: (
        Outcome("started", "Reçue", S.STARTED),
        Outcome("done", "Validée", S.DONE),
        Outcome("unsatisfactory", "Refusée", S.UNSATISFACTORY, asks_why=True),
    ),
    K.RELEASE: (
        Outcome("control", "Sous contrôle", S.STARTED, ReleaseReason.CONTROL),
        Outcome("documents", "Documents demandés", S.STARTED, ReleaseReason.DOCUMENTS, asks_why=True),
        Outcome("done", "BAE accordé", S.DONE, after=(K.DECISION, K.DECLARATION)),
    ),
    K.DEPARTURE: (Outcome("done", "Sortie constatée", S.DONE),),
}


def outcome(step: StepKind, code: str) -> Outcome | None:
    """The outcome that `code` names for `step`; None when there is none of that name."""
    return next((one for one in OUTCOMES.get(step, ()) if one.code == code), None)


def obstacle(passage: Passage, chosen: Outcome) -> str:
    """Why it is too early to record `chosen`, in a French sentence; empty when nothing is in the way."""
    if chosen.settled and passage.failed_check() is not None:
        return (
            "Un contrôle n’est pas conforme : refusez l’entrée, ou enregistrez d’abord un contrôle conforme."
        )
    good = (S.SATISFACTORY, S.DONE)
    early = [kind for kind in chosen.after if passage.status(kind) not in good]
    busy = [kind for kind in chosen.settled if passage.status(kind) in (S.PLANNED, S.STARTED)]
    waiting = [STEPS[kind].lower().replace("dsce", "DSCE") for kind in (*early, *busy)]
    return f"Il manque encore : {', '.join(waiting)}." if waiting else ""
