"""The deeds of the demonstration's past are done again, each through the door that it would have come through."""

from datetime import datetime

from sqlmodel import select

from demo.simulation.bookings import PROGRAM
from demo.simulation.deeds import Booked, Deed, Noted
from demo.simulation.visits import OFFICERS
from models.border.consignments.tables import Consignment
from models.border.messages.actions import receive
from models.identity.access.queries.viewers import standing
from models.identity.accounts.tables import Account
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.scheduling.appointments import attendance, booking
from models.scheduling.appointments.policy import Asker, person, program
from models.scheduling.appointments.tables import Appointment


class Past:
    """Does what was done, at its time; what officers have made impossible since is left."""

    def __init__(self, sender: str) -> None:
        self._sender = sender
        self._officers: dict[str, Asker] = {}
        self._booked: dict[tuple[str, datetime], str] = {}
        """The references of appointments."""

    async def do(self, deed: Deed) -> None:
        """One deed, with the clock held at its time."""
        with clock.past(deed.at):
            match deed:
                case Booked():
                    await self._book(deed)
                case Noted():
                    await self._note(deed)
                case _:
                    await receive(deed.body, self._sender)

    async def _book(self, deed: Booked) -> None:
        visit = deed.visit
        siren = await read(lambda db: _siren(db, visit.reference))
        if siren is None:
            return
        asker, starts_at = program(PROGRAM, siren), visit.slot.starts_at
        appointment = await booking.book(asker, visit.post_code, [visit.reference], visit.control, starts_at)
        if isinstance(appointment, Appointment):
            self._booked[visit.reference, starts_at] = appointment.reference

    async def _note(self, deed: Noted) -> None:
        visit = deed.visit
        reference = self._booked.get((visit.reference, visit.slot.starts_at))
        officer = await self._officer(visit.post_code)
        if reference and officer:
            await attendance.record(officer, reference, deed.status, reason=deed.why or "")

    async def _officer(self, post_code: str) -> Asker | None:
        if post_code not in self._officers:
            asker = await read(lambda db: officer_of(db, post_code))
            if asker is None:
                return None
            self._officers[post_code] = asker
        return self._officers[post_code]


def officer_of(db: DbSession, post_code: str) -> Asker | None:
    """Who keeps the plan of that post in the demonstration; None where nobody does."""
    email = f"{OFFICERS.get(post_code, '')}@demo.passavant.fr"
    number = db.exec(select(Account.id).where(Account.email == email)).first()
    viewers = standing(number, db) if number is not None else []
    return person(viewers[0]) if viewers else None


def _siren(db: DbSession, reference: str) -> str | None:
    owners = db.exec(select(Consignment.siren).where(Consignment.reference == reference))
    return owners.first()
