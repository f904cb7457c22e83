"""SES-01, SES-04: consignments found by what they are made of, and by the beginnings of words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import col, select

from models.border.consignments.tables import Consignment, ConsignmentTerm
from models.border.follow_up.filters import Filters
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.queries import terms
from models.border.follow_up.search import Search, is_too_short, read_search
from models.border.passage.content import Container, Goods, Transport
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from tests.factories import A, B, add_basics, after, ched, customs, officer, operator, row, tell
from tests.support.databases import both_databases, reading, transaction


async def _found(search: str, viewer: Viewer | None = None, **narrowed: Any) -> set[int]:
    async with reading() as db:
        filters = Filters(search=read_search(search), **narrowed)
        page = queries.page(db, viewer or operator(), filters)
        counted = queries.counters(db, viewer or operator(), filters)
    assert counted.total == len(page.items)
    return {int(one.consignment.reference[-7:]) for one in page.items}


async def _notified() -> None:
    await add_basics()
    manioc = Goods(1, cn_code="07141000", cn_label="Manioc (cassava)", origin_country="EG")
    beef = Goods(1, cn_code="02013000", scientific_name="Bos taurus", origin_country="BR")
    await tell(
        ched(
            1,
            goods=(manioc,),
            origin_country="EG",
            transports=(Transport("sea", "9321483", "Étoile de mer"),),
        ),
        ched(2, goods=(beef,), origin_country="BR", containers=(Container("MSCU1234567"),)),
        ched(3, B, goods=(manioc,), origin_country="CI", containers=(Container("TGHU7654321"),)),
    )


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("manioc", {1}),
        ("Maniocs", {1}),
        ("MANIO", {1}),
        ("cassava", {1}),
        ("egypte", {1}),
        ("Égypte", {1}),
        ("d’Égypte", {1}),
        ("du manioc d'Egypte", {1}),
        ("manioc du Brésil", set()),
        ("bœuf", {2}),
        ("boeuf", {2}),
        ("taurus", {2}),
        ("etoile", {1}),
        ("Étoile de mer", {1}),
        ("mscu", {2}),
        ("man%", {1}),
        ("m%c", set()),
        ("manioc_egypte", {1}),
        ("商品", set()),
    ],
)
async def test_ses_01_goods_origins_vessels_and_containers_are_found(search: str, expected: set[int]) -> None:
    """SES-01, SES-04: by the beginning of each word, without accents; and never what is another company's."""
    await _notified()
    assert await _found(search) == expected


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_04_a_search_stays_within_what_one_sees() -> None:
    """SES-04, SES-05: operators by company, officers by post; a consignment that goes elsewhere is found there."""
    await _notified()
    roissy = officer(Role.SIVEP, "FRCDG4")
    supervisor = officer(Role.SUPERVISOR)
    everyone = [operator(A), operator(B), officer(), roissy, supervisor, officer(Role.DGITM)]
    assert [await _found("manioc", one) for one in everyone] == [{1}, {3}, {1, 3}, set(), {1, 3}, set()]
    async with transaction() as db:
        moved = db.exec(select(Consignment).where(Consignment.reference == row(1).reference)).one()
        moved.siren, moved.post_code = B, "FRCDG4"
    assert [await _found("manioc", one) for one in everyone] == [set(), {1, 3}, {3}, {1}, {1, 3}, set()]


@pytest.mark.usefixtures("database")
async def test_ses_01_what_a_consignment_is_not_any_more_does_not_find_it() -> None:
    """SES-01: a newer CHED changes its words and keeps its references, its MRN included."""
    await _notified()
    await tell(customs())
    bananas = (Goods(1, cn_code="08039010", origin_country="CM"),)
    await tell(
        ched(
            1, goods=bananas, origin_country="CM", issued_at=after(2), containers=(Container("TCLU1111111"),)
        )
    )
    assert [await _found(one) for one in ("manioc", "bananes", "cameroun")] == [set(), {1}, {1}]
    assert [await _found(one) for one in ("26FR0012", "chedpp.fr.2026.0000001", "tclu111")] == [{1}, {1}, {1}]


@pytest.mark.usefixtures("database")
async def test_a_search_costs_no_more_among_many() -> None:
    """SES-01: what the words of others hold is not looked at, and what they hold of one's own is cut short."""
    for viewer, index in ((operator(), "company"), (officer(), "post"), (officer(Role.SUPERVISOR), "all")):
        ways = terms.found_by(read_search("avocats"), viewer)
        async with reading() as db:
            literal = {"literal_binds": True}
            asked = str(select(Consignment.id).where(ways).compile(db.get_bind(), compile_kwargs=literal))
            plan = str(db.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
        assert f"COVERING INDEX ix_consignment_term_{index}" in plan
        assert "SCAN consignment_" not in plan
        assert asked.count("LIMIT 10000") == asked.count("consignment_term.term <") == 2


@given(st.text(max_size=300))
def test_whatever_is_typed_is_looked_for_within_bounds(typed: str) -> None:
    """SES-01: any text becomes a few ranges of letters and digits."""
    search = read_search(typed)
    assert len(search.references) <= 4
    assert len(search.words) <= 6
    for one in (*search.references, *search.words):
        assert one.isascii()
        assert one.isalnum()
        assert one
    values = terms.searched(search)
    assert all(values[name] < values[f"{name}_past"] for name in values if not name.endswith("_past"))


def test_what_is_too_short_and_what_is_nothing_differ() -> None:
    """SES-01: two letters wait for a third; signs alone find nothing."""
    assert [is_too_short(one) for one in ("ab", "a%", "abc", "%", "___", "")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert read_search("%_%") == Search()


@pytest.mark.usefixtures("database")
async def test_terms_are_bounded_and_folded() -> None:
    """SES-01: a word of sixty letters is kept by its beginning, and found by all of it."""
    await add_basics()
    long = "Hydroxypropylmethylcellulosehydroxypropylmethylcellulosehydro"
    await tell(ched(1, goods=(Goods(1, description=long, origin_country="PE"),)))
    assert await _found(long) == {1}
    async with reading() as db:
        terms = db.exec(select(col(ConsignmentTerm.term))).all()
    assert max(map(len, terms)) == 40
