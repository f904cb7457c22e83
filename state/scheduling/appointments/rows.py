"""Appointments as screens show them: French words, on the clocks of the post (SES-50)."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from models.border.passage.vocabulary import ConsignmentState
from models.kernel import french
from models.posts.tables import Post
from models.scheduling.appointments.lifecycle import stamp_of
from models.scheduling.appointments.queries import Shown
from models.scheduling.appointments.tables import Appointment
from models.scheduling.calendars.queries.agenda import waits_for_operator
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.words import CONTROLS, WEEKDAYS
from models.scheduling.slots.vocabulary import COMING, Side, Status
from models.scheduling.slots.words import REASONS, STATUSES, clock_at, spoken, told_apart, when

GLYPHS = {
    Status.CONFIRMED: ConsignmentState.RELEASED,
    Status.ARRIVED: ConsignmentState.IN_PROGRESS,
    Status.STARTED: ConsignmentState.IN_PROGRESS,
    Status.DONE: ConsignmentState.RELEASED,
    Status.NOT_PRESENTED: ConsignmentState.BLOCKED,
    Status.TURNED_AWAY: ConsignmentState.BLOCKED,
    Status.UNRECORDED: ConsignmentState.CANCELLED,
    Status.REFUSED: ConsignmentState.BLOCKED,
    Status.CANCELLED: ConsignmentState.CANCELLED,
    Status.LAPSED: ConsignmentState.CANCELLED,
}
HOME = "/rendez-vous"
NEW = "/rendez-vous/nouveau"


@dataclass
class Proposal:
    """Another time that is proposed, and who must answer until when."""

    mine: bool = False
    """Whether the operator answers."""
    offered: bool = False
    """Whether it comes from the waiting list: nothing is asked to whom declines."""
    title: str = ""
    sentence: str = ""
    until: str = ""
    """`Répondez avant mardi 24 nov. à 10 h 30.`"""
    reason: str = ""


@dataclass
class Line:
    """An appointment in a list."""

    reference: str = ""
    shown: str = ""
    """The reference as people read it: `LEH 7K4Q2`."""
    href: str = ""
    iso: str = ""
    weekday: str = ""
    day: str = ""
    month: str = ""
    hours: str = ""
    title: str = ""
    about: list[str] = field(default_factory=list)
    state: str = ""
    state_label: str = ""
    note: str = ""
    proposal: Proposal = field(default_factory=Proposal)
    stamp: str = ""


def clocks(post: Post) -> Offer:
    """The clocks of the post, for words that tell a time."""
    return Offer(post.code, post.name, ZoneInfo(post.timezone))


def hours(starts_at: datetime, ends_at: datetime, offer: Offer) -> str:
    """`14 h 30 à 15 h 15`; `… (heure de La Réunion)` where the clocks are not those of Paris."""
    return told_apart(f"{clock_at(starts_at, offer)} à {clock_at(ends_at, offer)}", offer)


def long_day(at: datetime, offer: Offer) -> str:
    """`Mercredi 25 nov. 2026`."""
    day = offer.local(at).date()
    words = f"{WEEKDAYS[day.weekday()]} {french.day(day)}"
    return words[:1].upper() + words[1:]


def named(shown: Shown) -> str:
    """`Avocats du Pérou`, `Avocats du Pérou et 2 autres envois`."""
    titles = [consignment.title for consignment in shown.consignments]
    if len(titles) < 2:
        return "".join(titles)
    return f"{titles[0]} et {french.plural(len(titles) - 1, 'autre envoi', 'autres envois')}"


def line(shown: Shown, now: datetime) -> Line:
    """One appointment of a list (SES-10, SES-11)."""
    appointment, offer = shown.appointment, clocks(shown.post)
    there = offer.local(appointment.starts_at)
    boxes = [french.container(box) for box in shown.boxes]
    about = [f"{CONTROLS[appointment.control]}, {shown.bay_name}", shown.post.name, *boxes[:1]]
    if len(boxes) > 1:
        about.append(f"et {french.plural(len(boxes) - 1, 'autre conteneur', 'autres conteneurs')}")
    return Line(
        reference=appointment.reference,
        shown=spoken(appointment.reference),
        href=f"{HOME}/{appointment.reference}",
        iso=french.iso(appointment.starts_at),
        weekday=WEEKDAYS[there.weekday()][:3] + ".",
        day=str(there.day),
        month=format_date(there.date(), "MMM", locale="fr"),
        hours=hours(appointment.starts_at, appointment.ends_at, offer),
        title=named(shown),
        about=about,
        state=GLYPHS.get(Status(appointment.status), ConsignmentState.WAITING),
        state_label=STATUSES[appointment.status],
        note=_note(shown),
        proposal=proposal(appointment, offer, now),
        stamp=stamp_of(appointment),
    )


def _note(shown: Shown) -> str:
    appointment = shown.appointment
    if appointment.status in COMING:
        return "En liste d’attente pour une place plus tôt." if shown.waiting else ""
    why = REASONS.get(appointment.reason, "")
    return f"Motif{french.NBSP}: {french.lower_first(why)}." if why else ""


def proposal(appointment: Appointment, offer: Offer, now: datetime) -> Proposal:
    """Another time than the one that holds, if one is proposed (SES-11)."""
    if (
        appointment.proposed_at is None
        or appointment.proposed_until is None
        or appointment.proposed_until <= now
    ):
        return Proposal()
    awaits, offered = waits_for_operator(appointment, now), appointment.proposed_by == Side.SYSTEM
    at, until = when(appointment.proposed_at, offer), when(appointment.proposed_until, offer)
    title = f"Une place s’est libérée plus tôt{french.NBSP}: {at}" if offered else f"Le poste propose {at}"
    kept = (
        f"au lieu de {when(appointment.starts_at, offer)}, qui reste à vous tant que vous n’avez pas accepté"
    )
    motive = REASONS.get(appointment.reason, "")
    reason = ". ".join(part for part in (motive, appointment.reason_text) if part)
    return Proposal(
        awaits,
        offered,
        title if awaits else f"Vous avez proposé {at}",
        f"{kept[:1].upper()}{kept[1:]}." if awaits else "Le poste doit répondre.",
        f"Répondez avant {until}."
        if awaits
        else f"Sans réponse avant {until}, le rendez-vous reste tel quel.",
        reason,
    )


def brief(shown: Shown) -> str:
    """`Rendez-vous mardi 24 nov. à 10 h 30, Quai 3`: in the timeline of a consignment (SES-02)."""
    appointment, offer = shown.appointment, clocks(shown.post)
    tail = " (à confirmer par le poste)" if appointment.status == Status.REQUESTED else ""
    return f"Rendez-vous {when(appointment.starts_at, offer)}, {shown.bay_name}{tail}"
