"""Debts and payments line by line, a page at a time, whatever their number (PPR-22)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, or_, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.keyset import Order, beyond_values
from models.kernel.terms import singular, words
from models.money.payments.policy import TRANSFER, co_owners_seen, visible
from models.money.payments.tables import Debt, Payment
from models.money.payments.words import NATURES

PAGE_SIZE = 25
LONGEST_SEARCH = 200
HISTORY = ("done", "pending", "rejected")

Start = tuple[date, int]
"""The day and the key of the last line of the page before."""
_DEBTS: Order = [(col(Debt.due_on), False), (col(Debt.id), False)]
_MOST_REFERENCES, _REFERENCE_LENGTH = 4, 4
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[\w./-]+")
"""What a sentence may hold a reference in: letters, digits, points, dashes and strokes."""
_PAYMENTS: Order = [(col(Payment.paid_on), True), (col(Payment.id), True)]


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt, and whether a payment of it is on its way."""

    debt: Debt
    under_way: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the history is narrowed to; empty means everything."""

    search: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, search: str, since: str, until: str) -> "Narrowing":
        """What somebody typed; a day that is none is left out."""
        return cls(search, _day(since), _day(until))


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def owed(db: DbSession, viewer: Viewer, start: Start | None = None, *, limit: int = PAGE_SIZE) -> list[Owed]:
    """At most `limit` debts to pay, the first due first, and one more when there are others."""
    return _owed(db, _heads(Debt, viewer, ("due",), [], _DEBTS, start, limit), _DEBTS, limit)


def owed_among(db: DbSession, viewer: Viewer, ids: Collection[int]) -> list[Owed]:
    """Of the debts `ids`, those that the viewer may see, paid since or not."""
    return _owed(db, [visible(viewer, Debt), col(Debt.id).in_(ids)], [], len(ids)) if ids else []


def _owed(db: DbSession, conditions: Sequence[ColumnElement[bool]], order: Order, limit: int) -> list[Owed]:
    under_way = exists().where(
        col(Payment.siren) == col(Debt.siren),
        col(Payment.co_owner) == col(Debt.co_owner),
        col(Payment.status) == "pending",
        col(Payment.means) != TRANSFER,
        col(Payment.debt_reference) == col(Debt.reference),
    )
    query = select(Debt, under_way).where(*conditions).order_by(*_ordering(order))
    return [Owed(debt, bool(on_its_way)) for debt, on_its_way in db.exec(query.limit(limit + 1))]


def history(
    db: DbSession,
    viewer: Viewer,
    narrowing: Narrowing,
    start: Start | None = None,
    *,
    limit: int = PAGE_SIZE,
) -> list[Payment]:
    """At most `limit` payments, the last first, and one more when there are others."""
    heads = _heads(Payment, viewer, HISTORY, _narrowed(narrowing), _PAYMENTS, start, limit)
    query = select(Payment).where(*heads).order_by(*_ordering(_PAYMENTS)).limit(limit + 1)
    return list(db.exec(query).all())


def payments_among(db: DbSession, viewer: Viewer, ids: Collection[int]) -> list[Payment]:
    """Of the payments `ids`, those that the viewer may see."""
    query = select(Payment).where(visible(viewer, Payment), col(Payment.id).in_(ids))
    return list(db.exec(query).all()) if ids else []


def _narrowed(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if narrowing.since is not None:
        conditions.append(col(Payment.paid_on) >= narrowing.since)
    if narrowing.until is not None:
        conditions.append(col(Payment.paid_on) <= narrowing.until)
    if narrowing.search:
        conditions.append(_named(narrowing.search))
    return conditions


def _named(search: str) -> ColumnElement[bool]:
    """By a part of a reference, of the payment or of what it pays, alone or in a sentence; or by words of its nature."""
    wanted = words(search)
    natures = [code for code, name in NATURES.items() if wanted and _has_all(words(name), wanted)]
    within = [part.rstrip("./-") for part in _PARTS.findall(search)]
    named = [part for part in within if len(part) >= _REFERENCE_LENGTH and _DIGIT.search(part)]
    parts = list(dict.fromkeys([search, *named]))[:_MOST_REFERENCES]
    references = col(Payment.reference), col(Payment.debt_reference)
    held = [
        func.lower(mapped).contains(part.lower(), autoescape=True) for part in parts for mapped in references
    ]
    return or_(col(Payment.nature).in_(natures), *held)


def _has_all(name: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(singular(prefix)) for word in name) for prefix in wanted)


def _heads(
    table: type[Debt] | type[Payment],
    viewer: Viewer,
    statuses: Sequence[str],
    conditions: list[ColumnElement[bool]],
    order: Order,
    start: Start | None,
    limit: int = PAGE_SIZE,
) -> list[ColumnElement[bool]]:
    """The condition that holds for the first lines in that order, and for few others.

    A strand for each co-owner and status: one range of an index, of which the first lines are enough,
    however many there are.
    """
    seen = co_owners_seen(viewer)
    if not seen:
        return [false()]
    common = [visible(viewer, table), *conditions, *([beyond_values(order, start)] if start else [])]
    strands = [
        sql_select(
            sql_select(col(table.id))
            .where(*common, col(table.co_owner) == co_owner, col(table.status) == status)
            .order_by(*_ordering(order))
            .limit(limit + 1)
            .subquery()
            .c.id
        )
        for co_owner, status in product(seen, statuses)
    ]
    return [col(table.id).in_(union_all(*strands))]


def _ordering(order: Order) -> list[Any]:
    return [column.desc() if descends else column.asc() for column, descends in order]
