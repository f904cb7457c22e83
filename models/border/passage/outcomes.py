"""What can be recorded of a step: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.border.passage.code_lists import CUSTOMS_REASONS, REFUSAL_REASONS
from models.border.passage.vocabulary import ReleaseReason, StepKind, StepStatus

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


STARTED = Outcome("started", "Commencé", S.STARTED)
CHECKED = (
    Outcome("satisfactory", "Conforme", S.SATISFACTORY),
    Outcome("unsatisfactory", "Non conforme", S.UNSATISFACTORY, reasons=REFUSAL_REASONS),
)
NOT_NEEDED = Outcome("not_needed", "Sans objet", S.NOT_NEEDED)
SAMPLED = Outcome("started", "Prélèvement envoyé", S.STARTED, alone=True)
ARRIVED = Outcome("done", "Arrivée constatée", S.DONE, alone=True)
LEFT = Outcome("done", "Sortie constatée", S.DONE, alone=True)
DECIDED = (
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
)
DECLARED = (
    Outcome("started", "Reçue", S.STARTED),
    Outcome("done", "Validée", S.DONE),
    Outcome("unsatisfactory", "Refusée", S.UNSATISFACTORY, reasons=CUSTOMS_REASONS),
)
RELEASED = (
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
)
