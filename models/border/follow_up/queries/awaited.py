"""What waits for the viewer: the consignments on which its side must act (SES-02)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.border.consignments.policy import may_follow, visible
from models.border.consignments.tables import Consignment, Step
from models.border.passage.rules import URGENCY
from models.border.passage.vocabulary import ConsignmentState, StepStatus
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession


@dataclass(frozen=True, slots=True)
class Awaited:
    """A consignment that waits for the viewer, and when its current step was planned for."""

    consignment: Consignment
    planned_at: datetime | None


def awaited(db: DbSession, viewer: Viewer, *, limit: int) -> tuple[list[Awaited], int]:
    """The most urgent consignments on which the viewer's side must act, and how many there are; in one query."""
    if viewer.authority is None or may_follow(viewer) is not None:
        return [], 0
    here = and_(col(Step.consignment_id) == col(Consignment.id), col(Step.kind) == col(Consignment.step))
    planned = and_(here, col(Step.status) == StepStatus.PLANNED)
    query = (
        sql_select(Consignment, col(Step.planned_at), func.count().over())
        .join(Step, planned, isouter=True)
        .where(visible(viewer), *_open_and_mine(viewer))
        .order_by(col(Consignment.urgency), col(Step.planned_at).is_(None), col(Step.planned_at))
        .order_by(col(Consignment.changed_at).desc(), col(Consignment.id).desc())
        .limit(limit)
    )
    rows = db.execute(query).all()
    return [Awaited(row, at) for row, at, _ in rows], int(rows[0][2]) if rows else 0


def _open_and_mine(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The urgency bounds what is looked at: of a company's past, nothing waits for anybody."""
    still_open = col(Consignment.urgency) < URGENCY[ConsignmentState.RELEASED]
    return [still_open, col(Consignment.actor) == viewer.authority]
