"""Alerts of posts as subjects: what is told of one is for who serves at its post (SES-20)."""

from sqlalchemy import ColumnElement
from sqlmodel import col, exists, or_

from models.identity.access.subjects import Columns, Person, SubjectKind, register
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.signals.alerts.policy import concerns, visible_alerts
from models.signals.alerts.tables import Alert

ALERT = "alert"


def _sees(person: Person, columns: Columns) -> ColumnElement[bool]:
    same = col(Alert.id) == columns.number(ALERT)
    return exists().where(same, or_(*(visible_alerts(view) for view in person.views)))


def _touches(viewer: Viewer, entry: JournalEntry) -> bool:
    return concerns(viewer, entry.post_code)


register(SubjectKind(ALERT, _sees, _touches))
