"""From what an inspector asked for to the verb that does it, and what became of it in a sentence."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.refusal import Refusal
from models.scheduling.appointments import answers, attendance, changes
from models.scheduling.appointments.booking import NoPlace
from models.scheduling.appointments.policy import Asker, person
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.vocabulary import Status
from models.scheduling.slots.words import clock_at, when

Outcome = Appointment | NoPlace | Refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as typed and chosen."""

    what: str
    reference: str
    reason: str = ""
    text: str = ""
    starts_at: datetime | None = None
    bay: int = 0
    shown: str = ""
    """The stamp of the appointment as the inspector had it before them."""


Verb = Callable[[Asker, Wish], Awaitable[Outcome]]


def _recorded(status: Status) -> Verb:
    async def verb(asker: Asker, wish: Wish) -> Outcome:
        return await attendance.record(asker, wish.reference, status, reason=wish.reason, text=wish.text)

    return verb


async def _move(asker: Asker, wish: Wish) -> Outcome:
    if wish.starts_at is None:
        return Refusal("Choisissez une heure.")
    return await changes.move(
        asker, wish.reference, wish.starts_at, bay=wish.bay, reason=wish.reason, text=wish.text
    )


async def _propose(asker: Asker, wish: Wish) -> Outcome:
    if wish.starts_at is None:
        return Refusal("Choisissez une heure.")
    return await changes.propose(asker, wish.reference, wish.starts_at, reason=wish.reason, text=wish.text)


async def _approve(asker: Asker, wish: Wish) -> Outcome:
    return await answers.approve(asker, wish.reference)


async def _accept(asker: Asker, wish: Wish) -> Outcome:
    return await changes.accept(asker, wish.reference)


async def _refuse(asker: Asker, wish: Wish) -> Outcome:
    return await answers.refuse(asker, wish.reference, reason=wish.reason, text=wish.text)


async def _cancel(asker: Asker, wish: Wish) -> Outcome:
    return await changes.cancel(asker, wish.reference, reason=wish.reason, text=wish.text)


async def _decline(asker: Asker, wish: Wish) -> Outcome:
    return await changes.decline(asker, wish.reference, reason=wish.reason, text=wish.text)


_VERBS: Mapping[str, tuple[Verb, str]] = {
    "approve": (_approve, "Rendez-vous confirmé."),
    "refuse": (_refuse, "Demande refusée, la place est rendue."),
    "accept": (_accept, "Heure acceptée."),
    "decline": (_decline, "Proposition déclinée."),
    "move": (_move, "Déplacé."),
    "propose": (_propose, "Heure proposée à l’opérateur."),
    "cancel": (_cancel, "Rendez-vous annulé."),
    "arrived": (_recorded(Status.ARRIVED), "Arrivée enregistrée."),
    "started": (_recorded(Status.STARTED), "Contrôle commencé."),
    "done": (_recorded(Status.DONE), "Rendez-vous honoré."),
    "not_presented": (_recorded(Status.NOT_PRESENTED), "Absence enregistrée."),
    "turned_away": (_recorded(Status.TURNED_AWAY), "Refus enregistré."),
}
AT_ONCE = frozenset({"approve", "accept", "arrived", "started"})
"""What is done without a question; a time that is moved by its button is too."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a wish: one of the two sentences."""

    said: str = ""
    error: str = ""


async def carry_out(viewer: Viewer, wish: Wish, offer: Offer) -> Done:
    """Do it, as this person (SES-11, SES-13)."""
    verb, sentence = _VERBS[wish.what]
    outcome = await verb(person(viewer, wish.shown), wish)
    if isinstance(outcome, Refusal):
        return Done(error=outcome.reason)
    if isinstance(outcome, NoPlace):
        return Done(error=_elsewhere(outcome, offer))
    if wish.what in ("move", "accept"):
        return Done(french.typeset(f"{sentence[:-1]} : {when(outcome.starts_at, offer)}."))
    return Done(sentence)


def _elsewhere(outcome: NoPlace, offer: Offer) -> str:
    if not outcome.nearest:
        return "Cette place est prise."
    day = offer.local(outcome.nearest[0].starts_at).date()
    free = " et ".join(
        clock_at(slot.starts_at, offer)
        if offer.local(slot.starts_at).date() == day
        else when(slot.starts_at, offer)
        for slot in outcome.nearest
    )
    return f"Cette place est prise. Les plus proches, un quai ou l’autre{french.NBSP}: {free}."
