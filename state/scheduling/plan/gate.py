"""The gate: what a reference that is typed or scanned says, in words that are read from a lorry's door (SES-13)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.refusal import Refusal
from models.scheduling.appointments import attendance
from models.scheduling.appointments.lifecycle import read_reference
from models.scheduling.appointments.policy import person
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.vocabulary import COMING, UNDER_WAY, Status
from models.scheduling.slots.words import OPENING_SIDES, REASONS, STATUSES, clock_at, when

EARLY, LATE = timedelta(minutes=30), timedelta(minutes=15)
"""Within these of its time, goods are simply expected."""
_ANOTHER_DAY = timedelta(hours=4)


@dataclass
class Gate:
    """What the gate is told; nothing while `kind` is empty."""

    kind: str = ""
    """ok, warn or err."""
    title: str = ""
    text: str = ""
    reference: str = ""
    known: bool = False
    goods: str = ""
    advice: str = ""
    """What the operator wrote for the gate."""


def unknown(typed: str) -> Gate:
    """No such appointment, or not here."""
    shown = read_reference(typed)[:20] if typed.strip() else ""
    if not shown:
        return Gate(
            "err", "Référence vide", "Tapez la référence, par exemple LEH-7K4Q2, ou lisez le QR code."
        )
    return Gate(
        "err",
        "Inconnu",
        f"Aucun rendez-vous {shown} à votre poste. Vérifiez la référence, ou appelez le poste.",
    )


async def check_in(viewer: Viewer, shown: Shown, offer: Offer, now: datetime) -> Gate:
    """Record that the goods are there when they are expected, and say where they go."""
    appointment = shown.appointment
    gate = _told(shown, offer, now)
    if gate is None:
        outcome = await attendance.record(person(viewer), appointment.reference, Status.ARRIVED)
        gate = (
            Gate("err", "Non enregistré", outcome.reason)
            if isinstance(outcome, Refusal)
            else _let_in(shown, offer, now)
        )
    gate.reference, gate.known = appointment.reference, True
    gate.goods = ", ".join([*(consignment.title for consignment in shown.consignments[:2]), shown.company])
    gate.advice = _advice(shown) if gate.kind != "err" else ""
    return gate


def _told(shown: Shown, offer: Offer, now: datetime) -> Gate | None:
    """What keeps it from being checked in; None when nothing does."""
    appointment = shown.appointment
    at = when(appointment.starts_at, offer)
    why = REASONS.get(appointment.reason, "")
    if appointment.status in (Status.CANCELLED, Status.REFUSED):
        because = f" Motif\u00a0: {french.lower_first(why)}." if why else ""
        return Gate("err", STATUSES[appointment.status], french.typeset(f"Il était prévu {at}.{because}"))
    if appointment.status in UNDER_WAY:
        arrived = f", arrivé à {clock_at(appointment.arrived_at, offer)}" if appointment.arrived_at else ""
        return Gate("ok", "Déjà enregistré", f"{shown.bay_name}{arrived}.")
    if appointment.status not in COMING:
        return Gate("err", STATUSES[appointment.status], f"Ce rendez-vous est clos. Il était prévu {at}.")
    if _other_day(appointment.starts_at, offer, now):
        return Gate("err", "Pas aujourd’hui", f"Ce rendez-vous est prévu {at}.")
    return None


def _other_day(starts_at: datetime, offer: Offer, now: datetime) -> bool:
    apart = offer.local(starts_at).date() != offer.local(now).date()
    return apart and abs(starts_at - now) > _ANOTHER_DAY


def _let_in(shown: Shown, offer: Offer, now: datetime) -> Gate:
    appointment = shown.appointment
    asked = " Le poste ne l’a pas encore confirmé." if appointment.status == Status.REQUESTED else ""
    where = f"{shown.bay_name}, à {clock_at(appointment.starts_at, offer)}. Arrivée enregistrée.{asked}"
    if appointment.starts_at - now > EARLY:
        return Gate("warn", f"En avance de {french.duration(appointment.starts_at - now)}", where)
    if now - appointment.starts_at > LATE:
        return Gate("warn", f"En retard de {french.duration(now - appointment.starts_at)}", where)
    return Gate("warn" if asked else "ok", "Attendu", where)


def _advice(shown: Shown) -> str:
    instructions = shown.instructions
    if instructions is None:
        return ""
    parts = (
        f"Code {instructions.container_code}" if instructions.container_code else "",
        OPENING_SIDES.get(instructions.opening_side, ""),
        "Denrées périssables" if instructions.perishable else "",
        instructions.note,
    )
    return ". ".join(part for part in parts if part)
