"""One appointment of the plan, as its panel shows it: what the inspector must know, and what may be done now."""

from dataclasses import dataclass, field
from datetime import datetime

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.scheduling.appointments import history
from models.scheduling.appointments.attendance import possible
from models.scheduling.appointments.history import Event
from models.scheduling.appointments.lifecycle import stamp_of
from models.scheduling.appointments.policy import may_run_at
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.words import CONTROLS, SERVICES
from models.scheduling.slots.vocabulary import COMING, Side, Status
from models.scheduling.slots.words import OPENING_SIDES, REASONS, STATUSES, clock_at, when


@dataclass
class Fact:
    """A label and what stands under it."""

    label: str = ""
    value: str = ""
    href: str = ""
    """Where it leads: a telephone, to call from the quay."""


@dataclass
class PanelConsignment:
    """A consignment of the appointment, and the way to it."""

    href: str = ""
    title: str = ""
    reference: str = ""


@dataclass
class PanelEvent:
    """One fact of the journal."""

    at: str = ""
    label: str = ""
    detail: str = ""


@dataclass
class Can:
    """What may be done of the appointment now, by who looks."""

    answer: bool = False
    take_proposal: bool = False
    change: bool = False
    rebay: bool = False
    """Whether it may go to another bay at its own time, which the cut-off does not forbid."""
    arrive: bool = False
    start: bool = False
    done: bool = False
    not_presented: bool = False
    turn_away: bool = False


@dataclass
class Panel:
    """The appointment that is open; nothing while `reference` is empty."""

    reference: str = ""
    title: str = ""
    status: str = ""
    status_label: str = ""
    reason: str = ""
    facts: list[Fact] = field(default_factory=list)
    consignments: list[PanelConsignment] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    note: str = ""
    """Of the operator, for the gate."""
    proposal: str = ""
    events: list[PanelEvent] = field(default_factory=list)
    can: Can = field(default_factory=Can)
    locked: str = ""
    stamp: str = ""
    """Why nothing may be done, or moved."""
    step: str = ""
    """`30 min`: by how much one button moves it."""
    paper: str = ""
    """Where its attestation is."""


def panel(shown: Shown, events: list[Event], offer: Offer, viewer: Viewer, now: datetime) -> Panel:
    """The whole panel, for this person."""
    appointment = shown.appointment
    against = may_run_at(viewer, appointment.post_code)
    return Panel(
        reference=appointment.reference,
        title=shown.consignments[0].title if shown.consignments else "Envoi",
        status=appointment.status,
        status_label=STATUSES[appointment.status],
        reason=". ".join(
            part for part in (REASONS.get(appointment.reason, ""), appointment.reason_text) if part
        ),
        facts=_facts(shown, offer),
        consignments=[
            PanelConsignment(f"/suivi/{consignment.reference}", consignment.title, consignment.reference)
            for consignment in shown.consignments
        ],
        boxes=[french.container(number) for number in shown.boxes],
        note=shown.instructions.note if shown.instructions else "",
        proposal=_proposal(shown, offer),
        events=[
            PanelEvent(
                french.moment(offer.local(event.at), now),
                f"{event.label}, par {history.by(event)}",
                history.detail(event, offer),
            )
            for event in reversed(events)
        ],
        can=Can() if against else _can(shown, offer, now),
        locked=against.reason if against else _locked(shown, offer, now),
        step=french.duration(offer.step),
        stamp=stamp_of(appointment),
        paper=f"/rendez-vous/{appointment.reference}/attestation.pdf",
    )


def _facts(shown: Shown, offer: Offer) -> list[Fact]:
    appointment, instructions = shown.appointment, shown.instructions
    length = french.duration(appointment.ends_at - appointment.starts_at)
    facts = [
        Fact("Quand", f"{when(appointment.starts_at, offer)} ({length})"),
        Fact("Où", shown.bay_name),
        Fact("Opérateur", shown.company),
        Fact(
            "Contrôle",
            f"{CONTROLS[appointment.control]}, {french.lower_first(SERVICES[appointment.service])}",
        ),
    ]
    if instructions is not None:
        facts += [
            Fact("Code du conteneur", instructions.container_code),
            Fact("Ouverture", OPENING_SIDES.get(instructions.opening_side, "")),
            Fact("Denrées périssables", "Oui" if instructions.perishable else ""),
            Fact("Contact", instructions.contact_name),
            Fact("Téléphone", instructions.contact_phone, _call(instructions.contact_phone)),
        ]
    return [fact for fact in facts if fact.value]


def _call(phone: str) -> str:
    digits = "".join(char for char in phone if char in "+0123456789")
    return f"tel:{digits}" if digits else ""


def _proposal(shown: Shown, offer: Offer) -> str:
    appointment = shown.appointment
    if appointment.proposed_at is None or appointment.proposed_until is None:
        return ""
    asks = {
        Side.OPERATOR: "L’opérateur propose",
        Side.POST: "Le poste a proposé",
        Side.SYSTEM: "Une place plus tôt est offerte à l’opérateur\u00a0:",
    }[Side(appointment.proposed_by)]
    until = clock_at(appointment.proposed_until, offer)
    return french.typeset(f"{asks} {when(appointment.proposed_at, offer)}. Réponse attendue avant {until}.")


def _can(shown: Shown, offer: Offer, now: datetime) -> Can:
    appointment = shown.appointment
    open_to = possible(appointment, now)
    waits = appointment.proposed_until is not None and appointment.proposed_until > now
    return Can(
        answer=appointment.status == Status.REQUESTED,
        take_proposal=appointment.status in COMING and waits and appointment.proposed_by == Side.OPERATOR,
        change=appointment.status in COMING and appointment.starts_at - now >= offer.change_notice,
        rebay=appointment.status in COMING,
        arrive=Status.ARRIVED in open_to,
        start=Status.STARTED in open_to,
        done=Status.DONE in open_to,
        not_presented=Status.NOT_PRESENTED in open_to,
        turn_away=Status.TURNED_AWAY in open_to,
    )


def _locked(shown: Shown, offer: Offer, now: datetime) -> str:
    appointment = shown.appointment
    if appointment.status not in COMING or appointment.starts_at - now >= offer.change_notice:
        return ""
    if appointment.starts_at <= now:
        return french.typeset("Son heure est passée : enregistrez ce qui s’est passé, il ne se déplace plus.")
    limit = french.duration(offer.change_notice)
    return french.typeset(
        f"Il ne change plus d’heure et ne s’annule plus : le préavis du poste est de {limit}. Il peut encore être "
        "glissé sur un autre quai. Sinon, appelez l’opérateur, puis enregistrez ce qui s’est passé."
    )
