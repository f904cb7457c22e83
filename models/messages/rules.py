"""What can become of a message, and what it is called."""

from collections.abc import Mapping
from enum import StrEnum

from models.consignments.code_lists import CHED_STATUSES, CUSTOMS_FUNCTIONS
from models.consignments.words import STEPS
from models.messages.content import Ched, Coarri, Content, CustomsResponse


class MessageStatus(StrEnum):
    """Applied: it told something of a consignment. Waiting: its subject is not known yet. Refused: kept
    with the reason, to be replayed once the cause is mended.
    """

    APPLIED = "applied"
    WAITING = "waiting"
    REFUSED = "refused"


FORMAT_NAMES: Mapping[str, str] = {
    "ched": "DSCE",
    "wco": "Réponse de la douane",
    "coarri": "Avis de débarquement",
    "event": "Événement",
    "unknown": "Message illisible",
}


def summary(content: Content) -> str:
    """What a message is, for people: `DSCE, validé`; `Réponse de la douane, BAE`."""
    if isinstance(content, Ched):
        return f"DSCE, {CHED_STATUSES.get(content.status, 'mis à jour')}"
    if isinstance(content, CustomsResponse):
        return f"Réponse de la douane, {CUSTOMS_FUNCTIONS.get(content.function, 'information')}"
    if isinstance(content, Coarri):
        discharged = any(move.movement == "discharged" for move in content.movements)
        return "Avis de débarquement" if discharged else "Avis d’embarquement"
    return f"Événement, {_lower(STEPS[content.step])}"


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]


def media_type(format_name: str, body: bytes) -> str:
    """How the body is served when it is downloaded."""
    if format_name in ("ched", "wco") or body.lstrip()[:1] == b"<":
        return "application/xml"
    return {"coarri": "application/edifact", "event": "application/json"}.get(format_name, "text/plain")
