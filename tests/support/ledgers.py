"""Whether the places in the tables are those of the appointments: what must hold at any moment (SES-12)."""

from collections import Counter, defaultdict
from datetime import datetime

from sqlmodel import col, select

from models.kernel.database import DbSession
from models.scheduling.appointments.queries.places import count_double
from models.scheduling.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    BayPlace,
    BookedControl,
    InspectorPlace,
)
from models.scheduling.capacity.offer import quarters
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import LIVE, Status

Places = defaultdict[int, Counter[tuple[int, datetime]]]


def faults(db: DbSession) -> list[str]:
    """What does not hold, in words; nothing when the ledger is true."""
    found = [f"{count_double(db)} places given twice"] if count_double(db) else []
    bays, seats = _bays(db), _seats(db)
    booked = _booked(db)
    for one in db.exec(select(Appointment)):
        found += _faults_of(one, bays.pop(one.id or 0, Counter()), seats.pop(one.id or 0, Counter()))
        expected = _controls(db, one) if one.status in LIVE else set()
        if booked.pop(one.id or 0, set()) != expected:
            found.append(f"{one.reference} {one.status}: controls")
    return found + [f"places of nobody: {key}" for key in {*bays, *seats, *booked}]


def _faults_of(one: Appointment, bays: Counter[tuple[int, datetime]], seats: Counter[datetime]) -> list[str]:
    keeps = one.status in LIVE or one.status == Status.DONE
    has = {(one.bay_id, at) for at in quarters(one.starts_at, one.ends_at)} if keeps else set()
    proposed = one.proposed_at and one.proposed_end and one.proposed_bay
    if one.proposed_at and one.proposed_end and one.proposed_bay:
        has |= {(one.proposed_bay, at) for at in quarters(one.proposed_at, one.proposed_end)}
    wrong = []
    if bays != Counter(has):
        wrong.append(f"{one.reference} {one.status}: bays {sorted(bays)} and not {sorted(has)}")
    if seats != Counter({at for _, at in has}):
        wrong.append(f"{one.reference} {one.status}: inspectors {sorted(seats)}")
    if proposed and not keeps:
        wrong.append(f"{one.reference} {one.status}: proposal")
    return wrong


def _bays(db: DbSession) -> Places:
    found: Places = defaultdict(Counter)
    for row in db.exec(select(BayPlace)):
        found[row.appointment_id][row.bay_id, row.starts_at] += 1
    return found


def _seats(db: DbSession) -> defaultdict[int, Counter[datetime]]:
    found: defaultdict[int, Counter[datetime]] = defaultdict(Counter)
    for row in db.exec(select(InspectorPlace)):
        found[row.appointment_id][row.starts_at] += 1
    return found


def _booked(db: DbSession) -> defaultdict[int, set[tuple[int, str]]]:
    found: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
    for row in db.exec(select(BookedControl)):
        found[row.appointment_id].add((row.consignment_id, row.step))
    return found


def _controls(db: DbSession, one: Appointment) -> set[tuple[int, str]]:
    mine = select(AppointmentConsignment.consignment_id).where(
        col(AppointmentConsignment.appointment_id) == one.id
    )
    steps = Control(one.control).steps
    return {(consignment, str(step)) for consignment in db.exec(mine) for step in steps}
