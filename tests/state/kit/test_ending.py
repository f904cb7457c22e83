"""Where each action ends: a note, a field, a heading, and never the body of the page (COM-32).

The browser's part is tests/journeys/test_ending.py. Seen to fail: a guard that says nothing of a refusal.
"""

import pytest

from state.kit.ending import Ends
from tests.state.handlers import OURS
from tests.state.kit.test_registry import registered
from tests.state.pipeline import Json
from tests.state.world import World


def _ends(name: str) -> Ends:
    ends: Ends = registered()[name].handler.fn.__ends__
    return ends


def test_every_action_says_where_it_ends() -> None:
    """An act that others feel at its answer, a form at what to correct in it, unless it says otherwise."""
    acts = {name for name in OURS if registered()[name].handler.fn.__act__}
    assert {_ends(name) for name in acts} == {Ends.ANSWER, Ends.FIELD}
    loads = {name for name in OURS if name.partition(".")[2].startswith(("load", "hear"))}
    assert {_ends(name) for name in loads} == {Ends.HERE}
    assert _ends("Booking.to_hours") == Ends.HEADING
    assert _ends("FollowUp.search") == Ends.HERE
    assert _ends("Simulator.compute") == Ends.FIELD


@pytest.mark.parametrize(
    ("who", "address", "handler", "payload", "ends"),
    [
        (None, "/simulateur", "Simulator.compute", {"form": {}}, "1 field"),
        ("correspondante", "/entreprise", "People.invite", {"form": {"email": "x"}}, "1 field"),
        ("correspondante", "/entreprise", "People.certify", {"account_id": "0"}, "1 refusal"),
        ("superviseur", "/agent/envois-en-echec", "Undelivered.replay", {"key": "none"}, "1 refusal"),
        ("importateur", "/rendez-vous/nouveau", "Booking.back", {}, "1 heading"),
        ("importateur", "/notifications", "Notifications.read_all", {}, "1 answer"),
        ("importateur", "/suivi", "FollowUp.search", {"form": {"q": "mangues"}}, ""),
    ],
)
async def test_an_action_ends_where_it_says(
    world: World, who: str | None, address: str, handler: str, payload: Json, ends: str
) -> None:
    tab = await world.tab(who)
    await tab.connect(address)
    await tab.send(handler, payload)
    assert tab.shown.get("Ending", {}).get("at", "") == ends


async def test_the_same_end_is_told_again(world: World) -> None:
    """Two refusals in a row: the browser hears of both."""
    tab = await world.tab("superviseur")
    await tab.connect("/agent/envois-en-echec")
    told = [await tab.send("Undelivered.replay", {"key": "none"}) for _ in range(2)]
    assert [one["Ending"]["at"] for one in told] == ["1 refusal", "2 refusal"]


async def test_what_a_person_may_not_do_ends_at_no_answer(world: World) -> None:
    """SES-04: the page that closes says why; its heading is new, and nothing is told of an action."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    said = await tab.send("Undelivered.replay", {"key": "none"})
    assert "Ending" not in said
    assert said["Undelivered"]["refusal"]
