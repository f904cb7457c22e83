"""Taking places and giving them back. The database decides who has them: nothing is counted before it is written.

Two unique indexes say that a bay, and an inspector, has one appointment at a time (SES-12): each row is offered to
them, and what they do not take is not ours. What was seen taken only says which bay is tried first.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col

from models.kernel.database import DbSession
from models.kernel.rows import Rows, delete_rows, insert_each_free, insert_free
from models.scheduling.appointments.queries.places import Mine, places_of, rows_of
from models.scheduling.appointments.tables import BayPlace, BookedControl, InspectorPlace
from models.scheduling.capacity.offer import quarters

_TABLES = (BayPlace, InspectorPlace)


def take(
    db: DbSession,
    appointment_id: int,
    bays: Sequence[int],
    seats: Mapping[datetime, int],
    post: tuple[str, str],
    *,
    proposed: bool = False,
    new: bool = False,
) -> int | None:
    """Take one of `bays`, tried in that order, and an inspector in every quarter of `seats`; the bay, if one was had.

    `seats`: how many inspectors are on duty in each quarter. `post`: its code, and the service. What the
    appointment has already counts as taken by it, unless it is `new`. When it cannot be had whole, nothing new
    is kept.
    """
    held_places: Mine = {} if new else places_of(db, appointment_id)
    had = held_places.get(BayPlace, frozenset())
    for rank, bay in enumerate(bays):
        row = {"bay_id": bay, "appointment_id": appointment_id, "proposed": proposed}
        rows = [{**row, "starts_at": at} for at in seats if (bay, at) not in had]
        written = insert_free(db, BayPlace, rows)
        whole = written == len(rows)
        if whole and _take_inspectors(db, appointment_id, seats, post, held_places, rank, proposed=proposed):
            return bay
        if written:
            _give_up(db, BayPlace, appointment_id, had)
        if whole:
            return None  # there is a bay, but nobody to inspect in it: another one would not help
    return None


def take_new(
    db: DbSession,
    appointment_id: int,
    controls: Rows,
    bays: Sequence[int],
    first: int,
    seats: Mapping[datetime, int],
    post: tuple[str, str],
) -> tuple[bool, int | None]:
    """All that a new appointment needs, offered to the database in one way: its controls, the bay `first`, inspectors.

    Whether the controls were had, and the bay. Where they are not to be had whole, the other bays are tried in turn.
    """
    rank = bays.index(first)
    row = {"appointment_id": appointment_id, "proposed": False}
    there = {**row, "post_code": post[0], "service": post[1]}
    booked, placed, seated = insert_each_free(
        db,
        (BookedControl, controls),
        (BayPlace, [row | {"bay_id": first, "starts_at": at} for at in seats]),
        (
            InspectorPlace,
            [there | {"starts_at": at, "seat": rank % number} for at, number in seats.items() if number],
        ),
    )
    if booked < len(controls):
        return False, None
    if placed == len(seats):
        held_places = places_of(db, appointment_id) if seated < placed else {}
        whole = seated == placed or _take_inspectors(
            db, appointment_id, seats, post, {BayPlace: frozenset(), **held_places}, rank + 1, proposed=False
        )
        return True, first if whole else None
    give_back(db, appointment_id)
    return True, take(db, appointment_id, [bay for bay in bays if bay != first], seats, post, new=True)


def _take_inspectors(
    db: DbSession,
    appointment_id: int,
    seats: Mapping[datetime, int],
    post: tuple[str, str],
    held_places: Mine,
    rank: int,
    *,
    proposed: bool,
) -> bool:
    """One inspector in every quarter; tried first: the one who bears the bay's `rank`, whom no other bay asks for."""
    had = held_places.get(InspectorPlace, frozenset())
    lacking = {at: number for at, number in seats.items() if at not in {when for _, when in had}}
    row = {"post_code": post[0], "service": post[1], "appointment_id": appointment_id, "proposed": proposed}
    for turn in range(max(lacking.values(), default=0)):
        rows = [
            {**row, "starts_at": at, "seat": (rank + turn) % number}
            for at, number in lacking.items()
            if turn < number
        ]
        written = insert_free(db, InspectorPlace, rows)
        if written == len(lacking):
            return True
        if written:
            has = {at for _, at in places_of(db, appointment_id)[InspectorPlace]}
            lacking = {at: number for at, number in lacking.items() if at not in has}
    if lacking:
        _give_up(db, InspectorPlace, appointment_id, had)
    return not lacking


def _give_up(
    db: DbSession,
    table: type[BayPlace] | type[InspectorPlace],
    appointment_id: int,
    held_places: Set[tuple[int, datetime]],
) -> None:
    """Give back what was just taken: all but what the appointment had before."""
    if not held_places:
        delete_rows(db, table, appointment_id=appointment_id)
        return
    new = [row for row, place, at in rows_of(db, table, appointment_id) if (place, at) not in held_places]
    if new:
        db.execute(delete(table).where(col(table.id).in_(new)))


def give_back(db: DbSession, appointment_id: int, *, proposed_only: bool = False) -> None:
    """Free the places of an appointment: all, or those that a proposal keeps."""
    for table in _TABLES:
        gone = delete(table).where(col(table.appointment_id) == appointment_id)
        db.execute(gone.where(col(table.proposed).is_(True)) if proposed_only else gone)


def keep_only(db: DbSession, appointment_id: int, bay: int, starts_at: datetime, ends_at: datetime) -> None:
    """Free all that is not the bay and the time that now hold, which are no proposal any more."""
    times = list(quarters(starts_at, ends_at))
    for table in _TABLES:
        condition = col(table.appointment_id) == appointment_id
        db.execute(delete(table).where(condition, col(table.starts_at).not_in(times)))
        db.execute(update(table).where(condition).values(proposed=False))
    elsewhere = delete(BayPlace).where(col(BayPlace.appointment_id) == appointment_id)
    db.execute(elsewhere.where(col(BayPlace.bay_id) != bay))
