"""One appointment as its page shows it: the ticket for the gate, what can still be changed, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from models.border.passage.vocabulary import ConsignmentState
from models.kernel import french
from models.scheduling.appointments.history import Event
from models.scheduling.appointments.lifecycle import stamp_of, too_late
from models.scheduling.appointments.queries import Shown
from models.scheduling.appointments.tables import Instructions
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.words import CONTROLS
from models.scheduling.slots.vocabulary import COMING, LIVE, Status, Why
from models.scheduling.slots.words import OPENING_SIDES, REASONS, STATUSES, spoken, when
from state.kit.qr import Qr, qr
from state.scheduling.appointments.history import Told, told
from state.scheduling.appointments.rows import GLYPHS, HOME, NEW, Proposal, clocks, hours, long_day, proposal


@dataclass
class Pair:
    """A label and its value."""

    label: str = ""
    value: str = ""


@dataclass
class Lot:
    """A consignment of the appointment."""

    title: str = ""
    reference: str = ""
    href: str = ""


@dataclass
class Outcome:
    """What ended the appointment, and what to do next."""

    kind: str = ""
    """As components/kit/feedback.py names notes; empty while it is to come."""
    title: str = ""
    text: str = ""
    again: str = ""
    """Where to book anew."""


@dataclass
class Ticket:
    """All that the page shows."""

    reference: str = ""
    shown: str = ""
    state: str = ""
    state_label: str = ""
    iso: str = ""
    day: str = ""
    hours: str = ""
    where: str = ""
    lots: list[Lot] = field(default_factory=list)
    facts: list[Pair] = field(default_factory=list)
    code: Qr = field(default_factory=Qr)
    alive: bool = False
    """Whether it still opens the gate."""
    calendar: str = ""
    advice: list[str] = field(default_factory=list)
    changeable: bool = False
    limit: str = ""
    move: str = ""
    coming: bool = False
    waiting: bool = False
    proposal: Proposal = field(default_factory=Proposal)
    outcome: Outcome = field(default_factory=Outcome)
    history: list[Told] = field(default_factory=list)
    stamp: str = ""


def ticket(shown: Shown, facts: Sequence[Event], terms: Offer | None, now: datetime) -> Ticket:
    """What the operator sees of the appointment (SES-10, SES-11)."""
    appointment, offer = shown.appointment, clocks(shown.post)
    coming = appointment.status in COMING
    late = too_late(appointment, terms.change_notice, now, terms.phone) if terms and coming else None
    return Ticket(
        reference=appointment.reference,
        shown=spoken(appointment.reference),
        state=GLYPHS.get(Status(appointment.status), ConsignmentState.WAITING),
        state_label=_standing(appointment.status),
        iso=french.iso(appointment.starts_at),
        day=long_day(appointment.starts_at, offer),
        hours=hours(appointment.starts_at, appointment.ends_at, offer),
        where=f"{CONTROLS[appointment.control]}, {shown.bay_name}",
        lots=[
            Lot(consignment.title, consignment.reference, f"/suivi/{consignment.reference}")
            for consignment in shown.consignments
        ],
        facts=_facts(shown),
        code=qr(appointment.reference),
        alive=appointment.status in LIVE and appointment.status != Status.HELD,
        calendar=f"{HOME}/{appointment.reference}/calendrier.ics",
        advice=_advice(appointment.control) if coming else [],
        changeable=coming and terms is not None and late is None,
        limit=late.reason if late else _limit(shown, terms, offer) if coming else "",
        move=f"{NEW}?{urlencode({'deplacer': appointment.reference})}",
        coming=coming,
        waiting=shown.waiting,
        proposal=proposal(appointment, offer, now),
        outcome=_outcome(shown),
        history=told(facts, offer, now),
        stamp=stamp_of(appointment),
    )


def _standing(status: str) -> str:
    return "À confirmer par le poste" if status == Status.REQUESTED else STATUSES[status]


def _limit(shown: Shown, terms: Offer | None, offer: Offer) -> str:
    if terms is None:
        return ""
    until = when(shown.appointment.starts_at - terms.change_notice, offer)
    return french.typeset(
        f"Vous pouvez déplacer ou annuler jusqu’à {until}. Passé ce délai, une marchandise absente compte "
        "comme un rendez-vous manqué."
    )


def _facts(shown: Shown) -> list[Pair]:
    boxes = ", ".join(french.container(box) for box in shown.boxes)
    place = Pair("Lieu", f"{shown.post.name}, PCF {shown.post.code}")
    label = "Conteneur" if len(shown.boxes) < 2 else "Conteneurs"
    pairs = [Pair(label, boxes), place, *_instructions(shown.instructions)]
    return [pair for pair in pairs if pair.value]


def _instructions(instructions: Instructions | None) -> list[Pair]:
    if instructions is None:
        return []
    contact = ", ".join(part for part in (instructions.contact_name, instructions.contact_phone) if part)
    return [
        Pair("Code du conteneur", instructions.container_code),
        Pair("Ouverture", OPENING_SIDES.get(instructions.opening_side, "")),
        Pair("Denrée périssable", "Oui" if instructions.perishable else ""),
        Pair("Contact", contact),
        Pair("Consigne", instructions.note),
    ]


def _advice(control: str) -> list[str]:
    physical = "Prévoyez l’ouverture complète du conteneur et la manutention."
    identity = "Laissez le lot et ses scellés accessibles."
    return [
        "Présentez cette référence, ou son QR code, à l’entrée.",
        *([identity] if "identity" in control else []),
        *([physical] if "physical" in control else []),
        "Gardez les originaux des documents à disposition.",
    ]


def _outcome(shown: Shown) -> Outcome:
    appointment = shown.appointment
    words = ". ".join(part for part in (REASONS.get(appointment.reason, ""), appointment.reason_text) if part)
    why = french.typeset(f"Motif : {french.lower_first(words)}.") if words else ""
    first = shown.consignments[0].reference if shown.consignments else ""
    again = f"{NEW}?{urlencode({'envoi': first})}" if first else ""
    if appointment.status == Status.CANCELLED and appointment.reason == Why.CONTROL_VOID:
        text = "La décision rendue sur l’envoi a laissé ce contrôle sans objet. Vous n’avez rien à faire."
        return Outcome("info", "Ce rendez-vous est annulé par la décision", text)
    return {
        Status.REFUSED: Outcome("err", "Le poste a refusé ce rendez-vous", why, again),
        Status.CANCELLED: Outcome("info", "Ce rendez-vous est annulé", why, again),
        Status.NOT_PRESENTED: Outcome(
            "err", "La marchandise n’a pas été présentée", why or "Le contrôle reste à faire.", again
        ),
        Status.UNRECORDED: Outcome(
            "info",
            "Le poste n’a pas enregistré la suite de ce rendez-vous",
            "Si le contrôle reste à faire, prenez un autre rendez-vous ou appelez le poste.",
            again,
        ),
        Status.TURNED_AWAY: Outcome("err", "La marchandise n’a pas pu être contrôlée", why, again),
        Status.DONE: Outcome(
            "ok", "Rendez-vous honoré", "Le résultat du contrôle est sur la page de l’envoi."
        ),
        Status.LAPSED: Outcome("info", "Cette place n’a pas été confirmée", "", again),
    }.get(Status(appointment.status), Outcome())
