"""What can become of a message, and what it is called."""

import re
from collections.abc import Mapping
from enum import StrEnum

from models.border.messages.formats.parts.unicode import in_utf8
from models.border.passage.code_lists import CHED_STATUSES, CUSTOMS_FUNCTIONS
from models.border.passage.content import Ched, Coarri, Content, CustomsResponse, UnreadableMessage
from models.border.passage.words import STEPS


class MessageStatus(StrEnum):
    """Applied: it told something of a consignment. Waiting: its subject is not known yet. Refused: kept
    with the reason, to be replayed once the cause is mended. Replaced: refused, then corrected by a copy.
    """

    APPLIED = "applied"
    WAITING = "waiting"
    REFUSED = "refused"
    REPLACED = "replaced"


UNSETTLED = (MessageStatus.REFUSED, MessageStatus.WAITING)
"""What can be replayed: it has not told all that it has to say."""


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


_POST = re.compile(rb"(?<![A-Z0-9])[A-Z]{5}\d[A-Z0-9]?(?![A-Z0-9])")
_MOST_CODES = 50


def codes_in(body: bytes) -> frozenset[str]:
    """What looks like the code of a border control post in a text, such as FRLEH1; none when there are many.

    In capitals or not, in whatever encoding of Unicode. Many codes make a list, not a place: nobody's post is meant.
    """
    try:
        text = in_utf8(body)
    except UnreadableMessage:
        text = body
    digests: set[bytes] = set()
    for match in _POST.finditer(text.upper()):
        digests.add(match[0])
        if len(digests) > _MOST_CODES:
            return frozenset()
    return frozenset(code.decode() for code in digests)
