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
    return [Told(french.iso(one.at), french.moment(one.at, now), _sentence(one, offer)) for one in latest]


def _sentence(one: Event, offer: Offer) -> str:
    reason = REASONS.get(one.said.get("reason", ""), "")
    why = f" ({french.lower_first(reason)})" if reason else ""
    return f"{_words(one, offer)}{why}."


def _words(one: Event, offer: Offer) -> str:
    by = SIDES.get(one.by, SIDES[Side.SYSTEM])
    at, other = _when(one, "starts_at", offer), _when(one, "proposed_at", offer)
    if one.kind == "appointment.confirmed":
        return f"Confirmé par le poste pour {at}" if one.by == Side.POST else f"Réservé pour {at}"
    if one.kind == "appointment.moved":
        before = _when(one, "before", offer)
        since = f" (c’était {before})" if before else ""
        return f"Déplacé par {by}{french.NBSP}: {at}{since}"
    if one.kind == "appointment.proposed":
        return f"Autre horaire proposé par {by}{french.NBSP}: {other}"
    if one.kind == "appointment.offered":
        return f"Place plus tôt proposée{french.NBSP}: {other}"
    return f"{one.label} par {by}" if one.kind in _EITHER else one.label


def _when(one: Event, name: str, offer: Offer) -> str:
    said = one.said.get(name, "")
    return when(datetime.fromisoformat(said), offer) if said else ""
