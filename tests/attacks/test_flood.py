"""What anybody can send by websocket, without session nor cookie: bounded in size, time, memory and number (SES-53).

Seen to fail: without REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE (a message of 900 kB is taken), without the door of
app/sockets/namespace.py (the log grows by what was sent, a tab takes any name).
"""

import json
import uuid
from contextlib import suppress
from typing import Any

import httpx
import pytest
from simple_websocket import ConnectionClosed

from app.server import LARGEST_EVENT
from tests.attacks.wire import ConnectionRefused, Wire, connected, cookie_of
from tests.support.served import ServedApp

LOAD = "reflex___state____state.state___session____session.load"
REPORT = "reflex___state____state.reflex___state____frontend_event_exception_state.handle_frontend_exception"
SLOW = LARGEST_EVENT - 1_000
HOSTILE: tuple[dict[str, Any], ...] = (
    {"name": "x", "payload": {"a": "A" * SLOW}},
    {"name": "A" * SLOW},
    {"name": "x", "payload": {"a": "-eyJ" * (SLOW // 4)}},
    {"name": LOAD, "payload": {"a": "A" * SLOW}},
    {"name": LOAD, "payload": {}, "router_data": {"pathname": "A" * SLOW}},
    {"name": LOAD, "payload": {}, "router_data": {str(number): "A" for number in range(5_000)}},
    {"name": REPORT, "payload": {"info": "A" * SLOW, "component_stack": ""}},
    {
        "name": REPORT,
        "payload": {"info": "TypeError: can't access property \"" * (SLOW // 40), "component_stack": ""},
    },
)


async def _send(wire: Wire, event: dict[str, Any]) -> None:
    await wire._client.send(f"42/_event,{json.dumps(['event', event])}")


async def test_what_a_stranger_sends_holds_up_nobody_and_fills_no_log(served_app: ServedApp) -> None:
    """SES-53, COM-06: hostile events by the dozen; another tab is answered meanwhile, and the log stays short."""
    before = served_app.log.stat().st_size
    async with connected(served_app) as stranger, connected(served_app) as other:
        for _ in range(10):
            for event in HOSTILE:
                await _send(stranger, event)
        await other.send("State.hydrate_and_load", "/")
        assert any("delta" in frame for frame in other.said)
        await stranger.listen()
    told = served_app.log.read_bytes()[before:].decode()
    assert len(told) < 30_000
    assert "AAAA" not in told


async def test_a_message_too_large_ends_its_connection(served_app: ServedApp) -> None:
    """SES-53: whatever is large comes by HTTP; the next connection is as good as the first."""
    async with connected(served_app) as wire:
        with suppress(ConnectionClosed):
            await _send(wire, {"name": LOAD, "payload": {"a": "A" * 900_000}})
            await wire.listen(10)
        assert not wire._client.connected
    async with connected(served_app) as wire:
        assert await wire.send("State.hydrate_and_load", "/")


@pytest.mark.parametrize("token", ["a" * 4_000, "a/b", "*"])
async def test_a_tab_has_a_name_that_a_browser_draws(served_app: ServedApp, token: str) -> None:
    """SES-53: the name is a key of what is kept."""
    with pytest.raises(ConnectionRefused):
        async with connected(served_app, token=token):
            pass


async def test_one_connection_opens_one_tab(served_app: ServedApp) -> None:
    """SES-53: each tab has a state of its own, which nobody makes by the thousand over one websocket."""
    async with connected(served_app) as wire:
        for _ in range(20):
            with suppress(ConnectionClosed):
                await wire._client.send("40/_event,")
        frames = await wire.listen()
    assert not [frame for frame in frames if frame.startswith("40/_event,")]
    assert not [frame for frame in frames if "new_token" in frame]


async def test_what_is_sent_beside_an_event_is_not_kept(served_app: ServedApp) -> None:
    """SES-53: neither other keys nor headers come back with the state of the tab."""
    junk = uuid.uuid4().hex
    cookie = await cookie_of(served_app, "importateur")
    async with connected(served_app, cookie) as wire:
        router = {
            "pathname": "/suivi",
            "asPath": "/suivi",
            "query": {"q": ["x"]},
            junk: junk,
            "headers": {junk: junk},
        }
        name = "reflex___state____state.hydrate_and_load"
        await _send(wire, {"name": name, "payload": {}, "router_data": router, junk: junk})
        assert "Kerdrel Primeurs" in await wire.until("Kerdrel Primeurs")
        await wire.listen()
        assert junk not in "".join(wire.said)


async def test_the_portal_is_there_after_all_that(served_app: ServedApp) -> None:
    """SES-53"""
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        assert (await client.get("/health/ready")).status_code == 200
