"""The reason of a step in French: why it was not done or went badly, how it was carried out, what it waits for."""

from models.border.passage.code_lists import (
    CHECK_METHODS,
    NOT_DONE_REASONS,
    REFUSAL_REASONS,
    UNDO_REASONS,
    reasons,
)
from models.border.passage.fold import IMPLIED
from models.border.passage.steps import CHECKS
from models.border.passage.vocabulary import StepKind, StepStatus
from models.border.passage.words import RELEASE_REASONS

_ASKS_WHY = (StepStatus.UNSATISFACTORY, StepStatus.NOT_NEEDED)


def reason_words(kind: str, status: str, code: str) -> str:
    """`Vérification complète`, `Motif : certificat absent`, `Sous contrôle de la douane`, without a full stop.

    Empty for a code that has no words: it is in the message, never on a screen (SES-50).
    """
    if not code:
        return ""
    if code == IMPLIED:
        return "Déclaration connue de la douane"
    if kind == StepKind.RELEASE:
        return RELEASE_REASONS.get(code, "")
    if status == StepStatus.CANCELLED and code in UNDO_REASONS:
        return f"Motif\u00a0: {UNDO_REASONS[code]}"
    if kind in CHECKS and code in CHECK_METHODS:
        words = CHECK_METHODS[code]
        return words[:1].upper() + words[1:]
    why = NOT_DONE_REASONS.get(code, "")
    if not why and (
        status in _ASKS_WHY or all(reason_code in REFUSAL_REASONS for reason_code in code.split())
    ):
        why = reasons(code)
    return f"Motif\u00a0: {why}" if why else ""
