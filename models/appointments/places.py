"""Taking places and giving them back. The database decides who has them: nothing here looks before it writes.

Two unique indexes say that a bay, and an inspector, has one appointment at a time (SES-12): each row is offered to
them, and what they do not take is not ours.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.appointments.tables import BayPlace, InspectorPlace
from models.posts.offer import quarters
from models.rows import insert_free

_TABLES = (BayPlace, InspectorPlace)


async def take(
    db: AsyncSession,
    appointment_id: int,
    bays: Sequence[int],
    seats: Mapping[datetime, int],
    post: tuple[str, str],
    *,
    proposed: bool = False,
) -> int | None:
    """Take one of `bays`, tried in that order, and an inspector in every quarter of `seats`; the bay, if one was had.

    `seats`: how many inspectors are on duty in each quarter. `post`: its code, and the service. What the
    appointment has already counts as taken by it. When it cannot be had whole, nothing new is kept.
    """
    mine = await _mine(db, appointment_id)
    for bay in bays:
        rows = [
            _bay_row(bay, at, appointment_id, proposed) for at in seats if (bay, at) not in mine[BayPlace]
        ]
        if await insert_free(db, BayPlace, rows) == len(rows):
            if await _take_inspectors(
                db, appointment_id, seats, post, mine[InspectorPlace], proposed=proposed
            ):
                return bay
            await _give_up(db, BayPlace, appointment_id, mine[BayPlace])
            return None
        await _give_up(db, BayPlace, appointment_id, mine[BayPlace])
    return None


async def _take_inspectors(
    db: AsyncSession,
    appointment_id: int,
    seats: Mapping[datetime, int],
    post: tuple[str, str],
    mine: set[tuple[int, datetime]],
    *,
    proposed: bool,
) -> bool:
    have = {at for _, at in mine}
    for at, number in seats.items():
        if at in have:
            continue
        row = {"post_code": post[0], "service": post[1], "starts_at": at, "appointment_id": appointment_id}
        for seat in range(number):
            if await insert_free(db, InspectorPlace, [{**row, "seat": seat, "proposed": proposed}]):
                break
        else:
            await _give_up(db, InspectorPlace, appointment_id, mine)
            return False
    return True


async def _mine(db: AsyncSession, appointment_id: int) -> dict[type[SQLModel], set[tuple[int, datetime]]]:
    bays = select(BayPlace.bay_id, BayPlace.starts_at).where(BayPlace.appointment_id == appointment_id)
    seats = select(InspectorPlace.seat, InspectorPlace.starts_at).where(
        InspectorPlace.appointment_id == appointment_id
    )
    return {
        BayPlace: {(bay, at) for bay, at in await db.exec(bays)},
        InspectorPlace: {(seat, at) for seat, at in await db.exec(seats)},
    }


def _bay_row(bay: int, at: datetime, appointment_id: int, proposed: bool) -> dict[str, Any]:
    return {"bay_id": bay, "starts_at": at, "appointment_id": appointment_id, "proposed": proposed}


async def _give_up(
    db: AsyncSession,
    table: type[BayPlace] | type[InspectorPlace],
    appointment_id: int,
    mine: set[tuple[int, datetime]],
) -> None:
    """Give back what was just taken: all but what the appointment had before."""
    which = BayPlace.bay_id if table is BayPlace else InspectorPlace.seat
    rows = select(table.id, which, table.starts_at).where(table.appointment_id == appointment_id)
    new = [row for row, place, at in await db.exec(rows) if (place, at) not in mine]
    if new:
        await db.execute(delete(table).where(col(table.id).in_(new)))


async def give_back(db: AsyncSession, appointment_id: int, *, proposed_only: bool = False) -> None:
    """Free the places of an appointment: all, or those that a proposal keeps."""
    for table in _TABLES:
        gone = delete(table).where(col(table.appointment_id) == appointment_id)
        await db.execute(gone.where(col(table.proposed).is_(True)) if proposed_only else gone)


async def keep_only(
    db: AsyncSession, appointment_id: int, bay: int, starts_at: datetime, ends_at: datetime
) -> None:
    """Free all that is not the bay and the time that now hold, which are no proposal any more."""
    times = list(quarters(starts_at, ends_at))
    for table in _TABLES:
        mine = col(table.appointment_id) == appointment_id
        await db.execute(delete(table).where(mine, col(table.starts_at).not_in(times)))
        await db.execute(update(table).where(mine).values(proposed=False))
    elsewhere = delete(BayPlace).where(col(BayPlace.appointment_id) == appointment_id)
    await db.execute(elsewhere.where(col(BayPlace.bay_id) != bay))


async def count_double(db: AsyncSession) -> int:
    """How many quarters of a bay were given more than once: none, as long as the index is there (SES-12)."""
    twice = (
        select(BayPlace.bay_id)
        .group_by(col(BayPlace.bay_id), col(BayPlace.starts_at))
        .having(func.count() > 1)
    )
    return len((await db.exec(twice)).all())
