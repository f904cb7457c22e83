"""Thresholds, as supervisors set them, and the alerts that they raised."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint, col

from models.journal.tables import JournalEntry
from models.kernel.subject import Subject

NOT_PRESENTED = "appointment.not_presented"
"""The fact of the journal that is counted as an appointment not kept, at its post."""

# Of that kind alone: the journal is long, and these facts are rare.
Index(
    "ix_journal_entry_not_presented",
    col(JournalEntry.at),
    col(JournalEntry.post_code),
    sqlite_where=text(f"kind = '{NOT_PRESENTED}'"),
    postgresql_where=text(f"kind = '{NOT_PRESENTED}'"),
)


class AlertThreshold(SQLModel, table=True):
    """From what value on a quantity is an anomaly or a bottleneck, and where (SES-20)."""

    __tablename__ = "alert_threshold"
    __table_args__ = (UniqueConstraint("quantity", "post_code", "ched_type", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    quantity: str
    """One of models.signals.alerts.rules.Quantity; its unit follows from it."""
    post_code: str = ""
    """Empty for every post."""
    ched_type: str = ""
    """One of ChedType; empty for every kind of goods."""
    step: str = ""
    """One of StepKind; empty where the quantity has no step, or for all of them."""
    opens_at: int
    closes_at: int
    """Below `opens_at`: an alert that is open closes at this value, so that nothing flaps."""
    active: bool = True
    changed_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="account.id")
    """Kept for the audit, never shown; None for what the portal came with."""


class Alert(SQLModel, table=True):
    """Something that crossed a threshold: opened once, updated, closed by itself (SES-21)."""

    # One that is open for each thing that can be wrong: the database is the arbiter between workers.
    __table_args__ = (
        Index(
            "uq_alert_open",
            "quantity",
            "post_code",
            "ched_type",
            "step",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_alert_post", "post_code", "closed_at"),
        Index("ix_alert_subject", "subject_kind", "subject_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    threshold_id: int = Field(foreign_key="alert_threshold.id", index=True)
    quantity: str
    post_code: str = Field(foreign_key="post.code")
    ched_type: str = ""
    step: str = ""
    subject_kind: str = ""
    """Of what the alert bears on, as in Subject; empty for what concerns a whole post."""
    subject_id: str = ""
    value: int
    """As last shown, in the quantity's unit."""
    opens_at: int
    """The threshold that it crossed, as it stood then."""
    since: datetime
    """When the threshold was crossed, which may be before it was noticed."""
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None = Field(default=None, index=True)
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = Field(default=None, foreign_key="account.id")
    assigned_at: datetime | None = None
    assigned_to: int | None = Field(default=None, foreign_key="account.id")
    """Shown to officers of the post alone."""

    @property
    def subject(self) -> Subject | None:
        """What it bears on; None for a whole post."""
        return Subject(self.subject_kind, self.subject_id) if self.subject_kind else None

    @property
    def key(self) -> int:
        """Its `id`, which it has once it was written.

        Raises:
            ValueError: before that.
        """
        if self.id is None:
            raise ValueError("this alert was not written yet")
        return self.id
