"""Services as subjects: what is told of one is for those who use it (MET-11)."""

from sqlalchemy import ColumnElement

from models.identity.access.subjects import Columns, Person, SubjectKind, register
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.signals.services.vocabulary import SERVICE


def _sees(person: Person, columns: Columns) -> ColumnElement[bool]:
    used: ColumnElement[bool] = columns.id.in_([service.id for service in person.uses])
    return used


def _touches(_viewer: Viewer, _entry: JournalEntry) -> bool:
    """A page shows the state of services in its banner, which has a way of its own (state/signals/service_banner.py)."""
    return False


register(SubjectKind(SERVICE, _sees, _touches))
