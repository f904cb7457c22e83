"""A raw client of the websocket, which sends what no browser of ours would: Engine.IO and Socket.IO by hand.

`simple_websocket` comes with python-engineio. The client chooses its own Origin, Cookie, token and events.
"""

import json
import re
import uuid
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from simple_websocket import AioClient, ConnectionClosed
from simple_websocket import ConnectionError as HandshakeRefused

from models.identity.access.cookies import SESSION_COOKIE
from tests.support.served import PASSWORD, ServedApp

_SPACE = "/_event"
_STATES = {
    "State": "reflex___state____state",
    "FollowUp": "reflex___state____state.state___follow_up____follow_up",
    "ConsignmentPage": "reflex___state____state.state___consignment____consignment_page",
    "Profile": "reflex___state____state.state___profile____profile",
    "Dashboard": "reflex___state____state.state___dashboard____dashboard",
    "Session": "reflex___state____state.state___session____session",
    "OnLoad": "reflex___state____state.reflex___state____on_load_internal_state",
}
_QUIET = 0.4
_PATIENT = 10.0


class Wire:
    """One websocket."""

    def __init__(self, client: Any, token: str) -> None:
        self._client = client
        self.token = token
        self.said: list[str] = []
        """Every frame that the server sent."""

    async def send(self, event: str, path: str = "/suivi", **payload: Any) -> list[str]:
        """Trigger `Class.handler`, as if on the page at `path`; what the server says until it falls silent."""
        screen, handler = event.split(".")
        return await self.send_raw(f"{_STATES[screen]}.{handler}", path, payload)

    async def send_raw(self, name: str, path: str, payload: dict[str, Any]) -> list[str]:
        """The same, under the name that travels."""
        await self._trigger(name, path, payload)
        return await self.listen()

    async def send_all(self, events: Iterable[tuple[str, str]]) -> list[str]:
        """Trigger each `Class.handler` on its page, without waiting in between; all that the server says then."""
        for event, path in events:
            screen, handler = event.split(".")
            await self._trigger(f"{_STATES[screen]}.{handler}", path, {})
        return await self.listen()

    async def _trigger(self, name: str, path: str, payload: dict[str, Any]) -> None:
        page = "/suivi/[reference]" if path.startswith("/suivi/") else path
        router = {"pathname": page, "asPath": path, "query": {}}
        event = {"name": name, "payload": payload, "router_data": router}
        await self._client.send(f"42{_SPACE},{json.dumps(['event', event])}")

    async def listen(self, seconds: float = _QUIET) -> list[str]:
        """What the server says, until it says nothing for so long."""
        heard: list[str] = []
        while (frame := await self._receive(seconds)) is not None:
            heard.append(frame)
        self.said += heard
        return heard

    async def until(self, wanted: str) -> str:
        """What the server says, up to a frame that matches; fails after ten seconds without one."""
        heard = ""
        while not re.search(wanted, heard):
            frame = await self._receive(_PATIENT)
            assert frame is not None, f"nothing like {wanted!r} in {heard[-2000:]}"
            self.said.append(frame)
            heard += frame
        return heard

    async def _receive(self, seconds: float) -> str | None:
        frame = await self._client.receive(timeout=seconds)
        if frame == "2":  # Engine.IO asks whether we are there
            await self._client.send("3")
            return await self._receive(seconds)
        return None if frame is None else str(frame)

    async def close(self) -> None:
        """Go away, and wait until the server knows."""
        await self._client.send(f"41{_SPACE},")
        await self._client.send("1")
        with suppress(ConnectionClosed):
            # It may keep the socket open, and go on pinging: a moment of silence is enough.
            while await self._client.receive(timeout=_QUIET) is not None:
                pass


@asynccontextmanager
async def connected(
    served: ServedApp, cookie: str = "", token: str = "", origin: str | None = None, query: str = ""
) -> AsyncIterator[Wire]:
    """A websocket in the Socket.IO namespace of the screens, with nothing asked yet.

    Raises:
        ConnectionRefused: when the handshake is refused.
    """
    token = token or uuid.uuid4().hex
    headers = {"Origin": served.url if origin is None else origin}
    if cookie:
        headers["Cookie"] = f"{SESSION_COOKIE}={cookie}"
    if not headers["Origin"]:
        del headers["Origin"]
    address = served.url.replace("http", "ws", 1) + f"/_event/?EIO=4&transport=websocket&token={token}{query}"
    client = AioClient(address, headers=headers)
    try:
        await _shake_hands(client)
        wire = Wire(client, token)
        await client.send(f"40{_SPACE},")
        if f"44{_SPACE}" in await wire.until(rf"4[04]{_SPACE},"):
            raise ConnectionRefused("by Socket.IO")
        yield wire
    finally:
        await _hang_up(client)


async def _shake_hands(client: Any) -> None:
    try:
        await client._connect()  # its `connect` loses the socket of a handshake that is refused
    except HandshakeRefused as error:
        raise ConnectionRefused(str(error)) from error
    await client._handle_events()  # what came together with the handshake's answer
    first = await client.receive(timeout=_PATIENT)
    if first is None or not str(first).startswith("0"):
        raise ConnectionRefused(str(first))


async def _hang_up(client: Any) -> None:
    if client.task is not None:
        client.task.cancel()
    if client.wsock is not None:
        client.wsock.close()
        with suppress(OSError):
            await client.wsock.wait_closed()


class ConnectionRefused(Exception):
    """The server did not let the websocket in."""


async def cookie_of(served: ServedApp, who: str) -> str:
    """The cookie of a new session of `who`@demo.passavant.fr, got through the form."""
    form = {"email": f"{who}@demo.passavant.fr", "password": PASSWORD}
    async with httpx.AsyncClient(base_url=served.url) as client:
        answer = await client.post("/session", data=form)
        landed = answer.headers["location"]
        assert (answer.status_code, landed in ("/suivi", "/tableau-de-bord")) == (303, True), answer.text
        return answer.cookies[SESSION_COOKIE]


async def sign_out(served: ServedApp, cookie: str) -> None:
    """End that session through the form."""
    async with httpx.AsyncClient(base_url=served.url, cookies={SESSION_COOKIE: cookie}) as client:
        assert (await client.post("/session/end")).status_code == 303
