"""What a list of consignments is narrowed to, and where a page of it begins."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from models.border.consignments.tables import Consignment
from models.border.follow_up.queries.terms import found_by, searched
from models.border.follow_up.search import Search
from models.identity.accounts.viewer import Viewer
from models.kernel.keyset import Order, parameter_of

PAGE_SIZE = 25
KEPT = 128
"""How many statements of each kind are kept made, 50 kB or more each: making one costs as much as sending it."""


class Sort(StrEnum):
    """The orders of the list."""

    URGENT = "urgent"
    RECENT = "recent"
    OLD = "ancien"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means everything. `closed_since` bounds the past."""

    post: str = ""
    ched_type: str = ""
    state: str = ""
    mine: bool = False
    search: Search | None = None
    sort: Sort = Sort.URGENT
    closed_since: datetime | None = None


def narrowing(filters: Filters, viewer: Viewer) -> list[ColumnElement[bool]]:
    """The conditions that the counters respect too: all but the state and « à vous d’agir »."""
    conditions: list[ColumnElement[bool]] = []
    if filters.post:
        conditions.append(col(Consignment.post_code) == filters.post)
    if filters.ched_type:
        conditions.append(col(Consignment.ched_type) == filters.ched_type)
    if filters.search is not None:
        conditions.append(found_by(filters.search, viewer))
    elif filters.closed_since is not None:
        # Whoever looks for one consignment finds it, however old.
        open_or_recent = col(Consignment.closed_at) >= filters.closed_since
        conditions.append(or_(col(Consignment.closed_at).is_(None), open_or_recent))
    return conditions


def shape(filters: Filters) -> Filters:
    """The same for whatever is searched: one statement serves all of them, with `values`.

    Without these it finds nothing.
    """
    return replace(filters, search=filters.search.shape) if filters.search is not None else filters


def values(filters: Filters, columns: Order = (), start: Sequence[Any] = ()) -> dict[str, Any]:
    """What a statement of that shape is about: the search, and where the page begins (`start`)."""
    sought = searched(filters.search) if filters.search is not None else {}
    return sought | {parameter_of(column): value for (column, _), value in zip(columns, start, strict=False)}


def choosing(filters: Filters, viewer: Viewer) -> list[ColumnElement[bool]]:
    """The conditions of the state chips: one state, or what this viewer must act on."""
    conditions: list[ColumnElement[bool]] = []
    if filters.state:
        conditions.append(col(Consignment.state) == filters.state)
    if filters.mine:
        conditions.append(col(Consignment.actor) == viewer.authority)
    return conditions


def order(sort: Sort) -> Order:
    """The columns that order the list, each with whether it descends; the last one is unique."""
    newest = (col(Consignment.changed_at), True)
    orders: dict[Sort, Order] = {
        Sort.URGENT: [(col(Consignment.urgency), False), newest, (col(Consignment.id), True)],
        Sort.RECENT: [newest, (col(Consignment.id), True)],
        Sort.OLD: [(col(Consignment.opened_at), False), (col(Consignment.id), False)],
    }
    return orders[sort]


def encode_cursor(values: list[Any]) -> str:
    """Where a page begins, fit for an address."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, sort: Sort) -> list[Any] | None:
    """The values that `cursor` holds; None when it is not one of ours for this order (then: first page)."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded))
        kinds = {Sort.URGENT: "iti", Sort.RECENT: "ti", Sort.OLD: "ti"}[sort]
        if not isinstance(values, list) or len(values) != len(kinds):
            return None
        return [_value(kind, value) for kind, value in zip(kinds, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _value(kind: str, value: object) -> int | datetime:
    if kind == "t":
        at = datetime.fromisoformat(str(value))
        if at.tzinfo is None:
            raise ValueError("naive")
        return at.astimezone(UTC)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**62:
        raise ValueError("not an identifier")
    return value
