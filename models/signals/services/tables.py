"""Alerts about services."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class ServiceAlert(SQLModel, table=True):
    """That a service does not work as it should, in one mode, from when to when (MET-02, MET-11)."""

    __tablename__ = "service_alert"
    # One in force for each service and mode: the database is the arbiter.
    __table_args__ = (
        Index(
            "uq_service_alert_in_force",
            "service",
            "mode",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    service: str
    """One of models.signals.services.vocabulary.Service."""
    mode: str
    """One of models.signals.services.vocabulary.Mode; empty for the portal."""
    message: str
    """A French sentence, as typed: what does not work, and what to do meanwhile."""
    started_at: datetime
    started_by: int | None = Field(default=None, foreign_key="account.id")
    """Kept for the audit, never shown; None for the command line."""
    ended_at: datetime | None = None
    """None while it is in force."""
    ended_by: int | None = Field(default=None, foreign_key="account.id")
