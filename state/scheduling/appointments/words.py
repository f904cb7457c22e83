"""The words around the slots: what is booked, the time chosen, the place that is held, the notices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.kernel import french
from models.scheduling.appointments.choices import Slots
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.words import CONTROLS, SERVICES
from models.scheduling.slots.asked import Slot
from models.scheduling.slots.calculator import impossible, length
from models.scheduling.slots.prior_notification import notified_until
from models.scheduling.slots.words import clock_at, sentence, when
from state.kit.fields import Choice
from state.scheduling.appointments.rows import hours, long_day


@dataclass
class Subject:
    """What the appointment is for."""

    titles: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    control: str = ""
    """`Contrôle physique, 45 min`"""
    post: str = ""


@dataclass
class Chosen:
    """The time that is chosen."""

    value: str = ""
    day: str = ""
    hours: str = ""
    limit: str = ""
    service: str = ""


@dataclass
class Hold:
    """The place that is kept."""

    reference: str = ""
    until: str = ""
    """ISO: what the countdown is known by."""
    seconds: int = 0
    """How long it is kept from now on: the browser's clock may be wrong."""
    words: str = ""
    at: str = ""


def subject(found: Slots) -> Subject:
    """The consignments, the control and how long it lasts."""
    offer, need = found.wanted.offer, found.wanted.need
    lasts = f", {french.duration(length(need, offer))}" if offer else ""
    return Subject(
        [consignment.title for consignment in found.wanted.consignments],
        [consignment.reference for consignment in found.wanted.consignments],
        f"{CONTROLS[need.control]}{lasts}",
        offer.post_name if offer else "",
    )


def first_possible(found: Slots, now: datetime) -> tuple[str, bool]:
    """The calculator's sentence, and whether nothing at all can be booked (SES-10)."""
    offer, need = found.wanted.offer, found.wanted.need
    return sentence(found.answer, offer, need.service, now), impossible(need, offer) is not None


def notices(found: Slots, now: datetime) -> list[str]:
    """The legal prior notification and the post's cut-offs, apart, and whether these consignments meet the first."""
    offer = found.wanted.offer
    if offer is None:
        return []
    cases = [case for case in found.wanted.need.cases if case.notified_at is not None]
    ends = [
        notified_until(case.notified_at, offer, wood=case.wood).until for case in cases if case.notified_at
    ]
    last = max((end for end in ends if end), default=None)
    runs = (
        f" Le vôtre {'court jusqu’au' if last > now else 'a couru jusqu’au'} {when(last, offer)}."
        if last
        else ""
    )
    many = french.plural(offer.wood_days, "jour ouvré", "jours ouvrés")
    usual = f"de 4{french.NBSP}heures" if offer.four_hours else "d’un jour ouvré"
    legal = f"de {many}" if any(case.wood for case in cases) and offer.wood_days > 1 else usual
    books, changes = french.duration(offer.booking_notice), french.duration(offer.change_notice)
    before = f"réservation {books} avant le créneau au plus tard\u00a0; " if offer.booking_notice else ""
    return [
        french.typeset(
            f"Légal : le DSCE précède l’arrivée {legal} au moins (règlement d’exécution (UE) 2019/1013).{runs}"
        ),
        french.typeset(f"Du poste : {before}déplacement ou annulation jusqu’à {changes} avant l’heure."),
    ]


def chosen(found: Slots, starts_at: datetime) -> Chosen:
    """`Mercredi 25 nov. 2026`, `14 h 30 à 15 h 15`, and until when it can be changed."""
    offer, need = found.wanted.offer, found.wanted.need
    if offer is None:
        return Chosen()
    return Chosen(
        french.iso(starts_at),
        long_day(starts_at, offer),
        hours(starts_at, starts_at + length(need, offer), offer),
        when(starts_at - offer.change_notice, offer),
        SERVICES[need.service],
    )


def hold(held: Shown, found: Slots, now: datetime) -> Hold:
    """The place that this person holds, and for how long."""
    appointment, offer = held.appointment, found.wanted.offer
    until = appointment.held_until or now
    left = max(0, round((until - now) / timedelta(seconds=1)))
    minutes, seconds = divmod(left, 60)
    words = f"{minutes}{french.NBSP}min {seconds:02}{french.NBSP}s"
    return Hold(
        appointment.reference, french.iso(until), left, words, clock_at(until, offer) if offer else ""
    )


def others(free: Sequence[Slot], found: Slots) -> list[Choice]:
    """Other times, as buttons tell them: `mardi 24 nov. à 9 h 00`."""
    offer = found.wanted.offer
    return [Choice(french.iso(slot.starts_at), when(slot.starts_at, offer)) for slot in free] if offer else []


def nearest(found: Slots, starts_at: datetime) -> list[Slot]:
    """The two free times of the week nearest to that one."""
    free = [slot for slot in found.answer.slots if slot.places_left and slot.starts_at != starts_at]
    free.sort(key=lambda slot: abs(slot.starts_at - starts_at))
    return sorted(free[:2], key=lambda one: one.starts_at)


def read_time(value: str) -> datetime | None:
    """The time that a tile names; None for what no tile of ours names."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else None
