"""Who took which consignment in hand."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class WorkClaim(SQLModel, table=True):
    """An officer works on a consignment: one officer at most (SES-05)."""

    __tablename__ = "work_claim"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    """Shown to officers of the post alone."""
    service: str
    """One of Role: a claim of one service holds nobody of the other."""
    at: datetime
