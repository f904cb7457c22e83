"""Accounts as subjects: what is told of one is its holder's alone (COM-23)."""

from sqlalchemy import ColumnElement

from models.identity.access.subjects import Columns, Person, SubjectKind, register
from models.identity.accounts.subject import ACCOUNT
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry


def _sees(person: Person, columns: Columns) -> ColumnElement[bool]:
    return columns.number(ACCOUNT) == person.account_id


def _touches(viewer: Viewer, entry: JournalEntry) -> bool:
    return entry.key_among(ACCOUNT) == viewer.account_id


register(SubjectKind(ACCOUNT, _sees, _touches))
