"""Live visits keep their hours: a check that has its appointment takes place then, any other when the post inspects."""

from datetime import datetime

from sqlmodel import col, func, select

from demo.commands.deeds import officer_of
from demo.simulation.journeys import CHECKS, PRESENT, control_of, share_of
from demo.simulation.lives import Life
from demo.simulation.visits import Slot, need_of, next_inspection
from models.border.consignments.tables import Consignment
from models.border.passage.content import Content
from models.border.passage.rules import Action
from models.border.passage.vocabulary import StepKind
from models.kernel.authorities import Authority
from models.kernel.database import DbSession, read
from models.scheduling.appointments import attendance
from models.scheduling.appointments.tables import Appointment, BookedControl
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status

_STEPS = {
    Action.PRESENT_FOR_IDENTITY: StepKind.IDENTITY,
    Action.CHECK_IDENTITY: StepKind.IDENTITY,
    Action.PRESENT_FOR_PHYSICAL: StepKind.PHYSICAL,
    Action.CHECK_PHYSICALLY: StepKind.PHYSICAL,
}
_BACKLOG = {"FRLEH1": 16, "FRCDG4": 7}
"""Files that inspectors leave waiting at a post: whoever looks in finds an afternoon at work."""


async def keeps_hours(life: Life, due: datetime) -> datetime:
    """When what is due at `due` can take place: a check in its visit, or while the post inspects."""
    action = life.situation.action
    if action not in CHECKS:
        return due
    visit = await read(lambda db: _visit(db, life.ched.reference, _STEPS[action]))
    if visit is None:
        return next_inspection(need_of(life.ched, control_of(life)), due)
    more = Control(visit.control) is Control.BOTH and _STEPS[action] is StepKind.IDENTITY
    return max(due, Slot(visit.starts_at, visit.ends_at).part(share_of(action, more=more)))


async def note_start(life: Life) -> None:
    """The post notes that a visit begins, where one does."""
    action = life.situation.action
    if action not in PRESENT:
        return
    visit = await read(lambda db: _visit(db, life.ched.reference, _STEPS[action]))
    officer = await read(lambda db: officer_of(db, life.ched.post_code))
    if visit is not None and officer is not None:
        await attendance.record(officer, visit.reference, Status.STARTED)


async def can_wait(life: Life, content: Content) -> bool:
    """Whether what inspectors say next, which the life then has heard, would leave them with too little to do."""
    inspected, post_code = life.situation.actor == Authority.SIVEP, life.ched.post_code
    life.hear(content)
    if not inspected or life.situation.actor == Authority.SIVEP or post_code not in _BACKLOG:
        return False
    return await read(lambda db: _waiting(db, post_code)) <= _BACKLOG[post_code]


def _waiting(db: DbSession, post_code: str) -> int:
    here = (Consignment.post_code == post_code, Consignment.actor == Authority.SIVEP)
    still_open = col(Consignment.closed_at).is_(None)
    return db.exec(select(func.count()).select_from(Consignment).where(*here, still_open)).one()


def _visit(db: DbSession, reference: str, step: StepKind) -> Appointment | None:
    rows = (
        select(Appointment)
        .join(BookedControl, col(BookedControl.appointment_id) == col(Appointment.id))
        .join(Consignment, col(Consignment.id) == col(BookedControl.consignment_id))
        .where(Consignment.reference == reference, BookedControl.step == step)
    )
    return db.exec(rows).first()
