"""What a fact about a consignment does to its appointments, in the transaction of the fact, and says so.

A decision that leaves nothing to inspect cancels what is to come. A check that was carried out on the day of its
appointment, or later, was that appointment: it is done, whoever recorded the check and wherever.
"""

from dataclasses import replace

from models.border.consignments.settlement import on_change
from models.border.passage.vocabulary import StepStatus
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.scheduling.appointments.facts import Wanted
from models.scheduling.appointments.queries.changes import booked_for
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.transitions import Action
from models.scheduling.appointments.waiting_list import need_of, offer_freed
from models.scheduling.appointments.workflow import apply, may
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.asked import Cause
from models.scheduling.slots.calculator import impossible
from models.scheduling.slots.vocabulary import LIVE, UNDER_WAY, Status, Why

_VOID = frozenset({Cause.ENDED, Cause.DONE, Cause.NOT_REQUIRED, Cause.DRAFT})
_CARRIED_OUT = (StepStatus.SATISFACTORY, StepStatus.UNSATISFACTORY)


@on_change
def void(db: DbSession, consignment_id: int) -> None:
    """End what this consignment has no use for any more: decided, already inspected, not to be inspected.

    An appointment for several consignments is kept for the others, and one for two checks while either is due:
    only when nothing of it is needed does it end. One that is under way is never cancelled.
    """
    for appointment in booked_for(db, consignment_id):
        wanted = need_of(db, appointment)
        if appointment.status not in LIVE or isinstance(wanted, Refusal) or not _useless(appointment, wanted):
            continue
        action = _ending(appointment, wanted)
        if action is not None:
            apply(
                db,
                appointment,
                action,
                None,
                reason="" if action is Action.FINISH_BY_RESULT else Why.CONTROL_VOID,
            )
            offer_freed(db, appointment.post_code)


def _ending(appointment: Appointment, wanted: Wanted) -> Action | None:
    if _carried_out(appointment, wanted):
        return Action.FINISH_BY_RESULT
    return next(
        (possible for possible in (Action.VOID, Action.VOID_HOLD) if may(appointment, possible)), None
    )


def _useless(appointment: Appointment, wanted: Wanted) -> bool:
    need, steps = wanted.need, Control(appointment.control).steps
    parts = [replace(need.for_one(case), control=Control(step)) for case in need.cases for step in steps]
    obstacles = [impossible(part, wanted.offer) for part in parts]
    return all(obstacle is not None and obstacle.cause in _VOID for obstacle in obstacles)


def _carried_out(appointment: Appointment, wanted: Wanted) -> bool:
    """Whether a check of it was carried out, on its day or later: what is done sooner needed no appointment."""
    if appointment.status == Status.HELD or wanted.offer is None:
        return False
    today = wanted.offer.local(clock.now()).date() >= wanted.offer.local(appointment.starts_at).date()
    steps = Control(appointment.control).steps
    carried_out = any(
        case.passage.status(step) in _CARRIED_OUT for case in wanted.need.cases for step in steps
    )
    return carried_out and (today or appointment.status in UNDER_WAY)
