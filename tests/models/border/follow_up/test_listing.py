"""SES-01, SES-04, SES-05: lists show what the viewer may see, narrowed as asked."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sql_event

from models.border.consignments.terms import write_terms
from models.border.follow_up.filters import PAGE_SIZE, Filters
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.search import read_search
from models.border.passage.keys import KeyKind
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from tests.factories import BOX, MRN, NOW, A, B, add_basics, after, keep, key, officer, operator, row
from tests.support.databases import both_databases, reading, transaction

_ROWS = [
    row(1),
    row(2, post_code="FRCDG4", ched_type="CHEDP", actor="operator", state="action_required"),
    row(3, state="released", actor="", closed_at=after(-48)),
    row(4, B, state="blocked", actor="operator"),
    row(5, None, actor="customs"),
]


async def _fill() -> None:
    await add_basics()
    await keep(*(row(**{**one.model_dump(exclude={"id"}), "number": n}) for n, one in enumerate(_ROWS, 1)))
    async with transaction() as db:
        first = queries.one(db, operator(), row(1).reference)
        assert first is not None
        db.add_all(
            [
                key(first.consignment, KeyKind.MRN, MRN),
                key(first.consignment, KeyKind.CONTAINER, BOX),
            ]
        )
        write_terms(db, first.consignment, [MRN, BOX])


@pytest.fixture
async def db(database: str) -> AsyncIterator[DbSession]:  # noqa: ARG001
    await _fill()
    async with reading() as session:
        yield session


def _listed(db: DbSession, viewer: Any = None, search: str = "", **narrowed: Any) -> set[int]:
    sought = Filters(search=read_search(search) if search else None, **narrowed)
    found = queries.page(db, viewer or operator(), sought)
    return {int(one.consignment.reference[-7:]) for one in found.items}


def test_ses_04_ses_05_lists_start_from_what_the_viewer_sees(db: DbSession) -> None:
    """SES-04, SES-05: page, some, one, id_of and counters alike."""
    ids = list(range(1, 6))
    for viewer, expected in [
        (operator(), {1, 2, 3}),
        (operator(B), {4}),
        (operator(follows=False), set()),
        (officer(), {1, 3, 4, 5}),
        (officer(Role.SIVEP, "FRCDG4"), {2}),
        (officer(Role.SUPERVISOR), {1, 2, 3, 4, 5}),
        (officer(Role.DGITM), set()),
    ]:
        assert _listed(db, viewer) == expected
        some = queries.some(db, viewer, ids)
        assert {one.consignment.id for one in some} == expected
        assert {n for n in ids if queries.one(db, viewer, row(n).reference)} == expected
        assert {n for n in ids if queries.id_of(db, viewer, row(n).reference)} == expected
        assert queries.counters(db, viewer, Filters()).total == len(expected)


def test_ses_01_filters_narrow_the_list(db: DbSession) -> None:
    """SES-01"""
    assert _listed(db, post="FRCDG4") == {2}
    assert _listed(db, ched_type="CHEDP") == {2}
    assert _listed(db, state="released") == {3}
    assert _listed(db, mine=True) == {2}
    assert _listed(db, officer(), mine=True) == {1}
    assert _listed(db, post="FRLEH1", ched_type="CHEDP") == set()
    assert _listed(db, closed_since=after(-24)) == {1, 2}
    assert _listed(db, closed_since=after(-72)) == {1, 2, 3}


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("0000001", {1}),
        ("chedpp.fr.2026.0000002", {2}),
        ("2026 0000003", {3}),
        ("0000004", set()),
        ("9AB1", {1}),
        ("26fr 0012 3456 789a b1", {1}),
        ("ostu 481205-3", {1}),
        ("812053", {1}),
        ("OSTU", {1}),
        ("CHEDPP.FR.2026.00000", {1, 2, 3}),
        ("26fr001", {1}),
        ("Réf : CHEDPP.FR.2026.0000002", {2}),
        ("Réf:CHEDPP.FR.2026.0000002.", {2}),
        ("Bonjour, où en est le conteneur OSTU 481205 3, svp\u00a0?", {1}),
        ("le mrn 26FR00123456789AB1 (urgent)", {1}),
        ("0000001 et 0000003", {1, 3}),
        ("%", set()),
        ("...", set()),
        ("___", set()),
        ("_AB1", {1}),
        ("%AB1", {1}),
        ("9A%1", set()),
        ("9A_1", set()),
        ("é", set()),
    ],
)
def test_ses_01_a_search_finds_by_reference(db: DbSession, search: str, expected: set[int]) -> None:
    """SES-01, SES-04: of CHED, MRN or container, by its beginning or its end, alone or in a sentence; spaces, dots
    and case do not count, nor does the age; `%` and `_` stand for nothing else; and nobody finds what is another's.
    """
    assert _listed(db, search=search, closed_since=NOW) == expected


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_01_a_search_is_the_same_on_both() -> None:
    """SES-01: in byte order, which PostgreSQL must be told."""
    await _fill()
    async with reading() as db:
        found = [
            _listed(db, officer(Role.SUPERVISOR), search=s)
            for s in ("9ab1", "0000005", "2026", "ostu", "chedpp", "pérou avocats", "%", "%%%", "___")
        ]
    every = {1, 2, 3, 4, 5}
    assert found == [{1}, {5}, set(), {1}, every, every, set(), set(), set()]


def test_ses_01_counters_respect_the_filters_and_not_the_state(db: DbSession) -> None:
    """SES-01: choosing a state must not empty the others."""
    every = queries.counters(db, operator(), Filters())
    assert dict(every.states) == {
        "waiting": 0,
        "in_progress": 1,
        "action_required": 1,
        "blocked": 0,
        "released": 1,
        "cancelled": 0,
    }
    assert (every.total, every.mine) == (3, 1)
    for chosen in (Filters(state="released"), Filters(mine=True)):
        assert queries.counters(db, operator(), chosen) == every
    assert queries.counters(db, operator(), Filters(post="FRCDG4")).total == 1
    assert queries.counters(db, operator(), Filters(search=read_search("9AB1"))).total == 1
    assert queries.counters(db, officer(Role.SUPERVISOR), Filters()).mine == 0
    assert queries.counters(db, officer(Role.CUSTOMS), Filters()).mine == 1


@contextmanager
def _statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(*args: Any) -> None:
        if not str(args[2]).startswith("BEGIN"):
            said.append(str(args[2]))

    sql_event.listen(Engine, "before_cursor_execute", note)
    yield said
    sql_event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.usefixtures("db")
async def test_a_page_costs_as_many_queries_for_one_row_as_for_many() -> None:
    """Two for a page, one for the counters, whoever looks."""
    costs = [await _cost(operator()), await _cost(officer())]
    await keep(*(row(n) for n in range(100, 160)))
    costs += [await _cost(operator()), await _cost(officer())]
    assert costs == [(3, 2, 1), (4, 2, 1), (PAGE_SIZE, 2, 1), (PAGE_SIZE, 2, 1)]


async def _cost(viewer: Viewer) -> tuple[int, int, int]:
    """How many rows a page has, how many queries it takes, and how many the counters take."""
    async with reading() as db:
        with _statements() as listing:
            rows = len(queries.page(db, viewer, Filters()).items)
        with _statements() as counting:
            queries.counters(db, viewer, Filters())
    return rows, len(listing), len(counting)


def test_ses_04_only_officers_read_the_company_beside_each(db: DbSession) -> None:
    """SES-04"""
    names = [
        {one.company for one in queries.page(db, viewer, Filters()).items}
        for viewer in (operator(A), officer())
    ]
    assert names == [{""}, {"Kerdrel", "Horizon", ""}]


def test_ses_05_the_posts_to_choose_from_are_the_officers_own(db: DbSession) -> None:
    """SES-05"""
    posts = [[post.code for post in queries.posts_seen(db, viewer)] for viewer in (officer(), operator())]
    assert posts == [["FRLEH1"], ["FRDKK1", "FRFOS1", "FRLEH1", "FRMRS1", "FRCDG4"]]
