"""Open screens without a browser: real websockets that speak each server's own protocol, and note what comes."""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import socketio

_AT_ONCE = 5
_ATTEMPTS = 10
_PATIENCE = 300


@dataclass
class Screen:
    """One open screen."""

    group: str
    client: socketio.AsyncClient
    heard: list[float] = field(default_factory=list)
    """When something came."""
    received: int = 0
    """Bytes of the websocket's frames, heartbeats left out."""
    last: Any = None

    def listen(self) -> None:
        """From now on."""
        self.heard.clear()
        self.received = 0

    def note(self, *said: Any) -> None:
        """Something came."""
        self.last = said[-1] if said else None
        self.heard.append(time.time())

    def weigh(self) -> None:
        """Count what the wire brings; the client has no other place to look at it."""
        socket = self.client.eio.ws
        receive = socket.receive

        async def weighed() -> aiohttp.WSMessage:
            frame: aiohttp.WSMessage = await receive()
            size = len(frame.data.encode() if isinstance(frame.data, str) else frame.data or b"")
            self.received += _header(size) + size if size > 1 else 0
            return frame

        socket.receive = weighed


def _header(size: int) -> int:
    return 2 if size < 126 else 4 if size < 2**16 else 10


Opening = Callable[[Screen, int], Awaitable[None]]


async def open_all(groups: list[str], opening: Opening, tick: Callable[[int], None]) -> list[Screen]:
    """A screen for each name of `groups`, all open at once."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int, group: str) -> Screen:
        async with gate:
            screen = Screen(group, socketio.AsyncClient(reconnection=False))
            await opening(screen, number)
            screen.weigh()
            # A busy machine is late with its heartbeats: that is no reason to hang up.
            screen.client.eio.ping_interval = _PATIENCE
            tick(1)
            return screen

    return list(await asyncio.gather(*(one(n, group) for n, group in enumerate(groups))))


async def close_all(screens: list[Screen]) -> None:
    """Close them."""
    await asyncio.gather(*(screen.client.disconnect() for screen in screens), return_exceptions=True)


def reflex(
    url: str, cookies: list[str], hydrate: str, network: Callable[[int], dict[str, str]] = lambda _number: {}
) -> Opening:
    """Ours: a tab that opens /suivi with a session cookie, behind the proxy that `network` speaks for."""

    async def opening(screen: Screen, number: int) -> None:
        token, ready = str(uuid.uuid4()), asyncio.Event()

        def hear(said: Any) -> None:
            screen.note(said)
            if "chips" in json.dumps(said):
                ready.set()

        screen.client.on("event", hear, namespace="/_event")
        await screen.client.connect(
            f"{url}?token={token}",
            headers={"Cookie": cookies[number], "Origin": url} | network(number),
            socketio_path="_event",
            namespaces=["/_event"],
            transports=["websocket"],
        )
        route = {"pathname": "/suivi", "asPath": "/suivi", "query": {}}
        event = {"name": hydrate, "payload": {}, "router_data": route, "token": token}
        await screen.client.emit("event", event, namespace="/_event")
        await asyncio.wait_for(ready.wait(), 60)

    return opening


def bare(url: str) -> Opening:
    """The bare server."""

    async def opening(screen: Screen, _number: int) -> None:
        screen.client.on("event", screen.note)
        await screen.client.connect(f"{url}?group={screen.group}", transports=["websocket"])

    return opening


def nicegui(url: str) -> Opening:
    """NiceGUI: the page first, then its websocket."""

    async def opening(screen: Screen, _number: int) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                return await once(screen)
            except socketio.exceptions.ConnectionError:
                # It forgets a page whose websocket does not follow at once: on a busy machine, ask again.
                if attempt == _ATTEMPTS - 1:
                    raise
                screen.client = socketio.AsyncClient(reconnection=False)
        return None

    async def once(screen: Screen) -> None:
        async with aiohttp.ClientSession() as http, http.get(f"{url}/?group={screen.group}") as answer:
            page = await answer.text()
        found = re.search(r"client_id['\"]?\s*:\s*['\"]([0-9a-f-]+)", page)
        if found is None:
            raise RuntimeError("NiceGUI's page names no client")
        said = {"client_id": found[1], "tab_id": str(uuid.uuid4()), "document_id": str(uuid.uuid4())}
        query = "&".join(f"{name}={value}" for name, value in said.items())
        screen.client.on("update", screen.note)
        await screen.client.connect(
            f"{url}?{query}&implicit_handshake=true&next_message_id=0&old_tab_id=",
            socketio_path="_nicegui_ws/socket.io",
            transports=["websocket"],
        )

    return opening
