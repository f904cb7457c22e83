"""Reading the seals, and the entries that they cover (SES-52)."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.journal.queries import about, last_seq
from models.journal.record import PURGED
from models.journal.tables import JournalEntry, JournalSeal
from models.kernel.database import DbSession
from models.kernel.subject import Subject

_light = defer(JournalSeal.leaves, raiseload=True)  # type: ignore[arg-type] # SQLModel types it as a list
_newest = col(JournalSeal.batch).desc()


class Standing(NamedTuple):
    """How far the journal goes, and how far it is sealed; 0 where there is nothing."""

    last: int
    """The newest entry."""
    sealed: int
    """The newest under a seal."""
    batch: int
    """The newest seal."""


_STANDING = select(
    select(func.max(JournalEntry.seq)).scalar_subquery(),
    select(func.max(JournalSeal.last_seq)).scalar_subquery(),
    select(func.max(JournalSeal.batch)).scalar_subquery(),
)


class Extent(NamedTuple):
    """How much there is to verify."""

    entries: int
    """How many."""
    last: int
    """The newest entry; 0 without any."""
    batch: int
    """The newest seal; 0 without any."""


def standing(db: DbSession) -> Standing:
    """How far the journal goes, and how far it is sealed: one look at three indexes."""
    row = db.exec(_STANDING).one()
    return Standing(*(number or 0 for number in row))


def extent(db: DbSession) -> Extent:
    """How many entries there are, and the last ones."""
    entries = db.exec(select(func.count()).select_from(JournalEntry)).one()
    return Extent(entries, last_seq(db), db.exec(select(func.max(JournalSeal.batch))).one() or 0)


def last_sealed(db: DbSession) -> int:
    """The newest entry under a seal; 0 when there is none."""
    return db.exec(select(JournalSeal.last_seq).order_by(_newest).limit(1)).first() or 0


def newest_seal(db: DbSession) -> JournalSeal | None:
    """The last seal, without its leaves."""
    return db.exec(select(JournalSeal).options(_light).order_by(_newest).limit(1)).first()


def chain(db: DbSession, first: int, most: int | None = None) -> list[JournalSeal]:
    """The seals from the batch `first` on, in order, at most `most`, without their leaves."""
    wanted = select(JournalSeal).where(col(JournalSeal.batch) >= first).order_by(col(JournalSeal.batch))
    return list(db.exec(wanted.limit(most).options(_light)).all())


def seal_from(db: DbSession, batch: int) -> JournalSeal | None:
    """The first seal from that batch on, whole."""
    following = select(JournalSeal).where(col(JournalSeal.batch) >= batch)
    return db.exec(following.order_by(col(JournalSeal.batch)).limit(1)).first()


def seal_of(db: DbSession, batch: int) -> JournalSeal:
    """The seal of that batch, whole."""
    return db.exec(select(JournalSeal).where(JournalSeal.batch == batch)).one()


def seal_over(db: DbSession, seq: int) -> JournalSeal:
    """The seal that covers the entry `seq`, which has one; whole."""
    covering = select(JournalSeal).where(col(JournalSeal.last_seq) >= seq)
    return db.exec(covering.order_by(col(JournalSeal.last_seq)).limit(1)).one()


def sealed_about(db: DbSession, subjects: Collection[Subject]) -> Sequence[JournalEntry]:
    """The entries about these subjects that are under a seal, oldest first."""
    wanted = select(JournalEntry).where(about(subjects), col(JournalEntry.seq) <= last_sealed(db))
    return db.exec(wanted.order_by(col(JournalEntry.seq))).all()


def batches_from(db: DbSession, batch: int) -> list[int]:
    """The numbers of the seals from that batch on, in order."""
    numbers = select(JournalSeal.batch).where(col(JournalSeal.batch) >= batch)
    return list(db.exec(numbers.order_by(col(JournalSeal.batch))).all())


def purging() -> SelectOfScalar[JournalEntry]:
    """The entries by which personal parts of others were purged: for `legible.readable`, which stands nonsense."""
    return select(JournalEntry).where(JournalEntry.kind == PURGED)


def between(after: int | None, last: int) -> SelectOfScalar[JournalEntry]:
    """The entries that follow `after`, or the first one, up to `last`: for `legible.readable`."""
    wanted = select(JournalEntry).where(col(JournalEntry.seq) <= last)
    return wanted if after is None else wanted.where(col(JournalEntry.seq) > after)
