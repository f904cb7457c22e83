"""What an officer may record of each step, and what must have happened before."""

from collections.abc import Mapping

from models.border.passage.outcomes import Outcome
from models.border.passage.rules import Passage
from models.border.passage.steps import STEP_ROWS
from models.border.passage.vocabulary import StepKind, StepStatus
from models.border.passage.words import STEPS
from models.kernel.french import lower_first

S = StepStatus
OUTCOMES: Mapping[StepKind, tuple[Outcome, ...]] = {
    row.kind: row.outcomes for row in STEP_ROWS if row.outcomes
}


def act(step: StepKind, chosen: Outcome) -> str:
    """What is done by recording it, for a button: `Signer : entrée acceptée`."""
    what = lower_first(chosen.label)
    named = what if chosen.alone else f"{lower_first(STEPS[step])} {what}"
    return f"{'Signer' if chosen.signs else 'Enregistrer'}\u00a0: {named}"


def outcome(step: StepKind, code: str) -> Outcome | None:
    """The outcome that `code` names for `step`; None when there is none of that name."""
    return next((possible for possible in OUTCOMES.get(step, ()) if possible.code == code), None)


def obstacle(passage: Passage, chosen: Outcome) -> str:
    """Why it is too early to record `chosen`, in a French sentence; empty when nothing is in the way."""
    if chosen.settled and passage.failed_check() is not None:
        return "Un contrôle n’est pas conforme\u00a0: refusez l’entrée, ou enregistrez d’abord un contrôle conforme."
    good = (S.SATISFACTORY, S.DONE)
    early = [kind for kind in chosen.after if passage.status(kind) not in good]
    busy = [kind for kind in chosen.settled if passage.status(kind) in (S.PLANNED, S.STARTED)]
    waiting = [STEPS[kind].lower().replace("dsce", "DSCE") for kind in (*early, *busy)]
    return f"Il manque encore\u00a0: {', '.join(waiting)}." if waiting else ""
