"""The attestation of one appointment: what was agreed and what happened, from the journal, alike for both sides.

It says nothing that its reader did not see, names no person, and has the same bytes for whoever asks: it is dated
by its last fact (SES-13).
"""

from collections.abc import Sequence
from datetime import datetime

from app.documents.paper import Paper
from models.kernel import french
from models.scheduling.appointments import history
from models.scheduling.appointments.history import Event
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.words import CONTROLS, SERVICES
from models.scheduling.slots.words import REASONS, STATUSES, when

_SECONDS = "%H:%M:%S"


def write(shown: Shown, events: Sequence[Event], offer: Offer) -> bytes:
    """The document; A4, tagged as French, its text searchable. Times are on the post's clocks."""
    appointment = shown.appointment
    last = events[-1].at if events else appointment.booked_at
    title = f"Attestation du rendez-vous {appointment.reference}"
    page = Paper(title, f"{title}, arrêtée au {_moment(last, offer)}", last)
    page.add_page()
    page.title_of("Attestation de rendez-vous", 20)
    page.title_of(f"{appointment.reference} · {STATUSES[appointment.status]}")
    page.say(f"Arrêtée au {_moment(last, offer)}, heure du poste, date du dernier fait enregistré.")
    page.ln(2)
    page.rows(("Rubrique", "Valeur"), (1, 3), _about(shown, offer))
    page.title_of("Envois")
    page.rows(
        ("DSCE", "Marchandise"),
        (1, 2),
        ((consignment.reference, consignment.title) for consignment in shown.consignments),
    )
    page.title_of("Ce qui s’est passé")
    page.rows(
        ("Enregistré le", "Fait", "Par", "Précision", "N° au journal"),
        (20, 26, 14, 40, 16),
        (
            (
                _moment(event.at, offer),
                event.label,
                history.by(event),
                history.detail(event, offer),
                ", ".join(str(number) for number in event.entries),
            )
            for event in events
        ),
    )
    page.ln(2)
    page.say(
        "Chaque fait est noté une fois au journal du portail, dans l’ordre, et n’y est jamais modifié. Les numéros "
        "ci-dessus se retrouvent, avec leur sceau, dans la copie certifiée de l’envoi. Ce document dit ce qu’il est "
        "advenu du rendez-vous\u00a0; le résultat du contrôle se lit sur l’envoi."
    )
    return bytes(page.output())


def _about(shown: Shown, offer: Offer) -> list[tuple[str, str]]:
    appointment = shown.appointment
    reason = ". ".join(
        part for part in (REASONS.get(appointment.reason, ""), appointment.reason_text) if part
    )
    lines_shown = [
        ("Poste", f"{shown.post.name}, {shown.post.code}"),
        ("Quai", shown.bay_name),
        ("Opérateur", f"{shown.company}, SIREN {french.grouped(appointment.siren)}"),
        ("Contrôle", f"{CONTROLS[appointment.control]}, {french.lower_first(SERVICES[appointment.service])}"),
        (
            "Prévu",
            f"{when(appointment.starts_at, offer)} ({french.duration(appointment.ends_at - appointment.starts_at)})",
        ),
        ("Conteneurs", ", ".join(french.container(number) for number in shown.boxes)),
        ("Présenté", _moment(appointment.arrived_at, offer) if appointment.arrived_at else ""),
        ("Contrôle commencé", _moment(appointment.started_at, offer) if appointment.started_at else ""),
        ("Clos", _moment(appointment.ended_at, offer) if appointment.ended_at else ""),
        ("Motif", reason),
    ]
    return [(label, value) for label, value in lines_shown if value]


def _moment(at: datetime, offer: Offer) -> str:
    there = offer.local(at)
    return f"{french.day(there.date())}, {there.strftime(_SECONDS)}"
