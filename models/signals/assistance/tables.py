"""What users ask the service, and what they think of it."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Opinion(SQLModel, table=True):
    """« Votre avis sur ce site » (PPR-53). Nothing says whose it is."""

    id: int | None = Field(default=None, primary_key=True)
    given_at: datetime = Field(index=True)
    page: str
    """The address that it is about, without its query; empty for the whole site."""
    rating: int
    """1 to 5"""
    comment: str = ""
    read_at: datetime | None = None


class HelpRequest(SQLModel, table=True):
    """A request for assistance (PPR-52), acknowledged at once (COM-12)."""

    __tablename__ = "help_request"

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    """`AIDE-2026-000123`"""
    asked_at: datetime = Field(index=True)
    subject: str
    """One of models.signals.assistance.rules.SUBJECTS."""
    name: str
    email: str
    siren: str = ""
    company: str = ""
    text: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    answered_at: datetime | None = None
