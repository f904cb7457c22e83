"""Messages as subjects: all that wait for an officer are about one thing, the list of messages (SES-05)."""

from sqlalchemy import ColumnElement, literal

from models.border.messages.policy import may_handle
from models.identity.access.subjects import Columns, Person, SubjectKind, register
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry

MESSAGE = "message"


def _sees(person: Person, _columns: Columns) -> ColumnElement[bool]:
    return literal(any(may_handle(view) is None for view in person.views))


def _touches(viewer: Viewer, _entry: JournalEntry) -> bool:
    return may_handle(viewer) is None


register(SubjectKind(MESSAGE, _sees, _touches))
