"""Due dates as a calendar that any agenda reads (RFC 5545), the same event under the same name each time (PPR-24)."""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Calendar, Event

from models.kernel import french
from models.money.declarations.tables import DueDate
from models.money.payments.words import CO_OWNERS, title

_PRODUCT = "-//Passavant//Echeancier//FR"


def of_due_dates(dates: Sequence[DueDate], company: str) -> bytes:
    """One all-day event for each; an agenda that imports it again replaces what it has."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Échéances, {company}")
    for one in dates:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def _event(one: DueDate) -> Event:
    event = Event()
    event.add("uid", f"echeance-{one.co_owner}-{one.reference}@passavant".lower())
    event.add("dtstamp", one.received_at)
    event.add("sequence", one.version)
    event.add("dtstart", one.due_on)
    event.add("dtend", one.due_on + timedelta(days=1))
    event.add("summary", f"{CO_OWNERS[one.co_owner]}\u00a0: {title(one.nature, one.period)}")
    event.add("transp", "TRANSPARENT")
    verb = "Déclaration à déposer" if one.kind == "declaration" else "Paiement"
    amount = f", {french.money(one.amount)}" if one.amount is not None else ""
    event.add("description", f"{verb}{amount}. Référence\u00a0: {one.reference}.")
    return event
