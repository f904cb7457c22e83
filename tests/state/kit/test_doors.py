"""Which pages a person may open is said once, and nothing on screen leads anywhere else (SES-04, SES-05).

Seen to fail: a page that not everybody may open, without its door; `/agent/alertes` behind the door of `/agent`, whose
policy says the same today (a policy is a function of its own, never another name of another's).
"""

import ast
from typing import Any

import pytest

from app.app import app
from app.frontend.build import ROOT
from components.kit.shell import PLACES
from demo.commands.accounts import DEMO_EMAILS
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import home_of
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read
from models.signals.assistance.faq import ENTRIES
from state.kit.doors import DOORS, door_of, doors_of, leads
from state.kit.guard import anyone
from state.kit.session import me_of
from tests.state.world import World

PEOPLE = [email.partition("@")[0] for email in DEMO_EMAILS]


def _policies() -> dict[str, Any]:
    """The policy of what loads each page, by its address."""
    found: dict[str, Any] = {}
    for route, page in app._unevaluated_pages.items():
        handlers: Any = page.on_load
        found["/" + route.removeprefix("index").strip("/")] = handlers[0].fn.__policy__
    return found


async def _viewer(world: World, who: str) -> Viewer:
    session_id = await world.session(who)
    viewer = await read(lambda db: viewer_of(session_id, db))
    assert viewer is not None
    return viewer


def test_each_page_has_the_policy_of_its_door() -> None:
    """SES-04: from the registry of pages; what is behind no door is open to anybody."""
    pages = _policies()
    assert set(DOORS) <= set(pages)
    for path, policy in pages.items():
        door = door_of(path)
        assert policy is (DOORS[door] if door else anyone), path


def test_no_policy_is_another_name_of_another() -> None:
    """Two questions that are answered alike today are two functions, or nothing sees that one was asked for the other."""
    assert DOORS["/agent/alertes"] is not DOORS["/agent"]
    files = [*(ROOT / "models").rglob("policy.py"), ROOT / "state" / "kit" / "guard.py"]
    trees = [ast.parse(path.read_text()) for path in files]
    assert [
        ast.unparse(statement)
        for tree in trees
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name)
    ] == []


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/suivi", "/suivi"),
        ("/suivi/CHEDPP.FR.2026.0000001?x=1", "/suivi"),
        ("/agent/planning?vue=semaine", "/agent/planning"),
        ("/agent", "/agent"),
        ("/notifications/reglages#telephone", "/notifications/reglages"),
        ("/aide#etats", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_the_door_of_an_address(path: str, door: str) -> None:
    """The page of the list, or the nearest above it."""
    assert door_of(path) == door


@pytest.mark.parametrize("who", PEOPLE)
async def test_ses_04_the_navigation_offers_what_one_may_open(world: World, who: str) -> None:
    """SES-04, SES-05: every place that is offered opens, and every place that opens is offered; home is one of them."""
    viewer = await _viewer(world, who)
    me = me_of(viewer)
    for place in PLACES:
        assert place.open_to_all == (place.href not in DOORS)
        if not place.open_to_all:
            assert (place.href in me.doors) == (DOORS[place.href](viewer) is None), place.key
    assert me.home == home_of(viewer.role)
    assert leads(me.home, viewer)
    assert ("/agent/offre" in me.doors) == (who in ("sivep", "sivep-cdg", "douane", "superviseur"))


async def test_the_accountant_and_the_dgitm_see_no_follow_up(world: World) -> None:
    """SES-04: neither may open it; before the terms are accepted, one's own account is the only door."""
    for who in ("comptable", "dgitm"):
        assert "/suivi" not in doors_of(await _viewer(world, who))
    assert not leads("/suivi/CHEDPP.FR.2026.0000001", await _viewer(world, "dgitm"))
    assert leads("/suivi", None)


async def test_an_answer_leads_only_where_one_may_go(world: World) -> None:
    """PPR-52: the answer stays, its link goes."""
    lost = next(one for one in ENTRIES if one.href == "/suivi")
    for who, href in (("importateur", "/suivi"), ("comptable", ""), (None, "/suivi")):
        tab = await world.tab(who)
        await tab.connect("/aide")
        await tab.send("Assistance.search", {"form": {"q": lost.question}})
        found = next(one for one in tab.shown["Assistance"]["found"] if one["question"] == lost.question)
        assert found["href"] == href
