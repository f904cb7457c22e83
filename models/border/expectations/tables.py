"""How long steps took, and the curves that were learnt from it (SES-03)."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class StepDuration(SQLModel, table=True):
    """One step of one consignment: from when its turn came until it ended, or not yet.

    Drawn from the steps by learning.py, soon after they changed, and written nowhere else.
    """

    __tablename__ = "step_duration"
    # The newest ends of one kind of case, then the open ones: all that a curve is made of, in the index alone.
    __table_args__ = (
        UniqueConstraint("consignment_id", "step"),
        Index(
            "ix_step_duration_case",
            "post_code",
            "ched_type",
            "step",
            "ended_at",
            "began_at",
            "started_at",
            "done",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id")
    post_code: str
    ched_type: str
    step: str
    began_at: datetime
    """When its turn came."""
    started_at: datetime | None = None
    """When somebody began to work at it, where that is known; never before `began_at`."""
    ended_at: datetime | None = None
    """When it ended, or was left without an end; None while the consignment stands at it."""
    done: bool
    """False while it goes on, and when it was left: it would have lasted longer."""


class DurationCurve(SQLModel, table=True):
    """What was learnt of one kind of case, as the screens read it; made anew by the task learn_times."""

    __tablename__ = "duration_curve"

    key: str = Field(primary_key=True)
    """As rules.Case.key writes it."""
    cases: int
    """How many that ended it is made of."""
    points: str
    """As survival.Curve.packed() writes it."""
    fitted_at: datetime
    """When what it is made of was last looked at and had changed."""


class LearningCursor(SQLModel, table=True):
    """Up to where the journal was followed to keep StepDuration: one row, written with what it vouches for."""

    __tablename__ = "learning_cursor"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """Always 1."""
    seq: int = Field(sa_type=BigInteger)
    """Of the last entry that was taken into account."""
