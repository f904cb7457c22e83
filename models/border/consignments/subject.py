"""Consignments as subjects: facts, notices, alerts and claims are about them (SES-04, SES-05)."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, false
from sqlmodel import col, exists, or_

from models.border.consignments.policy import may_follow, touches, visible
from models.border.consignments.queries import these
from models.border.consignments.tables import Consignment
from models.identity.access.subjects import Columns, Person, SubjectKind, Title, register
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.subject import Subject

CONSIGNMENT = "consignment"


def subject_of(consignment: Consignment) -> Subject:
    """That consignment, as what a fact is about."""
    return Subject.of(CONSIGNMENT, consignment.key)


def consignment_of(entry: JournalEntry) -> int | None:
    """The number of the consignment that a fact is about; None of any other fact."""
    return entry.key_among(CONSIGNMENT)


def of_consignments(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact is about a consignment that this person sees, or saw until then."""
    return entry.subject_kind == CONSIGNMENT and touches(viewer, entry)


def visible_to(views: Sequence[Viewer]) -> ColumnElement[bool]:
    """The consignments that a person may see, whichever company they now work for."""
    viewers = [view for view in views if may_follow(view) is None]
    if viewers and viewers[0].role == Role.OPERATOR:
        return col(Consignment.siren).in_([view.siren for view in viewers if view.siren])
    return or_(*(visible(view) for view in viewers)) if viewers else false()


def _sees(person: Person, columns: Columns) -> ColumnElement[bool]:
    same = col(Consignment.id) == columns.number(CONSIGNMENT)
    return exists().where(same, visible_to(person.views))


def _titles(db: DbSession, keys: Collection[str]) -> Mapping[str, Title]:
    return {
        str(goods.key): Title(goods.reference, goods.title, goods.siren, goods.post_code)
        for goods in these(db, [int(key) for key in keys])
    }


def _page(title: Title) -> str:
    return f"/suivi/{title.reference}"


register(SubjectKind(CONSIGNMENT, _sees, touches, _titles, _page))
