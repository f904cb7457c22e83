"""Appointments as a calendar that any agenda reads (RFC 5545): the same event each time, with what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration, vText

from app.documents.time_zones import time_zone, told_in
from models.kernel import french
from models.kernel.settings.portal import settings
from models.scheduling.appointments.queries import Shown
from models.scheduling.appointments.tables import Instructions
from models.scheduling.capacity.words import CONTROLS
from models.scheduling.slots.vocabulary import Status
from models.scheduling.slots.words import OPENING_SIDES, STATUSES

_PRODUCT = "-//Passavant//Rendez-vous//FR"
_TOLD = {
    Status.HELD: "TENTATIVE",
    Status.REQUESTED: "TENTATIVE",
    Status.REFUSED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
    Status.LAPSED: "CANCELLED",
}
_READ_EVERY = timedelta(hours=1)
_ALARMS = (timedelta(days=-1), timedelta(hours=-1))


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a calendar is made."""

    name: str
    own: bool = True
    """Whether it is a person's own: then with reminders, and with the contact; a post's plan has neither."""


def of_appointments(found: Sequence[Shown], audience: Audience) -> bytes:
    """A feed: what an agenda shows instead of what it had before."""
    return _calendar(found, audience, "PUBLISH")


def of_one(found: Shown, *, own: bool) -> bytes:
    """One appointment; once it is cancelled, the file takes it out of the agenda (RFC 5546)."""
    method = "CANCEL" if _status(found) == "CANCELLED" else "PUBLISH"
    return _calendar([found], Audience(f"Rendez-vous {found.appointment.reference}", own=own), method)


def _calendar(visits: Sequence[Shown], audience: Audience, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", audience.name)
    calendar.add("refresh-interval", _READ_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_READ_EVERY))  # a name it does not know: it would write 1:00:00
    years = [visit.appointment.starts_at.year for visit in visits]
    for name in sorted({visit.post.timezone for visit in visits}):
        calendar.add_component(time_zone(name, min(years), max(years)))
    for visit in visits:
        calendar.add_component(_event(visit, audience))
    return bytes(calendar.to_ical())


def _event(visit: Shown, audience: Audience) -> Event:
    appointment, zone = visit.appointment, visit.post.timezone
    event = Event()
    event.add("uid", f"rdv-{appointment.reference.lower()}@passavant")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at.replace(microsecond=0))
    event.add("last-modified", appointment.changed_at.replace(microsecond=0))
    event.add("created", appointment.booked_at.replace(microsecond=0))
    event.add("dtstart", told_in(appointment.starts_at, zone))
    event.add("dtend", told_in(appointment.ends_at, zone))
    event.add("status", _status(visit))
    event.add("summary", _summary(visit, audience))
    event.add("location", f"Poste de contrôle frontalier, {visit.post.name}, {visit.bay_name}")
    event.add("description", "\n".join(_lines(visit, audience)))
    event.add("organizer", _organizer())
    event.add("url", f"{settings().public_url}/{'rendez-vous' if audience.own else 'agent/planning'}")
    if audience.own and _status(visit) != "CANCELLED":
        for before in _ALARMS:
            event.add_component(_alarm(before, _summary(visit, audience)))
    return event


def _status(visit: Shown) -> str:
    return _TOLD.get(Status(visit.appointment.status), "CONFIRMED")


def _summary(visit: Shown, audience: Audience) -> str:
    appointment = visit.appointment
    goods = ", ".join(dict.fromkeys(each.title for each in visit.consignments))
    whose = goods if audience.own else f"{visit.company}, {goods}"
    return french.typeset(f"{CONTROLS[appointment.control]} {appointment.reference} : {whose}")


def _lines(visit: Shown, audience: Audience) -> list[str]:
    appointment, boxes = visit.appointment, [french.container(box) for box in visit.boxes]
    lines = [
        f"Référence à dire à l’entrée\u00a0: {appointment.reference}",
        f"État\u00a0: {STATUSES[appointment.status]}",
        f"Envoi\u00a0: {', '.join(each.reference for each in visit.consignments)}",
        *([f"Conteneur\u00a0: {', '.join(boxes)}"] if boxes else []),
        *(_instructions(visit.instructions, audience) if visit.instructions else []),
    ]
    return [french.typeset(line) for line in lines]


def _instructions(instructions: Instructions, audience: Audience) -> list[str]:
    """What the gate must know; free words and the contact are for those whom they belong to."""
    lines = [
        f"Ouverture\u00a0: {french.lower_first(OPENING_SIDES[instructions.opening_side])}"
        if instructions.opening_side
        else "",
        "Denrées périssables" if instructions.perishable else "",
    ]
    if audience.own:
        contact = ", ".join(part for part in (instructions.contact_name, instructions.contact_phone) if part)
        lines += [
            f"Code du conteneur\u00a0: {instructions.container_code}" if instructions.container_code else "",
            f"Contact\u00a0: {contact}" if contact else "",
            instructions.note,
        ]
    return [line for line in lines if line]


def _organizer() -> vCalAddress:
    """RFC 5546 asks for one in what is published; nobody reads its letters."""
    address = vCalAddress(f"mailto:ne-pas-repondre@{settings().mail_domain}")
    address.params["cn"] = vText("Passavant")
    return address


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", before)
    return alarm
