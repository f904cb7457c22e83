"""What nobody answered in time: a place that was held, another time that was proposed or offered."""

from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock, french
from models.appointments.keeping import end, forget_proposal, key_of, tell
from models.appointments.places import give_back
from models.appointments.policy import Asker
from models.appointments.tables import Appointment, WaitingPlace
from models.appointments.vocabulary import Side, Status
from models.appointments.waiting import offer_freed
from models.database import read, write


async def expire() -> int:
    """Give back every place whose time is over; how many there were. Changes nothing when nothing is due."""
    due = await read(_posts_due)
    if not due:
        return 0

    async def verb(db: AsyncSession) -> int:
        return sum([await lapse(db, post_code, clock.now()) for post_code in due])

    return await write(verb)


async def lapse(db: AsyncSession, post_code: str, now: datetime) -> int:
    """The same at one post, in the caller's transaction: who books must not be told that a dead hold has the place."""
    over = select(Appointment).where(
        Appointment.post_code == post_code,
        or_(col(Appointment.held_until) <= now, col(Appointment.proposed_until) <= now),
    )
    found = (await db.exec(over)).all()
    for one in found:
        if one.status == Status.HELD:
            await give_up(db, one, None)
        else:
            await withdraw(db, one, None, "appointment.offer_lapsed")
    if found:
        await db.flush()
        await offer_freed(db, post_code)
    return len(found)


async def give_up(db: AsyncSession, appointment: Appointment, by: Asker | None) -> None:
    """A held place goes back."""
    await tell(db, appointment, "appointment.released", by)
    await end(db, appointment, Status.LAPSED)


async def withdraw(
    db: AsyncSession, appointment: Appointment, by: Asker | None, kind: str, **said: str
) -> None:
    """No other time is proposed any more: the appointment stays as it is, and the place that was kept goes back."""
    key = await key_of(db, appointment)
    waiting = await db.get(WaitingPlace, key)
    if waiting is not None and appointment.proposed_by == Side.SYSTEM:
        waiting.declined = f"{waiting.declined} {french.iso(appointment.proposed_at)}".strip()
        db.add(waiting)
    await give_back(db, key, proposed_only=True)
    await tell(db, appointment, kind, by, proposed_at=french.iso(appointment.proposed_at), **said)
    forget_proposal(appointment)


async def _posts_due(db: AsyncSession) -> list[str]:
    now = clock.now()
    due = or_(col(Appointment.held_until) <= now, col(Appointment.proposed_until) <= now)
    return list((await db.exec(select(Appointment.post_code).where(due).distinct())).all())
