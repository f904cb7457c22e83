"""Who took what in hand."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class WorkClaim(SQLModel, table=True):
    """An officer works on something: one officer at most (SES-05)."""

    __tablename__ = "work_claim"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id", name="uq_work_claim_subject"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str
    """What was taken in hand, as in Subject."""
    subject_id: str
    account_id: int = Field(foreign_key="account.id", index=True)
    """Shown to officers of the post alone."""
    service: str
    """One of Role: a claim of one service holds nobody of the other."""
    at: datetime
