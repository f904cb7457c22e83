"""What is asked of the register of issued documents."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from models.casework.issued.rules import same_check
from models.casework.issued.tables import IssuedContent, IssuedDocument
from models.casework.issued.vocabulary import State
from models.kernel.database import DbSession
from models.kernel.subject import Subject


@dataclass(frozen=True, slots=True)
class Registered:
    """What the public may know of a document (CTX-14)."""

    number: str
    state: State
    changed_at: datetime | None
    replaced_by: str
    document: IssuedDocument | None
    """All of it, for whoever has the check; None for whoever has the number alone."""


def by_number(db: DbSession, number: str) -> IssuedDocument | None:
    """The document of that number, whatever its state; for the service that had it issued."""
    return db.get(IssuedDocument, number)


def registered(db: DbSession, number: str, check: str) -> Registered | None:
    """What may be told to whoever has that number, and that check or another; None of what was never issued.

    A wrong check tells no more than none: that it is wrong is not said of a number that can be guessed.
    """
    document = db.get(IssuedDocument, number)
    if document is None or document.state == State.PREPARED:
        return None
    proven = same_check(document.check_code, check)
    return Registered(
        document.number,
        State(document.state),
        document.changed_at,
        document.replaced_by,
        document if proven else None,
    )


def of_version(db: DbSession, kind: str, subject: Subject, version: int) -> IssuedDocument | None:
    """The document of that kind that is that version about that subject; None when none was asked for."""
    wanted = select(IssuedDocument).where(
        IssuedDocument.kind == kind,
        IssuedDocument.subject_kind == subject.kind,
        IssuedDocument.subject_id == subject.id,
        IssuedDocument.version == version,
    )
    return db.exec(wanted).first()


def about(db: DbSession, subject: Subject) -> list[IssuedDocument]:
    """All the documents about that subject, the newest first."""
    wanted = (
        select(IssuedDocument)
        .where(IssuedDocument.subject_kind == subject.kind, IssuedDocument.subject_id == subject.id)
        .order_by(col(IssuedDocument.issued_at).desc(), col(IssuedDocument.number).desc())
    )
    return list(db.exec(wanted))


def highest_rank(db: DbSession, series: str) -> int:
    """The last number given in that series; 0 before the first."""
    return db.exec(select(func.max(IssuedDocument.rank)).where(IssuedDocument.series == series)).one() or 0


def unsealed(db: DbSession, before: datetime) -> list[str]:
    """The numbers that were given before that time and whose document is not sealed yet, the oldest first."""
    wanted = (
        select(IssuedDocument.number)
        .where(IssuedDocument.state == State.PREPARED, IssuedDocument.issued_at < before)
        .order_by(IssuedDocument.number)
        .limit(100)
    )
    return list(db.exec(wanted))


def content(db: DbSession, number: str) -> bytes | None:
    """The sealed bytes; None while there are none."""
    return db.exec(select(IssuedContent.content).where(IssuedContent.number == number)).first()
