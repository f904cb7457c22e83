"""Reading a journal in which somebody may have left nonsense: verification must tell it, not stumble over it."""

from typing import Any

from sqlalchemy.exc import StatementError
from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from models.journal.sealing.queries import batches_from, purging, seal_of
from models.journal.tables import JournalEntry, JournalSeal
from models.kernel.database import DbSession

NONSENSE = (ValueError, TypeError, StatementError)
"""What reading a row raises that holds no JSON, or no time."""


def purges(db: DbSession) -> set[int]:
    """The entries of which the journal says that their personal part was purged."""
    entries = readable(db, purging())[0]
    payloads: list[Any] = [entry.payload for entry in entries]
    listed = [payload.get("entries") for payload in payloads if isinstance(payload, dict)]
    return {seq for seqs in listed if isinstance(seqs, list) for seq in seqs if isinstance(seq, int)}


def readable(db: DbSession, wanted: SelectOfScalar[JournalEntry]) -> tuple[list[JournalEntry], list[int]]:
    """The entries, and the numbers of those that cannot be read: SQLite keeps a time that is none."""
    try:
        rows = db.exec(wanted.order_by(col(JournalEntry.seq))).all()
    except NONSENSE:
        return _one_by_one(db, wanted)
    finally:
        db.expunge_all()
    return list(rows), []


def _one_by_one(db: DbSession, wanted: SelectOfScalar[JournalEntry]) -> tuple[list[JournalEntry], list[int]]:
    rows: list[JournalEntry] = []
    unreadable: list[int] = []
    for seq in list(db.execute(wanted.with_only_columns(col(JournalEntry.seq))).scalars()):
        number = int(str(seq))
        try:
            rows += db.exec(wanted.where(col(JournalEntry.seq) == number)).all()
        except NONSENSE:
            unreadable.append(number)
    return rows, unreadable


def next_readable(db: DbSession, expected: int) -> JournalSeal | None:
    """The first seal from `expected` on that holds sense; those before it count as missing."""
    for batch in batches_from(db, expected):
        try:
            return seal_of(db, batch)
        except NONSENSE:
            continue
    return None
