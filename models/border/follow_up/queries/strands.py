"""A page of the list in bounded time: taken from the head of a few strands, each one range of an index.

A strand is what the viewer sees at one post (or of one company, or everywhere) with one urgency, the last changed
first. A page of 25 needs the first 26 of each at most, however many consignments there are.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, literal_column, select, union_all
from sqlmodel import col

from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment
from models.border.follow_up import filters as narrowed
from models.border.follow_up.filters import PAGE_SIZE, Filters, Sort
from models.border.passage.rules import URGENCY
from models.border.passage.vocabulary import ConsignmentState
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel import keyset
from models.kernel.keyset import Order

_OVER = frozenset({URGENCY[ConsignmentState.RELEASED], URGENCY[ConsignmentState.CANCELLED]})


def heads(
    viewer: Viewer, filters: Filters, columns: Order, *, starts: bool, urgency: int | None
) -> ColumnElement[bool]:
    """The condition that holds for the first rows in the order of `columns`, and for no others.

    `starts`: after the place that filters.values() gives; `urgency` is that of the place, where it orders the list.
    """
    conditions = [visible(viewer), *narrowed.narrowing(filters, viewer), *narrowed.choosing(filters, viewer)]
    if starts:
        conditions.append(keyset.beyond(columns))
    if filters.search is not None or filters.sort is Sort.OLD:  # few are found, or no strand is in that order
        return _among(_first([col(Consignment.id)], conditions, columns))
    keys = [column for column, _ in columns]
    strands = [
        _everything(_first(keys, [*conditions, *scope, *_of_urgency(strand_urgency, filters)], columns))
        for scope in _scopes(viewer, filters)
        for strand_urgency in _urgencies(filters, columns, urgency)
    ]
    if not strands:
        return false()
    named: Order = [(literal_column(column.key), descends) for column, descends in columns]
    together: Select[Any] = select(literal_column("id")).select_from(union_all(*strands).subquery())
    return _among(together.order_by(*keyset.ordering(named)).limit(PAGE_SIZE + 1))


def _first(rows: list[Any], conditions: Sequence[ColumnElement[bool]], columns: Order) -> Select[Any]:
    query: Select[Any] = select(*rows)
    return query.where(*conditions).order_by(*keyset.ordering(columns)).limit(PAGE_SIZE + 1)


def _everything(strand: Select[Any]) -> Select[Any]:
    """The same in a query of its own: SQLite takes no LIMIT inside a union."""
    return select(literal_column("*")).select_from(strand.subquery())


def _among(ids: Select[Any]) -> ColumnElement[bool]:
    among: ColumnElement[bool] = col(Consignment.id).in_(ids)
    return among


def _scopes(viewer: Viewer, filters: Filters) -> list[list[ColumnElement[bool]]]:
    """One for each post of an officer: an index gives an order within one post only."""
    if viewer.role in (Role.SIVEP, Role.CUSTOMS) and not filters.post:
        return [[col(Consignment.post_code) == post] for post in viewer.posts]
    return [[]]


def _urgencies(filters: Filters, columns: Order, start: int | None) -> list[int]:
    if filters.state:
        return [URGENCY[ConsignmentState(filters.state)]]
    every = sorted(set(URGENCY.values()))
    if start is None:
        return every
    return [
        condition_value
        for condition_value in every
        if (condition_value <= start if columns[0][1] else condition_value >= start)
    ]


def _of_urgency(urgency: int, filters: Filters) -> list[ColumnElement[bool]]:
    conditions = [col(Consignment.urgency) == urgency]
    if urgency in _OVER and filters.closed_since is not None:
        # What was closed since then changed since then: it says where the strand ends.
        conditions.append(col(Consignment.changed_at) >= filters.closed_since)
    return conditions
