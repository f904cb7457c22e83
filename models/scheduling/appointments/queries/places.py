"""What is taken of bays and inspectors: of an appointment, of a post between two times (SES-12)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime

from sqlalchemy import Integer, bindparam, func
from sqlmodel import SQLModel, col, select

from models.kernel.database import DbSession
from models.kernel.rows import find_each
from models.kernel.statements.compiled import Question
from models.posts.tables import Bay
from models.scheduling.appointments.tables import BayPlace, InspectorPlace
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.slots.asked import Taken

Mine = Mapping[type[SQLModel], Set[tuple[int, datetime]]]
"""What an appointment has: bays, or inspectors, and their quarters."""
_MINE = bindparam("appointment", type_=Integer())
_BAYS_OF = Question(select(BayPlace.bay_id, BayPlace.starts_at).where(col(BayPlace.appointment_id) == _MINE))
_SEATS_OF = Question(
    select(InspectorPlace.seat, InspectorPlace.starts_at).where(col(InspectorPlace.appointment_id) == _MINE)
)


def places_of(db: DbSession, appointment_id: int) -> Mine:
    """The places that an appointment has."""
    values = {"appointment": appointment_id}
    bays, seats = find_each(db, (_BAYS_OF, values), (_SEATS_OF, values))
    return {
        BayPlace: frozenset((bay, at) for bay, at in bays),
        InspectorPlace: frozenset((seat, at) for seat, at in seats),
    }


def rows_of(
    db: DbSession, table: type[BayPlace] | type[InspectorPlace], appointment_id: int
) -> Sequence[tuple[int | None, int, datetime]]:
    """The rows of its places in one of the tables: the key of each, the bay or the seat, and the quarter."""
    which = BayPlace.bay_id if table is BayPlace else InspectorPlace.seat
    rows = select(table.id, which, table.starts_at).where(table.appointment_id == appointment_id)
    return db.exec(rows).all()


def taken(
    db: DbSession,
    post_code: str,
    service: Service,
    since: datetime,
    until: datetime,
    *,
    apart_from: int | None = None,
    without: Collection[int] = (),
) -> Taken:
    """What is taken at the post between two times; `apart_from`, `without`: by others than these appointments."""
    when = (col(InspectorPlace.starts_at) >= since, col(InspectorPlace.starts_at) < until)
    there = (col(InspectorPlace.post_code) == post_code, col(InspectorPlace.service) == service)
    seats: defaultdict[datetime, int] = defaultdict(int)
    rows = select(InspectorPlace.starts_at, InspectorPlace.appointment_id).where(*there, *when)
    for at, whose in db.exec(rows):
        seats[at] += whose != apart_from and whose not in without
    bays: defaultdict[int, set[datetime]] = defaultdict(set)
    places = (
        select(BayPlace.bay_id, BayPlace.starts_at, BayPlace.appointment_id)
        .join(Bay, col(Bay.id) == col(BayPlace.bay_id))
        .where(Bay.post_code == post_code, col(BayPlace.starts_at) >= since, col(BayPlace.starts_at) < until)
    )
    for bay, at, whose in db.exec(places):
        if whose != apart_from and whose not in without:
            bays[bay].add(at)
    return Taken(bays, seats)


def count_double(db: DbSession) -> int:
    """How many quarters of a bay or of an inspector were given more than once: none, thanks to the indexes (SES-12)."""
    seat = InspectorPlace
    keys = (
        (col(BayPlace.bay_id), col(BayPlace.starts_at)),
        (col(seat.post_code), col(seat.service), col(seat.seat), col(seat.starts_at)),
    )
    twice = [select(*key).group_by(*key).having(func.count() > 1) for key in keys]
    return sum([len(db.execute(query).all()) for query in twice])
