"""What an officer may record of each step, and what must have happened before. Data, and one question."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.border.passage.code_lists import CUSTOMS_REASONS, REFUSAL_REASONS
from models.border.passage.rules import Passage, ReleaseReason
from models.border.passage.vocabulary import StepKind, StepStatus
from models.border.passage.words import STEPS
from models.kernel.french import lower_first

K, S = StepKind, StepStatus


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that can be recorded of a step. `code` names it among those of the step."""

    code: str
    label: str
    status: StepStatus
    reason: str = ""
    """What holds the goods, for a release that is not granted yet."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """What the officer chooses among to say why, in the words that the operator reads; empty when nothing is asked."""
    asks_measure: bool = False
    """Whether the officer must say what is to be done with the goods, and by when (regulation (EU) 2017/625 art. 66)."""
    follows: str = ""
    """For an act that binds others: what follows from it, said before it is signed."""
    alone: bool = False
    """Whether the label says what happened without the name of the step."""
    after: tuple[StepKind, ...] = ()
    """Steps that must have ended well before (regulation (EU) 2017/625 art. 56 and 57)."""
    settled: tuple[StepKind, ...] = ()
    """Steps that must not be under way."""

    @property
    def asks_why(self) -> bool:
        """Whether the officer must say why: the operator has to know what is wrong."""
        return bool(self.reasons)

    @property
    def signs(self) -> bool:
        """Whether it is asked once more before it is done."""
        return bool(self.follows)

    def act(self, step: StepKind) -> str:
        """What is done by recording it, for a button: `Signer : entrée acceptée`."""
        what = lower_first(self.label)
        named = what if self.alone else f"{lower_first(STEPS[step])} {what}"
        return f"{'Signer' if self.signs else 'Enregistrer'}\u00a0: {named}"


_CHECK = (
    Outcome("started", "Commencé", S.STARTED),
    Outcome("satisfactory", "Conforme", S.SATISFACTORY),
    Outcome("unsatisfactory", "Non conforme", S.UNSATISFACTORY, reasons=REFUSAL_REASONS),
    Outcome("not_needed", "Sans objet", S.NOT_NEEDED),
)

OUTCOMES: Mapping[StepKind, tuple[Outcome, ...]] = {
    K.ARRIVAL: (Outcome("done", "Arrivée constatée", S.DONE, alone=True),),
    K.DOCUMENTARY: _CHECK[:3],
    K.IDENTITY: _CHECK,
    K.PHYSICAL: _CHECK,
    K.LABORATORY: (Outcome("started", "Prélèvement envoyé", S.STARTED, alone=True), *_CHECK[1:3]),
    K.DECISION: (
        Outcome(
            "satisfactory",
            "Entrée acceptée",
            S.SATISFACTORY,
            follows="L’opérateur est prévenu aussitôt et peut déposer sa déclaration en douane. "
            "Les rendez-vous de contrôle à venir sont annulés.",
            alone=True,
            after=(K.DOCUMENTARY,),
            settled=(K.IDENTITY, K.PHYSICAL, K.LABORATORY),
        ),
        Outcome(
            "unsatisfactory",
            "Entrée refusée",
            S.UNSATISFACTORY,
            reasons=REFUSAL_REASONS,
            asks_measure=True,
            follows="L’opérateur est prévenu aussitôt, avec le motif, la mesure, son échéance et les voies de recours. "
            "Les rendez-vous de contrôle à venir sont annulés.",
            alone=True,
        ),
    ),
    K.DECLARATION: (
        Outcome("started", "Reçue", S.STARTED),
        Outcome("done", "Validée", S.DONE),
        Outcome("unsatisfactory", "Refusée", S.UNSATISFACTORY, reasons=CUSTOMS_REASONS),
    ),
    K.RELEASE: (
        Outcome("control", "Marchandise sous contrôle", S.STARTED, ReleaseReason.CONTROL, alone=True),
        Outcome(
            "documents",
            "Documents demandés",
            S.STARTED,
            ReleaseReason.DOCUMENTS,
            reasons=CUSTOMS_REASONS,
            alone=True,
        ),
        Outcome(
            "done",
            "BAE accordé",
            S.DONE,
            follows="L’opérateur est prévenu aussitôt et peut enlever la marchandise.",
            alone=True,
            after=(K.DECISION, K.DECLARATION),
        ),
    ),
    K.DEPARTURE: (Outcome("done", "Sortie constatée", S.DONE, alone=True),),
}


def outcome(step: StepKind, code: str) -> Outcome | None:
    """The outcome that `code` names for `step`; None when there is none of that name."""
    return next((one for one in OUTCOMES.get(step, ()) if one.code == code), None)


def obstacle(passage: Passage, chosen: Outcome) -> str:
    """Why it is too early to record `chosen`, in a French sentence; empty when nothing is in the way."""
    if chosen.settled and passage.failed_check() is not None:
        return "Un contrôle n’est pas conforme\u00a0: refusez l’entrée, ou enregistrez d’abord un contrôle conforme."
    good = (S.SATISFACTORY, S.DONE)
    early = [kind for kind in chosen.after if passage.status(kind) not in good]
    busy = [kind for kind in chosen.settled if passage.status(kind) in (S.PLANNED, S.STARTED)]
    waiting = [STEPS[kind].lower().replace("dsce", "DSCE") for kind in (*early, *busy)]
    return f"Il manque encore\u00a0: {', '.join(waiting)}." if waiting else ""
