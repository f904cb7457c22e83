"""What the journal says of appointments."""

from collections.abc import Collection

from sqlmodel import col, select

from models.journal.queries import about
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.subject import Subject


def entries_of(
    db: DbSession, reference: str, subjects: Collection[Subject], kinds: Collection[str]
) -> list[JournalEntry]:
    """The entries of these kinds that name an appointment, among those about its consignments, oldest first."""
    rows = select(JournalEntry).where(about(subjects), col(JournalEntry.kind).in_(kinds))
    entries = db.exec(rows.order_by(col(JournalEntry.seq)))
    return [entry for entry in entries if entry.payload.get("appointment") == reference]
