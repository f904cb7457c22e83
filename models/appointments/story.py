"""What became of an appointment, from the journal: the latest facts, once each (SES-02, SES-11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.accounts.viewer import Viewer
from models.appointments.policy import visible
from models.appointments.tables import Appointment, AppointmentConsignment
from models.journal.tables import JournalEntry

_UNTOLD = frozenset({"appointment.held", "appointment.released"})
"""A place that was kept for a few minutes is nobody's history."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class Happened:
    """One fact, in codes."""

    at: datetime
    kind: str
    by: str
    """One of Side."""
    starts_at: datetime | None
    before: datetime | None
    """Where it stood, for one that was moved."""
    proposed_at: datetime | None
    reason: str


async def history(db: AsyncSession, viewer: Viewer, reference: str) -> list[Happened]:
    """What happened to the appointment of that reference, the latest first; nothing when it is not this person's."""
    # Each fact is journalled once for each of its consignments: the first one tells them all.
    first = (
        select(AppointmentConsignment.consignment_id)
        .join(Appointment, col(Appointment.id) == col(AppointmentConsignment.appointment_id))
        .where(visible(viewer), Appointment.reference == reference)
        .order_by(col(AppointmentConsignment.id))
        .limit(1)
    )
    consignment_id = (await db.exec(first)).first()
    rows = (
        select(JournalEntry)
        .where(JournalEntry.consignment_id == consignment_id)
        .where(col(JournalEntry.kind).startswith("appointment."))
        .order_by(col(JournalEntry.seq).desc())
        .limit(_MOST)
    )
    if consignment_id is None:
        return []
    found = (await db.exec(rows)).all()
    return [
        _happened(one)
        for one in found
        if one.payload.get("appointment") == reference and one.kind not in _UNTOLD
    ]


def _happened(entry: JournalEntry) -> Happened:
    said = entry.payload
    return Happened(
        entry.at,
        entry.kind,
        str(said.get("by", "")),
        _time(said.get("starts_at")),
        _time(said.get("before")),
        _time(said.get("proposed_at")),
        str(said.get("reason", "")),
    )


def _time(words: object) -> datetime | None:
    return datetime.fromisoformat(str(words)) if words else None
