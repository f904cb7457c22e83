"""SES-01: pages follow one another without a gap or a double, in every order, on both databases."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from models.border.follow_up.filters import PAGE_SIZE, Filters, Sort, decode_cursor, encode_cursor
from models.border.follow_up.queries import listing as queries
from models.kernel.database import DbSession
from tests.factories import NOW, add_basics, after, keep, operator, row
from tests.support.databases import both_databases, reading

_COUNT = 2 * PAGE_SIZE + 13


def _rows() -> list[Any]:
    """Many share their urgency and their time, so that only the identifier tells them apart."""
    return [
        row(n, urgency=n % 3, changed_at=after(n % 4), opened_at=after(n % 5)) for n in range(1, _COUNT + 1)
    ]


def _numbers(listing: queries.Listing) -> list[int]:
    return [one.consignment.id or 0 for one in listing.items]


def _walk(db: DbSession, sort: Sort) -> tuple[list[list[int]], list[list[int]]]:
    """The pages forward, then backward from the last one."""
    here = queries.page(db, operator(), Filters(sort=sort))
    assert here.previous == ""
    forward, backward = [_numbers(here)], []
    while here.next:
        here = queries.page(db, operator(), Filters(sort=sort), after=here.next)
        forward.append(_numbers(here))
    while here.previous:
        here = queries.page(db, operator(), Filters(sort=sort), before=here.previous)
        backward.append(_numbers(here))
    return forward, backward


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_01_pages_cover_everything_once_both_ways() -> None:
    """SES-01: more than 60 rows, in each order."""
    await add_basics()
    await keep(*_rows())
    kept = dict(enumerate(_rows(), 1))
    orders: dict[Sort, Any] = {
        Sort.URGENT: lambda n: (kept[n].urgency, -kept[n].changed_at.timestamp(), -n),
        Sort.RECENT: lambda n: (-kept[n].changed_at.timestamp(), -n),
        Sort.OLD: lambda n: (kept[n].opened_at, n),
    }
    assert set(orders) == set(Sort)
    async with reading() as db:
        for sort, place in orders.items():
            forward, backward = _walk(db, sort)
            assert [n for page in forward for n in page] == sorted(kept, key=place)
            assert backward[::-1] == forward[:-1]
            assert [len(page) for page in forward] == [PAGE_SIZE, PAGE_SIZE, 13]


def _cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


NONSENSE = [
    "x",
    "é",
    "====",
    "AAAA",
    _cursor({}),
    _cursor([]),
    _cursor([1]),
    _cursor([1, 2, 3]),
    _cursor([1, "soon", 3]),
    _cursor([1, "2026-03-24T09:00:00", 3]),
    _cursor([1, "0001-01-01T00:00:00+14:00", 3]),
    _cursor([1, "9999-12-31T23:59:59-14:00", 3]),
    _cursor([1, NOW.isoformat(), True]),
    _cursor([1, NOW.isoformat(), -1]),
    _cursor([1, NOW.isoformat(), 2**70]),
    _cursor([1, NOW.isoformat(), 3, 4]),
    base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    encode_cursor([NOW, 3]),
    "A" * 10_001,
]


@pytest.mark.parametrize("cursor", NONSENSE, ids=range(len(NONSENSE)))
def test_a_cursor_that_makes_no_sense_is_none(cursor: str) -> None:
    """Whatever somebody types into the address."""
    assert decode_cursor(cursor, Sort.URGENT) is None


@pytest.mark.usefixtures("database")
async def test_a_cursor_that_makes_no_sense_leads_to_the_first_page() -> None:
    await add_basics()
    await keep(row(1), row(2))
    async with reading() as db:
        first = queries.page(db, operator(), Filters())
        for cursor in NONSENSE:
            assert queries.page(db, operator(), Filters(), after=cursor) == first
            assert queries.page(db, operator(), Filters(), before=cursor) == first


@pytest.mark.parametrize(
    ("sort", "values"), [(Sort.URGENT, [0, NOW, 7]), (Sort.RECENT, [NOW, 7]), (Sort.OLD, [NOW, 7])]
)
def test_a_cursor_comes_back_as_it_was(sort: Sort, values: list[int | datetime]) -> None:
    assert decode_cursor(encode_cursor(values), sort) == values
