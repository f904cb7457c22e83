"""The day itself: checked in at the gate, started, done, not presented, turned away (SES-13).

What happened to an appointment is not the result of the control: that is recorded on the consignment.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.scheduling.appointments.lifecycle import find_as_shown, read_reference
from models.scheduling.appointments.policy import Asker, may_run_at
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.transitions import ROWS, Action, Needs
from models.scheduling.appointments.waiting_list import offer_freed
from models.scheduling.appointments.workflow import apply, may
from models.scheduling.slots.vocabulary import Status, Why

EARLY = timedelta(hours=12)
"""How long before its time an appointment may be checked in: beyond that it is another day's."""
ACTIONS: Mapping[Status, Action] = {
    Status.ARRIVED: Action.ARRIVE,
    Status.STARTED: Action.START,
    Status.DONE: Action.FINISH,
    Status.NOT_PRESENTED: Action.MISS,
    Status.TURNED_AWAY: Action.TURN_AWAY,
}
"""What an officer records of an appointment, by what it then is."""
_NEVER = Refusal("Cela ne peut pas être enregistré de ce rendez-vous, tel qu’il est maintenant.")
_EARLY = Refusal("Ce rendez-vous n’est pas pour aujourd’hui.")
_NOT_YET = Refusal("L’heure du rendez-vous n’est pas passée\u00a0: l’opérateur peut encore se présenter.")
_WHY = Refusal("Dites pourquoi\u00a0: l’opérateur doit le savoir.")


async def record(
    asker: Asker, typed: str, status: Status, *, reason: Why | str = "", text: str = ""
) -> Appointment | Refusal:
    """Record what happened of the appointment of that reference, typed or scanned at the gate."""
    action = ACTIONS.get(status)
    if action is None:
        return _NEVER
    if Needs.REASON in ROWS[action].needs and not reason and not text:
        return _WHY

    def verb(db: DbSession) -> Appointment | Refusal:
        appointment = find_as_shown(db, asker, read_reference(typed))
        if isinstance(appointment, Refusal):
            return appointment
        refusal = may_run_at(asker.viewer, appointment.post_code) or _against(
            appointment, action, clock.now()
        )
        if refusal is not None:
            return refusal
        apply(db, appointment, action, asker, reason=reason, text=text)
        offer_freed(db, appointment.post_code)
        return appointment

    return await write(verb)


def possible(appointment: Appointment, now: datetime) -> list[Status]:
    """What may be recorded of it now."""
    return [status for status, action in ACTIONS.items() if _against(appointment, action, now) is None]


def _against(appointment: Appointment, action: Action, now: datetime) -> Refusal | None:
    if not may(appointment, action):
        return _NEVER
    if appointment.starts_at - now > EARLY:
        return _EARLY
    if Needs.TIME_PAST in ROWS[action].needs and now < appointment.starts_at:
        return _NOT_YET
    return None
