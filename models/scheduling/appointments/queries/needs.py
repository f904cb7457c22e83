"""What the calculator must know of consignments, in one statement that is made once (SES-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, and_, bindparam, func, or_, select
from sqlmodel import SQLModel, UTCDateTime, col

from models.border.consignments.policy import WITHIN, scope_of, seeing
from models.border.consignments.tables import Consignment, Container, GoodsLine, Step
from models.border.passage.fold import StepNow
from models.border.passage.vocabulary import StepKind
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import find_each, find_rows
from models.kernel.statements.among import Among
from models.kernel.statements.compiled import Question
from models.posts.tables import Bay, PostTerms
from models.scheduling.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    BayPlace,
    BookedControl,
)

_WOOD = ("4401", "4403", "4404", "4406", "4407")
"""Headings of the customs tariff read as unprocessed wood: docs/limits.md says what was not verified."""
_NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime())
_AT: BindParameter[datetime] = bindparam("at", type_=UTCDateTime())
_UNTIL: BindParameter[datetime] = bindparam("until", type_=UTCDateTime())
_SOON = timedelta(hours=3)
"""Most controls last less; of one that lasts longer, the end is not looked at."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A consignment as the calculator looks at it, and the offer of its post by its stamp (SES-12)."""

    key: int
    reference: str
    title: str
    ched_type: str
    siren: str | None
    post_code: str
    ched_status: str
    ched_issued_at: datetime
    containers: int
    wood: bool
    """Whether it holds unprocessed wood."""
    offer: str
    """Empty for a post that takes no appointments."""
    overdue: bool
    """Whether a place that nobody answered for in time is to be given back first, at whatever post."""
    steps: Mapping[str, StepNow] = field(default_factory=dict)
    booked: Mapping[StepKind, int] = field(default_factory=dict)
    """The appointment of each step that has one."""


Busy = frozenset[tuple[int, datetime]]
"""Bays, and their quarters that are taken."""
_OF_CONSIGNMENT = [each.name for each in fields(Inspected) if each.name not in ("steps", "booked")]
_OF_STEP = len(fields(StepNow))
_BY_KEY = col(BookedControl.consignment_id) == col(Step.consignment_id)


def _counted(
    table: type[SQLModel], number: ColumnElement[bool], *which: ColumnElement[bool]
) -> ScalarSelect[int]:
    return (
        select(func.count()).select_from(table).where(number, *which).correlate(Consignment).scalar_subquery()
    )


def _overdue() -> ScalarSelect[int]:
    """Two indexes that the past is not in, each read by itself: SQLite would else walk through all that a post ever had."""
    held = select(func.count()).where(col(Appointment.held_until) <= _NOW).scalar_subquery()
    proposed = select(func.count()).where(col(Appointment.proposed_until) <= _NOW).scalar_subquery()
    return select(held + proposed).scalar_subquery()


def _inspected(*which: Any) -> Any:
    """A line for each step of the consignments: what is said of the consignment stands in each."""
    number = col(Consignment.id)
    wood = or_(*(col(GoodsLine.cn_code).startswith(heading) for heading in _WOOD))
    return (
        select(
            number.label("key"),
            col(Consignment.reference),
            col(Consignment.title),
            col(Consignment.ched_type),
            col(Consignment.siren),
            col(Consignment.post_code),
            col(Consignment.ched_status),
            col(Consignment.ched_issued_at),
            _counted(Container, col(Container.consignment_id) == number).label("containers"),
            _counted(GoodsLine, col(GoodsLine.consignment_id) == number, wood).label("wood"),
            func.coalesce(PostTerms.stamp, "").label("offer"),
            _overdue().label("overdue"),
            col(Step.kind),
            col(BookedControl.appointment_id),
            *(getattr(Step, each.name) for each in fields(StepNow)),
        )
        .select_from(Consignment)
        .outerjoin(PostTerms, col(PostTerms.post_code) == col(Consignment.post_code))
        .outerjoin(Step, col(Step.consignment_id) == number)
        .outerjoin(BookedControl, and_(_BY_KEY, col(BookedControl.step) == col(Step.kind)))
        .where(*which)
    )


_NAMED = {
    scope: Question(
        _inspected(condition, Among(col(Consignment.reference), "references")).order_by(col(Consignment.id))
    )
    for scope, condition in WITHIN.items()
}
_OF_APPOINTMENT = Question(
    _inspected(col(AppointmentConsignment.appointment_id) == bindparam("appointment"))
    .join(AppointmentConsignment, col(AppointmentConsignment.consignment_id) == col(Consignment.id))
    .order_by(col(AppointmentConsignment.id))
)
_BUSY = Question(
    select(col(BayPlace.bay_id), col(BayPlace.starts_at))
    .join(Bay, col(Bay.id) == col(BayPlace.bay_id))
    .join(Consignment, col(Consignment.post_code) == col(Bay.post_code))
    .where(Among(col(Consignment.reference), "references"))
    .where(col(BayPlace.starts_at) >= _AT, col(BayPlace.starts_at) < _UNTIL)
)
"""At the posts of these consignments."""


def named(
    db: DbSession, viewer: Viewer, references: Sequence[str], at: datetime | None = None
) -> tuple[dict[str, Inspected], Busy]:
    """The consignments of these references that exist for this person, by reference; and what is taken of bays from that time on.

    Who has what, the database decides when a place is written: the second only says which bay is tried first.
    """
    values = {"references": references, "now": clock.now(), **seeing(viewer)}
    inspected = (_NAMED[scope_of(viewer)], values)
    if at is None:
        rows: Sequence[Any] = find_rows(db, inspected[0], **values)
        busy: Sequence[Any] = ()
    else:
        rows, busy = find_each(
            db, inspected, (_BUSY, {"references": references, "at": at, "until": at + _SOON})
        )
    return {each.reference: each for each in _read(rows)}, frozenset(map(tuple, busy))


def of_appointment(db: DbSession, appointment_id: int) -> list[Inspected]:
    """What an appointment is for, in the order in which they were chosen; whoever they belong to."""
    return _read(find_rows(db, _OF_APPOINTMENT, appointment=appointment_id, now=clock.now()))


def _read(rows: Sequence[Any]) -> list[Inspected]:
    """The lines of each consignment follow each other."""
    return [_inspection(list(lines)) for _, lines in groupby(rows, key=lambda row: row.key)]


def _inspection(lines: Sequence[Any]) -> Inspected:
    first = lines[0]
    facts_read = {name: getattr(first, name) for name in _OF_CONSIGNMENT}
    facts_read |= {"wood": bool(first.wood), "overdue": bool(first.overdue)}
    steps = {line.kind: StepNow(*line[-_OF_STEP:]) for line in lines if line.kind is not None}
    booked = {StepKind(line.kind): line.appointment_id for line in lines if line.appointment_id is not None}
    return Inspected(**facts_read, steps=steps, booked=booked)
