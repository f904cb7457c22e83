"""The registry of subjects: how what facts are about is called, where it opens and who sees it, a row for each kind (SES-04).

Whoever has a thing to tell of registers its kind (`models/border/consignments/subject.py`), and notices, live screens
and whatever hangs on a file need not know it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, false, literal, or_, select

from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.subject import Subject


@dataclass(slots=True)
class Person:
    """Somebody who may see things or be told of them, whichever company they now work for."""

    account_id: int
    email: str
    views: list[Viewer] = field(default_factory=list)
    """One for each company; one in all for an officer."""
    uses: frozenset[Subject] = frozenset()
    """The services that they use (MET-11)."""


@dataclass(frozen=True, slots=True)
class Title:
    """How a subject is called, and whose it is now."""

    reference: str
    """What people quote: `CHEDP.FR.2026.0000001`."""
    title: str
    """`Avocats du Pérou`"""
    siren: str | None = None
    post_code: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The two columns of a table that hold a subject."""

    kind: Any
    id: Any

    def number(self, kind: str) -> ColumnElement[int | None]:
        """The number of the thing, for a subject of that kind; NULL for others, whose keys may be no number."""
        return case((self.kind == kind, cast(self.id, Integer)))


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """One kind of subject."""

    name: str
    """As in `Subject.kind`."""
    sees: Callable[[Person, Columns], ColumnElement[bool]]
    """Of rows about subjects of this kind, those whose subject this person may see."""
    touches: Callable[[Viewer, JournalEntry], bool]
    """Whether a fact about such a subject may reach this person's screens, be it only to take it off them."""
    titles: Callable[[DbSession, Collection[str]], Mapping[str, Title]] | None = None
    """How those of these keys that are there are called; None for what has no name of its own."""
    page: Callable[[Title], str] | None = None
    """The address at which it opens; None for what has no page of its own."""


_KINDS: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Add a kind to the registry.

    Raises:
        ValueError: for a name that is taken.
    """
    if kind.name in _KINDS:
        raise ValueError(f"two kinds of subject are called {kind.name}")
    _KINDS[kind.name] = kind


def kinds() -> Iterable[SubjectKind]:
    """Every kind, in the order of registration."""
    return _KINDS.values()


def seen_by(person: Person, columns: Columns) -> ColumnElement[bool]:
    """Of rows about subjects, those whose subject this person may see; none of a kind that nobody registered."""
    return or_(false(), *(and_(columns.kind == kind.name, kind.sees(person, columns)) for kind in kinds()))


def sees(db: DbSession, person: Person, subject: Subject) -> bool:
    """Whether this person may see that subject; the other kinds are not asked, whose keys are numbers."""
    kind = _KINDS.get(subject.kind)
    columns = Columns(literal(subject.kind), literal(subject.id))
    return kind is not None and bool(db.execute(select(kind.sees(person, columns))).scalar_one())


def touches(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact may reach this person's screens through what it is about."""
    kind = _KINDS.get(entry.subject_kind or "")
    return kind is not None and kind.touches(viewer, entry)


def titles_of(db: DbSession, subjects: Iterable[Subject | None]) -> dict[Subject, Title]:
    """How these subjects are called: one query for each kind among them that has names."""
    keys: dict[str, set[str]] = {}
    for subject in subjects:
        if subject is not None and subject.kind in _KINDS:
            keys.setdefault(subject.kind, set()).add(subject.id)
    titles: dict[Subject, Title] = {}
    for name, ids in keys.items():
        read = _KINDS[name].titles
        titles |= {Subject(name, key): title for key, title in (read(db, ids) if read else {}).items()}
    return titles


def page_of(subject: Subject, title: Title | None) -> str:
    """Where the subject opens; empty when it has no page, or is not there any more."""
    kind = _KINDS.get(subject.kind)
    return kind.page(title) if kind and kind.page and title else ""
