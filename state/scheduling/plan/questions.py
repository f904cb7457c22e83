"""What an inspector is asked before something that others are told of: the question, the reasons, the times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.kernel import french
from models.scheduling.appointments.forms import AnswerForm
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.asked import Slot
from models.scheduling.slots.vocabulary import Why
from models.scheduling.slots.words import REASONS, clock_at
from state.kit.fields import Choice


@dataclass
class Asked:
    """The form under the panel; nothing while `what` is empty."""

    what: str = ""
    title: str = ""
    text: str = ""
    verb: str = ""
    danger: bool = False
    reasons: list[Choice] = field(default_factory=list)
    times: bool = False
    """Whether another time is to be chosen."""
    day: str = ""
    slots: list[Choice] = field(default_factory=list)
    slot: str = ""
    bays: list[Choice] = field(default_factory=list)
    bay: str = ""
    error: str = ""
    stamp: str = ""
    """Of the appointment as it was when this was asked."""


def _why(*reasons: Why) -> list[Choice]:
    return [Choice("", "Choisir un motif"), *(Choice(why, REASONS[why]) for why in (*reasons, Why.OTHER))]


_POST = _why(Why.NO_INSPECTOR, Why.BAY_UNAVAILABLE, Why.POST_CLOSED, Why.DOCUMENTS, Why.WRONG_SELECTION)
_DOCK = _why(Why.NOT_SAFE, Why.OUT_OF_REACH, Why.DOCUMENTS, Why.TOO_LATE, Why.TECHNICAL, Why.WRONG_SELECTION)
_TOLD = "L’opérateur en est prévenu aussitôt."
QUESTIONS: Mapping[str, Asked] = {
    request.what: request
    for request in (
        Asked("refuse", "Refuser cette demande\u00a0?", f"La place est rendue. {_TOLD}", "Refuser", True, _POST),
        Asked("cancel", "Annuler ce rendez-vous\u00a0?", f"La place est rendue. {_TOLD}", "Annuler le rendez-vous", True, _POST),
        Asked("decline", "Décliner l’heure proposée\u00a0?", f"Le rendez-vous reste comme il est. {_TOLD}", "Décliner", False, _POST),
        Asked("turned_away", "Le contrôle n’a pas pu se faire\u00a0?", f"Cela ne se défait pas. {_TOLD}", "Enregistrer le refus", True, _DOCK),
        Asked("not_presented", "Personne ne s’est présenté\u00a0?", f"La place est rendue et cela ne se défait pas. {_TOLD}", "Enregistrer l’absence", True),
        Asked("done", "Le contrôle est fait\u00a0?", "Le rendez-vous est clos, honoré, et cela ne se défait pas. Le résultat s’enregistre sur l’envoi.", "Clore, honoré"),
        Asked("move", "Déplacer à quelle heure\u00a0?", f"L’ancienne place n’est rendue qu’une fois la nouvelle acquise. {_TOLD}", "Déplacer", False, _POST, True),
        Asked("propose", "Proposer quelle heure\u00a0?", "La place proposée est gardée jusqu’à la réponse de l’opérateur.", "Proposer", False, _POST, True),
    )
}  # fmt: skip
"""By what is asked; the words of what cannot be undone say so."""
NEEDS_REASON = frozenset({"refuse", "cancel", "decline", "turned_away"})


def slot_choices(slots: list[Slot], offer: Offer) -> list[Choice]:
    """The times of a day that can be had."""
    return [
        Choice(
            french.iso(slot.starts_at),
            f"{clock_at(slot.starts_at, offer)}, {french.plural(slot.places_left, 'place')}",
        )
        for slot in slots
    ]


def nearest(choices: list[Choice], at: datetime) -> str:
    """The one of these times that is nearest to `at`; empty when there is none."""
    values = [choice.value for choice in choices]
    return min(values, key=lambda one: abs(datetime.fromisoformat(one) - at), default="")


def bay_choices(offer: Offer) -> list[Choice]:
    """The bays of the post, and none in particular."""
    return [Choice("0", "Le premier quai libre"), *(Choice(str(bay.id), bay.name) for bay in offer.bays)]


def fault(what: str, form: AnswerForm) -> dict[str, str]:
    """What the form still lacks, by field, one at a time; nothing when it is whole."""
    question = QUESTIONS[what]
    if question.times and not form.slot:
        return {"slot": "Choisissez une heure, ou un autre jour."}
    if form.reason and form.reason not in {choice.value for choice in question.reasons}:
        return {"reason": "Choisissez un motif de la liste."}
    if what in NEEDS_REASON and not form.reason:
        return {"reason": "Choisissez un motif\u00a0: l’opérateur doit le savoir."}
    if form.reason == Why.OTHER and not form.details:
        return {"details": "Dites lequel dans les précisions."}
    return {}
