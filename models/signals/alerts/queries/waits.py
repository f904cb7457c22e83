"""Since when each open consignment waits at its step: one query, whatever the number, flat in the closed past."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, case, func, select
from sqlmodel import col

from models.border.consignments.tables import Consignment, Step
from models.border.passage.rules import URGENCY
from models.border.passage.vocabulary import ConsignmentState, StepKind, StepStatus
from models.kernel.authorities import Authority
from models.kernel.database import DbSession
from models.kernel.rows import find_rows

STILL_OPEN = (
    col(Consignment.closed_at).is_(None),
    col(Consignment.urgency) < URGENCY[ConsignmentState.RELEASED],
)
"""Open consignments. Each condition says it all; whichever index the engine takes then leaves the past alone."""
OFFICERS = (Authority.SIVEP, Authority.CUSTOMS)
_ORDER: dict[Any, int] = {str(kind): number for number, kind in enumerate(StepKind)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open consignment, and the times from which it follows how long it has waited."""

    id: int
    post_code: str
    ched_type: str
    step: str
    actor: str
    action: str
    opened_at: datetime
    expected_at: datetime | None
    ready_at: datetime | None
    """When the last of the steps before this one ended."""
    started_at: datetime | None
    planned_at: datetime | None
    """Of this step, while it is only planned."""
    arrived_at: datetime | None

    def since(self, now: datetime) -> datetime:
        """Since when it waits: its step's start or plan, else the end of what came before; never in the future.

        Nothing waits since before it was known.
        """
        began = self.started_at or max(filter(None, (self.ready_at, self.planned_at)), default=self.opened_at)
        return min(now, max(began, self.opened_at))


def waiting(*conditions: ColumnElement[bool]) -> Executable:
    """The query of the open consignments that answer to `conditions`, in the columns of Waiting."""
    own = col(Step.kind) == col(Consignment.step)
    position = case(_ORDER, value=col(Step.kind))
    before = position < case(_ORDER, value=col(Consignment.step))
    planned = and_(own, col(Step.status) == StepStatus.PLANNED)
    return (
        select(
            col(Consignment.id),
            col(Consignment.post_code),
            col(Consignment.ched_type),
            col(Consignment.step),
            col(Consignment.actor),
            col(Consignment.action),
            col(Consignment.opened_at),
            col(Consignment.expected_at),
            func.max(case((before, col(Step.ended_at)))),
            func.max(case((own, col(Step.started_at)))),
            func.max(case((planned, col(Step.planned_at)))),
            func.max(case((col(Step.kind) == StepKind.ARRIVAL, col(Step.ended_at)))),
        )
        .select_from(Consignment)
        .join(Step, col(Step.consignment_id) == col(Consignment.id), isouter=True)
        .where(*STILL_OPEN, *conditions)
        .group_by(col(Consignment.id))
    )


def who_waits(db: DbSession, *conditions: ColumnElement[bool]) -> list[Waiting]:
    """The open consignments that answer to `conditions`."""
    return [Waiting(*row) for row in find_rows(db, waiting(*conditions))]
