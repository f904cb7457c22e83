"""How the database looks for what a person types (SES-01).

Each look-up is one range of an index, of what the viewer may see, and is cut short: what a search costs does not
depend on how many consignments there are.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, false, literal_column, select, union_all
from sqlmodel import col

from models.border.consignments.tables import Consignment, ConsignmentKey, ConsignmentTerm
from models.border.follow_up.search import Search
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.terms import singular

_ENOUGH = 10_000
"""Consignments that one term is looked up in, at most."""


def searched(search: Search) -> dict[str, Any]:
    """The values of a statement of that shape."""
    values: dict[str, Any] = {}
    for rank, reference in enumerate(search.references):
        values |= _range(f"begins_{rank}", reference) | _range(f"ends_{rank}", reference[::-1])
    for rank, word in enumerate(search.words):
        values |= _range(f"word_{rank}", singular(word))
    return values


def _range(name: str, start: str) -> dict[str, str]:
    return {name: start, f"{name}_past": start[:-1] + chr(ord(start[-1]) + 1)}


def found_by(search: Search, viewer: Viewer) -> ColumnElement[bool]:
    """The consignments that `search` finds, among those that the viewer sees, which policy.visible() says."""
    values = searched(search)
    ways = [
        way
        for rank in range(len(search.references))
        for way in (_begins(f"begins_{rank}", values, viewer), _ends(f"ends_{rank}", values))
    ]
    if search.words:
        ways.append(_with_all([_begins(f"word_{n}", values, viewer) for n in range(len(search.words))]))
    if not ways:
        return false()
    among: ColumnElement[bool] = col(Consignment.id).in_(union_all(*ways))
    return among


def _begins(name: str, values: Mapping[str, str], viewer: Viewer) -> Select[Any]:
    term, scope = col(ConsignmentTerm.term), _scope(viewer)
    query = select(col(ConsignmentTerm.consignment_id)).where(*scope, *_within(term, name, values))
    return _alone(query.limit(_ENOUGH))


def _ends(name: str, values: Mapping[str, str]) -> Select[Any]:
    reversed_ = col(ConsignmentKey.reversed)
    return select(col(ConsignmentKey.consignment_id)).where(*_within(reversed_, name, values))


def _within(column: Any, name: str, values: Mapping[str, str]) -> list[ColumnElement[bool]]:
    past = f"{name}_past"
    return [column >= bindparam(name, values[name]), column < bindparam(past, values[past])]


def _with_all(each: list[Select[Any]]) -> Select[Any]:
    """What all of these hold."""
    first, *others = each
    kept = first.subquery()
    number = kept.c.consignment_id
    return select(number).where(*(number.in_(other) for other in others))


def _alone(query: Select[Any]) -> Select[Any]:
    """The same in a query of its own: SQLite takes no LIMIT inside a union."""
    return select(literal_column("consignment_id").label("consignment_id")).select_from(query.subquery())


def _scope(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Whose terms are looked through: no more than policy.visible() shows, so that few are cut off."""
    if viewer.role == Role.SUPERVISOR:
        return []
    if viewer.is_officer:
        return [col(ConsignmentTerm.post_code).in_(viewer.posts)]
    return [col(ConsignmentTerm.siren) == viewer.siren]
