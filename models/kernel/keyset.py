"""Pages of a list by its last row rather than by their number: as quick at the end as at the beginning."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_

Order = Sequence[tuple[Any, bool]]
"""The columns that order a list, each with whether it descends; the last one is unique."""


def ordering(columns: Order) -> list[Any]:
    """The same, as a query says it."""
    return [column.desc() if descends else column.asc() for column, descends in columns]


def beyond(columns: Order) -> ColumnElement[bool]:
    """Rows that come after the place that `values` gives, in this order: the keyset condition."""
    return _after(columns, [bindparam(parameter_of(column)) for column, _ in columns])


def beyond_values(columns: Order, values: Sequence[Any]) -> ColumnElement[bool]:
    """Rows that come after `values` in this order, for a statement that is made each time."""
    return _after(columns, values)


def _after(columns: Order, place: Sequence[Any]) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    for index, (column, descends) in enumerate(columns):
        same = [other == value for (other, _), value in zip(columns[:index], place, strict=False)]
        further = column < place[index] if descends else column > place[index]
        conditions.append(and_(*same, further))
    return or_(*conditions)


def parameter_of(column: Any) -> str:
    """How the value of a column where a page begins is called in a statement."""
    return f"from_{column.key}"
