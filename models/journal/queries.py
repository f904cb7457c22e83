"""Reading the journal forward."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, bindparam, func
from sqlmodel import col, select

from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.subject import Subject, in_subjects

# Made once: each worker asks it four times a second.
_AFTER = (
    select(JournalEntry)
    .where(col(JournalEntry.seq) > bindparam("seq"))
    .order_by(col(JournalEntry.seq))
    .limit(bindparam("most"))
)


def last_seq(session: DbSession) -> int:
    """The newest entry's number; 0 when the journal is empty."""
    return session.exec(select(func.max(JournalEntry.seq))).one() or 0


def after(session: DbSession, seq: int, limit: int = 500) -> list[JournalEntry]:
    """The entries that follow `seq`, oldest first, at most `limit`."""
    return list(session.exec(_AFTER, params={"seq": seq, "most": limit}).all())


def with_personal_part(db: DbSession, seqs: Collection[int]) -> list[int]:
    """Those of these entries whose personal part was not purged, in their order."""
    condition = col(JournalEntry.seq).in_(seqs)
    held = select(JournalEntry.seq).where(condition, col(JournalEntry.personal_salt).is_not(None))
    return [seq for seq in db.exec(held.order_by(col(JournalEntry.seq))).all() if seq]


def about(subjects: Collection[Subject]) -> ColumnElement[bool]:
    """The entries about one of these."""
    return in_subjects(col(JournalEntry.subject_kind), col(JournalEntry.subject_id), subjects)
