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
    for due_date in dates:
        calendar.add_component(_event(due_date))
    return bytes(calendar.to_ical())


def _event(due_date: DueDate) -> Event:
    event = Event()
    event.add("uid", f"echeance-{due_date.co_owner}-{due_date.reference}@passavant".lower())
    event.add("dtstamp", due_date.received_at)
    event.add("sequence", due_date.version)
    event.add("dtstart", due_date.due_on)
    event.add("dtend", due_date.due_on + timedelta(days=1))
    event.add("summary", f"{CO_OWNERS[due_date.co_owner]}\u00a0: {title(due_date.nature, due_date.period)}")
    event.add("transp", "TRANSPARENT")
    verb = "Déclaration à déposer" if due_date.kind == "declaration" else "Paiement"
    amount = f", {french.money(due_date.amount)}" if due_date.amount is not None else ""
    event.add("description", f"{verb}{amount}. Référence\u00a0: {due_date.reference}.")
    return event
