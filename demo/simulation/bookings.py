"""The part of the operators at the posts' counters: controls that are asked for get their appointment."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlmodel import col, select

from demo.commands.companies import A
from models.border.consignments.tables import Consignment
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.scheduling.appointments import booking, choices
from models.scheduling.appointments.choices import Bookable, Slots
from models.scheduling.appointments.policy import program
from models.scheduling.appointments.tables import Appointment

_BOOKED, _LEFT_TO_VISITORS = 0.75, 0.3
"""Which share of the controls is booked; and of company A, whose people the visitor plays."""
_AHEAD = timedelta(days=5)
PROGRAM = "demo-partner"


async def book_for(references: Sequence[str]) -> int:
    """Book what is asked for of these consignments, where their company is of those that book; how many were."""
    if not references:
        return 0
    consignments = await read(lambda db: _consignments(db, references))
    return sum([await _book(consignment) for consignment in consignments if _books(consignment)])


def _books(consignment: Consignment) -> bool:
    fate = Random(f"{consignment.reference} books").random()  # noqa: S311 (traffic, not secrets)
    return fate < (_LEFT_TO_VISITORS if consignment.siren == A else _BOOKED)


def _consignments(db: DbSession, references: Sequence[str]) -> list[Consignment]:
    waiting = col(Consignment.action).in_(("present_for_identity", "present_for_physical"))
    rows = select(Consignment).where(col(Consignment.reference).in_(references), waiting)
    return list(db.exec(rows.where(col(Consignment.siren).is_not(None))).all())


async def _book(consignment: Consignment) -> int:
    asker = program(PROGRAM, consignment.siren or "")

    def look(db: DbSession) -> tuple[Bookable, Slots] | None:
        may = choices.bookable(db, asker.viewer, references=[consignment.reference])
        if not may:
            return None
        today = clock.now().date()
        slots = choices.slots(
            db, asker.viewer, [consignment.reference], may[0].controls[0], today, today + _AHEAD
        )
        return (may[0], slots) if isinstance(slots, Slots) else None

    look_found = await read(look)
    free = [slot for slot in look_found[1].answer.slots if slot.places_left] if look_found else []
    if look_found is None or not free:
        return 0
    chosen = Random(consignment.reference).choice(free[:6])  # noqa: S311 (traffic, not secrets)
    appointment = await booking.book(
        asker, consignment.post_code, [consignment.reference], look_found[0].controls[0], chosen.starts_at
    )
    return int(isinstance(appointment, Appointment))
