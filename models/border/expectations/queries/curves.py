"""Reading the curves as they were last kept, to learn what changed of them (SES-03)."""

from datetime import datetime

from sqlmodel import func, select

from models.border.expectations.tables import DurationCurve
from models.kernel.database import DbSession


def last_fit(db: DbSession) -> datetime | None:
    """When the newest curve was made; None when there is none."""
    return db.exec(select(func.max(DurationCurve.fitted_at))).one()


def curves_kept(db: DbSession) -> dict[str, tuple[int, str]]:
    """Every curve that is kept, by its key: how many cases it has, and its points, packed."""
    columns = select(DurationCurve.key, DurationCurve.cases, DurationCurve.points)
    return {key: (cases, points) for key, cases, points in db.exec(columns)}
