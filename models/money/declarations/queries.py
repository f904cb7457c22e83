"""Reading declarations in progress and due dates: every query starts from what the viewer may see."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.kernel.database import DbSession
from models.money.declarations.policy import services_seen, visible_dates, visible_lines
from models.money.declarations.tables import DeclarationLine, DueDate

CALENDAR = 500
"""The most due dates in one calendar."""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """How the company stands with one declaration service, and what the viewer may do there (PPR-21)."""

    service: Service
    right: Right
    in_progress: int = 0
    period: str = ""
    due_on: date | None = None


def services(db: DbSession, viewer: Viewer) -> list[ServiceLine]:
    """One line for each service that the viewer may read or file in, be there figures or not (PPR-21)."""
    query = (
        sql_select(
            col(DeclarationLine.service),
            func.sum(col(DeclarationLine.in_progress)),
            func.min(func.nullif(col(DeclarationLine.period), "")),
            func.min(col(DeclarationLine.due_on)),
        )
        .where(visible_lines(viewer))
        .group_by(col(DeclarationLine.service))
    )
    seen = services_seen(viewer)
    by_service = {service: rest for service, *rest in db.execute(query)} if seen else {}
    return [
        ServiceLine(service, right, *(_counted(*by_service[service]) if service in by_service else ()))
        for service, right in seen.items()
    ]


def _counted(in_progress: int, period: str | None, due_on: date | None) -> tuple[int, str, date | None]:
    return int(in_progress), period or "", due_on


def due_dates(db: DbSession, viewer: Viewer, *, limit: int = CALENDAR) -> list[DueDate]:
    """The due dates that are still open, the first first (PPR-24)."""
    query = select(DueDate).where(visible_dates(viewer), col(DueDate.status) == "open")
    return list(db.exec(query.order_by(col(DueDate.due_on), col(DueDate.id)).limit(limit)).all())
