"""An officer says which post an unknown one is; what waits goes there, and comes back when it is undone (SES-05)."""

import asyncio

import pytest
from sqlmodel import col, select

from models.border.consignments.policy import enters
from models.border.consignments.tables import Consignment
from models.border.matching.post_actions import Confirmed, confirm, unconfirm
from models.border.matching.queries import posts
from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal
from models.posts.queries import known_posts
from models.posts.tables import Post, PostAlias
from tests import factories
from tests.factories import NOW, A, ched, consignment, count, operator, reference, tell
from tests.models.border.matching.people import HAVRE, ROISSY, SUPERVISOR
from tests.support.accounts import journal
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("basics")
UNKNOWN = "FRXXX1"


async def said(
    viewer: Viewer = HAVRE, code: str = UNKNOWN, known: str = "FRLEH1", name: str = ""
) -> Confirmed:
    outcome = await confirm(viewer, code, known, name)
    assert isinstance(outcome, Confirmed), outcome
    return outcome


async def waiting(viewer: Viewer) -> dict[str, list[str]]:
    async with reading() as db:
        found = posts.unknown_posts(db, viewer)
        assert posts.count_unknown(db, viewer) == len(found)
    return {one.post.code: [each.reference for each in one.consignments] for one in found}


async def codes(*numbers: int) -> list[str]:
    return [(await consignment(number)).post_code for number in numbers]


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_05_what_waits_goes_to_the_known_post_and_so_does_what_follows() -> None:
    """SES-05: at once for its officers; later messages under that code are read as that post."""
    await tell(ched(1, post_code=UNKNOWN), ched(2, post_code=UNKNOWN), ched(3, post_code="FRYYY1"))
    assert await waiting(HAVRE) == {UNKNOWN: [reference(1), reference(2)], "FRYYY1": [reference(3)]}
    assert await said() == Confirmed(UNKNOWN, "Le Havre", 2)
    await tell(ched(4, post_code=UNKNOWN))
    assert await codes(1, 2, 3, 4) == ["FRLEH1", "FRLEH1", "FRYYY1", "FRLEH1"]
    assert await waiting(HAVRE) == {"FRYYY1": [reference(3)]}
    moved = [entry for entry in await journal("consignment.updated") if "left" in entry.payload]
    assert [entry.payload["left"]["post"] for entry in moved] == [UNKNOWN, UNKNOWN]
    assert all(enters(HAVRE, entry) and not enters(ROISSY, entry) for entry in moved)
    assert [entry.payload["named"] for entry in await journal("post.confirmed")] == [UNKNOWN]


async def test_ses_05_a_new_post_is_known_from_then_on() -> None:
    """SES-05: under the name that the officer gives it, which no message changes."""
    await tell(ched(1, post_code=UNKNOWN))
    assert isinstance(await confirm(HAVRE, UNKNOWN, "", "  "), Refusal)
    assert await said(known="", name=" Le  Havre Sud ") == Confirmed(UNKNOWN, "Le Havre Sud", 1)
    await tell(ched(2, post_code=UNKNOWN, post_name="Autre nom"))
    assert await codes(1, 2) == [UNKNOWN, UNKNOWN]
    assert await waiting(SUPERVISOR) == {}
    async with reading() as db:
        post = db.get_one(Post, UNKNOWN)
        assert (post.name, post.unknown_since) == ("Le Havre Sud", None)
        assert post in known_posts(db)


@pytest.mark.parametrize("viewer", [operator(A), operator(None), factories.officer()])
async def test_ses_05_only_those_who_tie_consignments_say_so(viewer: Viewer) -> None:
    """SES-05: operators and officers without post see nothing of it, and change nothing."""
    if viewer.posts:
        viewer = Viewer(2, "s", "Ada Roux", viewer.role)
    await tell(ched(post_code=UNKNOWN))
    await said(SUPERVISOR, UNKNOWN)
    assert isinstance(await unconfirm(viewer, UNKNOWN), Refusal)
    assert await waiting(viewer) == {}
    assert isinstance(await confirm(viewer, UNKNOWN, "FRLEH1"), Refusal)
    assert await codes(1) == ["FRLEH1"]
    async with reading() as db:
        assert posts.confirmed_posts(db, viewer) == []


@pytest.mark.parametrize("known", ["FRZZZ1", "FRYYY1", UNKNOWN, "x" * 64])
async def test_only_a_known_post_can_be_meant(known: str) -> None:
    """Another unknown one is none, nor is one that does not exist."""
    await tell(ched(1, post_code=UNKNOWN), ched(2, post_code="FRYYY1"))
    assert isinstance(await confirm(HAVRE, UNKNOWN, known, "Nom"), Refusal)
    assert await count(PostAlias) == (0,)


async def test_two_officers_at_once_say_it_once() -> None:
    """SES-05: the second is told that it is done."""
    await tell(ched(post_code=UNKNOWN))
    outcomes = await asyncio.gather(confirm(HAVRE, UNKNOWN, "FRLEH1"), confirm(SUPERVISOR, UNKNOWN, "FRCDG4"))
    assert sorted(type(one).__name__ for one in outcomes) == ["Confirmed", "Refusal"]
    assert isinstance(await confirm(HAVRE, "FRLEH1", "FRCDG4"), Refusal)


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_05_what_was_said_is_taken_back() -> None:
    """SES-05: what is open goes back to the list; what is closed stays where it ended."""
    await tell(ched(1, post_code=UNKNOWN), ched(2, post_code=UNKNOWN), ched(3))
    await said()
    async with transaction() as db:
        over = db.exec(select(Consignment).where(col(Consignment.reference) == reference(2))).one()
        over.closed_at = NOW
        db.add(over)
    assert await unconfirm(HAVRE, UNKNOWN) == Confirmed(UNKNOWN, "Le Havre", 1)  # as its CHED called it
    assert await codes(1, 2, 3) == [UNKNOWN, "FRLEH1", "FRLEH1"]
    assert await waiting(HAVRE) == {UNKNOWN: [reference(1)]}
    assert isinstance(await unconfirm(HAVRE, UNKNOWN), Refusal)
    assert (await said(known="FRCDG4")).name == "Roissy-Charles-de-Gaulle"
    assert await codes(1) == ["FRCDG4"]


async def test_a_new_post_taken_back_is_unknown_again() -> None:
    """SES-05"""
    await tell(ched(1, post_code=UNKNOWN))
    await said(known="", name="Le Havre Sud")
    await unconfirm(HAVRE, UNKNOWN)
    assert await waiting(HAVRE) == {UNKNOWN: [reference(1)]}


async def test_what_waits_is_named_up_to_a_few() -> None:
    """A thousand consignments make no endless page."""
    await tell(*(ched(number, post_code=UNKNOWN) for number in range(1, 9)))
    async with reading() as db:
        (one,) = posts.unknown_posts(db, HAVRE)
    assert (one.count, len(one.consignments)) == (8, posts.SHOWN)
