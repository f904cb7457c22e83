"""A decision that leaves nothing to inspect cancels the appointment, in its own transaction, and says so."""

from dataclasses import replace

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.appointments.asked import Cause
from models.appointments.calculator import impossible
from models.appointments.keeping import end, tell
from models.appointments.tables import Appointment, BookedControl
from models.appointments.vocabulary import COMING, Status, Why
from models.appointments.waiting import need_of, offer_freed
from models.consignments.policy import Refusal
from models.posts.vocabulary import Control

_VOID = frozenset({Cause.ENDED, Cause.DONE, Cause.NOT_REQUIRED, Cause.DRAFT})
_CANCELLED = COMING | {Status.HELD}


async def void(db: AsyncSession, consignment_id: int) -> None:
    """Cancel what this consignment has no use for any more: decided, already inspected, not to be inspected.

    An appointment for several consignments is kept for the others: only when none needs it is it cancelled.
    One that is under way is left to the officers who inspect.
    """
    booked = select(BookedControl.appointment_id).where(BookedControl.consignment_id == consignment_id)
    ids = (await db.exec(booked.distinct())).all()
    if not ids:
        return
    for appointment in (await db.exec(select(Appointment).where(col(Appointment.id).in_(ids)))).all():
        if appointment.status in _CANCELLED and await _useless(db, appointment):
            await end(db, appointment, Status.CANCELLED, Why.CONTROL_VOID)
            appointment.sequence += 1
            await tell(db, appointment, "appointment.cancelled", None, reason=Why.CONTROL_VOID)
            await db.flush()
            await offer_freed(db, appointment.post_code)


async def _useless(db: AsyncSession, appointment: Appointment) -> bool:
    wanted = await need_of(db, appointment)
    if isinstance(wanted, Refusal):
        return False
    need, steps = wanted.need, Control(appointment.control).steps
    parts = [replace(need.for_one(case), control=Control(step)) for case in need.cases for step in steps]
    found = [impossible(part, wanted.offer) for part in parts]
    return all(one is not None and one.cause in _VOID for one in found)
