"""Tokens of other tabs, and events sent again, over the real websocket (SES-04, COM-02).

The client token of a tab is a random number that its page holds; should it leak, it opens nothing.

Seen to fail: without `state/hub/tab.py` in app/app.py the whole state comes back to the next one who connects; without
the session row's end, the replay shows the list again.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import suppress

import httpx
import pytest
from simple_websocket import ConnectionClosed

from demo.writers.contents import write_ched, write_event
from models.border.passage.content import StepEvent
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock
from tests.attacks.wire import Wire, connected, cookie_of, sign_out
from tests.state.world import DOSSIERS, leaks
from tests.support.sending import send
from tests.support.served import ServedApp

pytestmark = pytest.mark.usefixtures("dossier")

MINE = DOSSIERS["A_HAVRE"]
PAGE = f"/suivi/{MINE.reference}"
EVENTS = (
    ("State.hydrate", "/suivi"),
    ("State.hydrate_and_load", "/suivi"),
    ("State.hydrate_and_load", PAGE),
    ("OnLoad.on_load_internal", PAGE),
    ("FollowUp.load", "/suivi"),
    ("FollowUp.show_newcomers", "/suivi"),
    ("ConsignmentPage.load", PAGE),
    ("ConsignmentPage.confirm", PAGE),
    ("Profile.load", "/profil"),
    ("Dashboard.load", "/tableau-de-bord"),
    ("Session.load", "/"),
)


@pytest.fixture(scope="session")
def dossier(served_app: ServedApp) -> None:
    """The dossier of A at Le Havre is notified."""
    send(served_app, write_ched(MINE.ched()))


def fact(served: ServedApp) -> None:
    """Something happens to it."""
    event = StepEvent(MINE.reference, StepKind.DOCUMENTARY, StepStatus.STARTED, clock.now())
    send(served, write_event(event))


async def victim(wire: Wire) -> None:
    """The importer's tab, with the list and the page open."""
    await wire.send("State.hydrate_and_load")
    shown = await wire.send("State.hydrate_and_load", PAGE)
    assert leaks(["".join(shown) or await wire.until(MINE.reference)], MINE)


async def few_at_once(each: Iterable[Awaitable[None]]) -> None:
    """Await all of these, three at a time: a server with more to do falls silent between two words of an answer."""
    gate = asyncio.Semaphore(3)

    async def one(doing: Awaitable[None]) -> None:
        async with gate:
            await doing

    for failure in await asyncio.gather(*map(one, each), return_exceptions=True):
        if failure is not None:
            raise failure


async def gone(served: ServedApp, cookie: str) -> str:
    """The token of a tab of the importer, closed since; the session still runs."""
    async with connected(served, cookie) as wire:
        await victim(wire)
        await wire.close()
        return wire.token


@pytest.mark.parametrize("who", ["concurrent", "comptable", ""])
async def test_who_takes_a_token_gets_nothing_of_the_last(served_app: ServedApp, who: str) -> None:
    """SES-04: whatever is asked first: hydration, a handler, a page load; each of a token of its own."""
    mine = await cookie_of(served_app, "importateur")
    other = await cookie_of(served_app, who) if who else ""

    async def take(event: str, path: str) -> None:
        async with connected(served_app, other, token=await gone(served_app, mine)) as wire:
            await wire.send(event, path)
        assert leaks(_without_address(wire.said), MINE) == [], event

    await few_at_once(take(*event) for event in EVENTS)


async def test_who_takes_a_token_hears_nothing(served_app: ServedApp) -> None:
    """SES-04: connected under the token, asking nothing, while a fact concerns the one who left.

    Signed in beforehand: an entry in the journal between the two would make the hub notice who left.
    """
    mine, other = await cookie_of(served_app, "importateur"), await cookie_of(served_app, "concurrent")
    async with connected(served_app, mine) as wire:
        await victim(wire)
        await wire.close()
    async with connected(served_app, other, token=wire.token) as thief:
        fact(served_app)
        await thief.listen(2)
        assert '"new_token"' not in "".join(thief.said), "the token was free to take"
        assert leaks(thief.said, MINE) == []


async def test_the_token_of_an_open_tab_is_not_shared(served_app: ServedApp) -> None:
    """SES-04: two connections under one token: the second gets another one, and the first goes on alone."""
    mine, other = await cookie_of(served_app, "importateur"), await cookie_of(served_app, "concurrent")
    async with connected(served_app, mine) as wire:
        await victim(wire)
        async with connected(served_app, other, token=wire.token) as thief:
            assert '"new_token"' in "".join([*thief.said, *await thief.listen()])
            await thief.send_all(EVENTS)
            fact(served_app)
            heard = await wire.until(str(MINE.number))
            await thief.listen()
        assert leaks([heard], MINE)
        assert leaks(_without_address(thief.said), MINE) == []


async def test_a_replayed_event_after_sign_out(served_app: ServedApp) -> None:
    """SES-04, COM-02: the same bytes again, on the same connection and on a new one with the old cookie."""

    async def replay(event: tuple[str, str]) -> None:
        cookie = await cookie_of(served_app, "importateur")
        async with connected(served_app, cookie) as wire:
            await victim(wire)
            await wire.send(*event)
            await sign_out(served_app, cookie)
            public = event[0].startswith("Session")  # stays open, without the name
            await wire.until('"signed_in": ?false' if public else "Votre session est terminée")
            wire.said.clear()
            await wire.send(*event)
            assert leaks(_without_address(wire.said), MINE) == [], event
        async with connected(served_app, cookie, token=wire.token) as again:
            await again.send(*event)
            assert leaks(_without_address(again.said), MINE) == [], event

    await few_at_once(map(replay, EVENTS))


async def test_a_withdrawn_session_closes_the_screen_at_once(served_app: ServedApp) -> None:
    """SES-04: the screen is told without asking; the list, the page and the profile alike."""
    for path in ("/suivi", PAGE, "/profil"):
        cookie = await cookie_of(served_app, "importateur")
        async with connected(served_app, cookie) as wire:
            await wire.send("State.hydrate_and_load", path)
            await sign_out(served_app, cookie)
            heard = await wire.until("Votre session est terminée")
            assert leaks([heard], MINE) == []


GARBAGE = (
    "",
    "4",
    "42",
    "42/_event,",
    "42/_event,[]",
    '42/_event,["event"]',
    '42/_event,["event", null]',
    '42/_event,["event", "x"]',
    '42/_event,["event", {"name": 7}]',
    '42/_event,["event", {"name": "a.b", "payload": {}}]',
    '42/_event,["event", {"name": "reflex___state____state.__class__", "payload": {}}]',
    '42/_event,["event", {"name": "reflex___state____state._get_root_state", "payload": {}}]',
    '42/_event,["__init__", {}]',
    '42/_admin,["event", {}]',
    "40/_admin,",
    "451-/_event,[{}]",
    "9" * 5000,
    "42/_event,[" + "[" * 5000,
)


async def test_garbage_on_the_wire_harms_nobody(served_app: ServedApp) -> None:
    """SES-53: the connection may end; the application goes on, and tells nothing."""
    cookie = await cookie_of(served_app, "concurrent")

    async def throw(frame: str) -> None:
        async with connected(served_app, cookie) as wire:
            await wire._client.send(frame)
            with suppress(ConnectionClosed):
                await wire.listen()
            assert leaks(wire.said, MINE) == [], frame

    await few_at_once(map(throw, GARBAGE))
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        assert (await client.get("/health/ready")).status_code == 200
    async with connected(served_app, cookie) as wire:
        assert await wire.send("State.hydrate_and_load")


def _without_address(said: list[str]) -> list[str]:
    """Without the address that was asked for, which travels back."""
    return [frame.replace(PAGE, "").replace(f'"{MINE.reference}"', "") for frame in said]
