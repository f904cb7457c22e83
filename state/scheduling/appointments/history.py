"""What became of an appointment, in French: the journal's facts told to both sides (SES-02, SES-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.kernel import french
from models.scheduling.appointments.history import Event
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.vocabulary import Side
from models.scheduling.slots.words import REASONS, SIDES, when


@dataclass
class Told:
    """One line of the history."""

    iso: str = ""
    at: str = ""
    words: str = ""


_EITHER = frozenset({"appointment.declined", "appointment.cancelled"})
"""What either side does: the history says which."""


def told(facts: Sequence[Event], offer: Offer, now: datetime) -> list[Told]:
    """The facts, the latest first."""
    latest = reversed(facts)
    return [
        Told(french.iso(event.at), french.moment(event.at, now), _sentence(event, offer)) for event in latest
    ]


def _sentence(event: Event, offer: Offer) -> str:
    reason = REASONS.get(event.said.get("reason", ""), "")
    why = f" ({french.lower_first(reason)})" if reason else ""
    return f"{_words(event, offer)}{why}."


def _words(event: Event, offer: Offer) -> str:
    by = SIDES.get(event.by, SIDES[Side.SYSTEM])
    at, other = _when(event, "starts_at", offer), _when(event, "proposed_at", offer)
    if event.kind == "appointment.confirmed":
        return f"Confirmé par le poste pour {at}" if event.by == Side.POST else f"Réservé pour {at}"
    if event.kind == "appointment.moved":
        before = _when(event, "before", offer)
        since = f" (c’était {before})" if before else ""
        return f"Déplacé par {by}{french.NBSP}: {at}{since}"
    if event.kind == "appointment.proposed":
        return f"Autre horaire proposé par {by}{french.NBSP}: {other}"
    if event.kind == "appointment.offered":
        return f"Place plus tôt proposée{french.NBSP}: {other}"
    return f"{event.label} par {by}" if event.kind in _EITHER else event.label


def _when(event: Event, name: str, offer: Offer) -> str:
    code = event.said.get(name, "")
    return when(datetime.fromisoformat(code), offer) if code else ""
