"""What nobody answered in time: a place that was held, another time that was proposed or offered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.kernel import clock, french
from models.kernel.database import DbSession, read, write
from models.scheduling.appointments.lifecycle import key_of
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.queries import changes as queries
from models.scheduling.appointments.tables import Appointment, WaitingPlace
from models.scheduling.appointments.transitions import Action
from models.scheduling.appointments.waiting_list import offer_freed
from models.scheduling.appointments.workflow import apply
from models.scheduling.slots.vocabulary import Side, Status, Why

UNRECORDED_AFTER = timedelta(hours=12)


async def expire() -> int:
    """Give back every place whose time is over; how many there were. Changes nothing when nothing is due."""
    due = await read(_posts_due)
    if not due:
        return 0

    def verb(db: DbSession) -> int:
        return sum([lapse(db, post_code, clock.now()) for post_code in due])

    return await write(verb)


def lapse(db: DbSession, post_code: str, now: datetime) -> int:
    """The same at one post, in the caller's transaction: who books must not be told that a dead hold has the place."""
    appointments = [appointment for appointment in queries.due(db, now) if appointment.post_code == post_code]
    for appointment in appointments:
        if appointment.status == Status.HELD:
            give_up(db, appointment, None)
        else:
            withdraw(db, appointment, None, Action.LAPSE)
    if appointments:
        db.flush()
        offer_freed(db, post_code)
    return len(appointments)


async def close_unrecorded() -> int:
    """End what nobody said anything of for half a day after its time; how many there were.

    Its controls may then be booked anew: else a post that records nothing would keep a consignment from it for
    ever. What became of it can still be recorded (SES-13).
    """
    if not await read(lambda db: _unrecorded(db, clock.now())):
        return 0

    def verb(db: DbSession) -> int:
        appointments = _unrecorded(db, clock.now())
        for appointment in appointments:
            apply(db, appointment, Action.LEAVE_UNRECORDED, None)
        return len(appointments)

    return await write(verb)


def give_up(db: DbSession, appointment: Appointment, by: Asker | None) -> None:
    """A held place goes back."""
    apply(db, appointment, Action.RELEASE, by)


def withdraw(
    db: DbSession,
    appointment: Appointment,
    by: Asker | None,
    action: Action,
    reason: Why | str = "",
    text: str = "",
) -> None:
    """No other time is proposed any more: the appointment stays as it is, and the place that was kept goes back."""
    waiting = db.get(WaitingPlace, key_of(db, appointment))
    if waiting is not None and appointment.proposed_by == Side.SYSTEM:
        waiting.declined = f"{waiting.declined} {french.iso(appointment.proposed_at)}".strip()
        db.add(waiting)
    proposed_at = french.iso(appointment.proposed_at)
    apply(db, appointment, action, by, reason=reason, text=text, proposed_at=proposed_at)


def holds_of(db: DbSession, account_id: int) -> list[Appointment]:
    """What this person holds, be its time over or not."""
    appointments = queries.held(db)
    return [
        appointment
        for appointment in appointments
        if appointment.booked_by == account_id and appointment.status == Status.HELD
    ]


def _posts_due(db: DbSession) -> list[str]:
    return sorted({appointment.post_code for appointment in queries.due(db, clock.now())})


def _unrecorded(db: DbSession, now: datetime) -> Sequence[Appointment]:
    return queries.ended_by(db, now - UNRECORDED_AFTER)
