"""What an edited offer would do, as its page shows it: appointments that are hit, slots before and after, days off."""

from dataclasses import dataclass, field
from datetime import datetime

from models.kernel import french
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.vocabulary import Control, Goods
from models.scheduling.capacity.words import CONTROLS
from models.scheduling.revision.actions import Effect, Saved
from models.scheduling.revision.hits import Lost
from models.scheduling.revision.preview import Compared, ComparedDay
from models.scheduling.revision.rearrangement import Choice, Hit
from models.scheduling.slots.words import clock_at, day_of, when

MOVE, CANCEL = "move", "cancel"
_LOST = {
    Lost.BAY_GONE: "son quai est retiré",
    Lost.BAY_UNFIT: "son quai ne convient plus",
    Lost.BAY_CLOSED: "son quai est fermé",
    Lost.CLOSED: "le service n’inspecte plus à cette heure",
    Lost.INSPECTORS: "il n’y a plus assez d’inspecteurs",
}


@dataclass
class HitRow:
    """An appointment that is hit, with what is proposed."""

    reference: str = ""
    company: str = ""
    when: str = ""
    why: str = ""
    control: str = ""
    instead: str = ""
    """`mardi 24 mars à 15 h 00`; empty when there is no free time."""
    choice: str = ""
    """move, cancel, or empty until it is chosen."""


@dataclass
class SlotRow:
    """One start: kept, added, removed, or fewer or more places."""

    label: str = ""
    kind: str = "kept"
    words: str = ""


@dataclass
class PreviewDay:
    """The slots of one day, before and after."""

    label: str = ""
    closed: str = ""
    summary: str = ""
    slots: list[SlotRow] = field(default_factory=list)


@dataclass
class Shown:
    """The effect of the draft on appointments, once it was asked for."""

    known: bool = False
    summary: str = ""
    error: str = ""
    movable: bool = False
    """Whether some of those hit can be moved."""
    stamp: str = ""
    """Of the draft, and of the appointments that it hits."""


def hit_rows(effect: Effect, offer: Offer, choices: dict[str, str]) -> list[HitRow]:
    """The appointments that are hit, soonest first."""
    return [_hit(hit, offer, choices.get(hit.reference, "")) for hit in effect.hits]


def _hit(hit: Hit, offer: Offer, choice: str) -> HitRow:
    instead = when(hit.instead.starts_at, offer) if hit.instead else ""
    kept = choice if choice != MOVE or instead else ""
    return HitRow(
        hit.reference,
        hit.company,
        when(hit.starts_at, offer),
        _LOST[hit.lost],
        CONTROLS[hit.control],
        instead,
        kept,
    )


def chosen(effect: Effect, choices: dict[str, str]) -> dict[str, Choice]:
    """What was chosen, for the verb; those without a choice are left out."""
    found = {}
    for hit in effect.hits:
        choice = choices.get(hit.reference)
        if choice == CANCEL:
            found[hit.reference] = Choice(None)
        elif choice == MOVE and hit.instead is not None:
            found[hit.reference] = Choice(hit.instead.starts_at)
    return found


def summary(effect: Effect) -> str:
    """`3 rendez-vous touchés, 1 proposition d’horaire retirée`."""
    hit = french.plural(len(effect.hits), "rendez-vous touché", "rendez-vous touchés")
    if not effect.hits:
        hit = "Aucun rendez-vous touché"
    gone = french.plural(effect.proposals, "proposition d’horaire retirée", "propositions d’horaire retirées")
    return f"{hit}, {gone}" if effect.proposals else hit


def saved_words(saved: Saved) -> str:
    """`Offre enregistrée : 2 rendez-vous déplacés, 1 annulé.`"""
    parts = []
    if saved.moved:
        parts.append(french.plural(saved.moved, "rendez-vous déplacé", "rendez-vous déplacés"))
    if saved.cancelled:
        parts.append(french.plural(saved.cancelled, "rendez-vous annulé", "rendez-vous annulés"))
    told = f"\u00a0: {', '.join(parts)}, les opérateurs sont prévenus" if parts else ""
    return french.typeset(f"Offre enregistrée{told}.")


def preview_rows(days: list[ComparedDay], offer: Offer) -> list[PreviewDay]:
    """The days of the preview."""
    return [_day(compared_day, offer) for compared_day in days]


def _day(compared_day: ComparedDay, offer: Offer) -> PreviewDay:
    label = day_of(compared_day.day)
    slots = [_slot(slot, offer) for slot in compared_day.slots]
    open_ = [slot.after for slot in compared_day.slots if slot.after is not None]
    words = french.plural(len(open_), "créneau", "créneaux") if open_ else "aucun créneau"
    added = sum(slot.kind == "added" for slot in slots)
    removed = sum(slot.kind == "removed" for slot in slots)
    if added:
        words += f", {french.plural(added, 'ajouté')}"
    if removed:
        words += f", {french.plural(removed, 'retiré')}"
    return PreviewDay(f"{label[:1].upper()}{label[1:]}", compared_day.closed, words, slots)


def _slot(compared: Compared, offer: Offer) -> SlotRow:
    label = clock_at(compared.starts_at, offer)
    if compared.after is None:
        return SlotRow(label, "removed", "retiré")
    places = french.plural(compared.after, "place")
    if compared.before is None:
        return SlotRow(label, "added", f"ajouté, {places}")
    if compared.before != compared.after:
        return SlotRow(label, "changed", f"{places} au lieu de {compared.before}")
    return SlotRow(label, "kept", places if compared.after else "complet")


def first_look(at: datetime, offer: Offer) -> dict[str, str]:
    """What the form of the preview is filled in with: the week of that time at the post, from its Monday."""
    day = offer.local(at).date()
    monday = day.fromordinal(day.toordinal() - day.weekday()).isoformat()
    return {
        "control": str(Control.PHYSICAL),
        "goods": str(Goods.PLANTS),
        "containers": "1",
        "since": monday,
    }
