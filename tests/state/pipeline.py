"""Tabs of a browser in front of the real event pipeline: real app, real middleware, no socket.

What would travel to a browser is kept as the JSON it would be, so that a test can look for what must not leave.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState, StateUpdate
from reflex.utils.format import json_dumps
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext

from app.app import app
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from state.kit import watches
from tests.state.acting import filled

_MARKER = "_rx_state_"
_ECHOED = ("rx_router_url", "rx_router_page", "reference")
ON_LOAD = "OnLoadInternalState.on_load_internal"
CONNECT = "State.hydrate_and_load"
Json = dict[str, Any]


class Namespace:
    """Stands for the websocket: knows which tabs are open, and keeps what is sent to each."""

    def __init__(self) -> None:
        self._token_manager = SimpleNamespace(token_to_socket={})
        self.tabs: dict[str, Tab] = {}

    async def emit_update(self, update: StateUpdate, token: str) -> None:
        """What Reflex sends outside of an answer: live updates, and redirects."""
        if token in self._token_manager.token_to_socket:
            self.tabs[token].receive(json.loads(json_dumps(update)))


class Tab:
    """One tab; `session_id` is None for somebody who never signed in."""

    def __init__(self, pipeline: "Pipeline", session_id: str | None, cookie: str | None = None) -> None:
        self.token = uuid.uuid4().hex
        self._pipeline = pipeline
        signed = f"{SESSION_COOKIE}={session_cookie(session_id)}" if session_id else ""
        self.cookie = signed if cookie is None else cookie
        self.address = "/"
        self.heard = asyncio.Event()
        self.said: list[str] = []
        """Everything that this tab was told, as JSON, without the address that it asked for."""
        self.raw: list[str] = []
        """The same with the address and the headers, as far as they travel."""
        self.shown: dict[str, Json] = {}
        """What the page shows: the last value of every variable, by class."""
        self.asked: list[Json] = []
        """What the browser was asked to do, such as a redirect."""

    async def connect(self, address: str) -> Json:
        """Open the tab, or open it again, at that address: what was sent of each class."""
        self.address = address
        return await self.send(CONNECT)

    async def go(self, address: str) -> Json:
        """Follow a link inside the portal."""
        self.address = address
        return await self.send(ON_LOAD)

    async def send(self, handler: str, payload: Mapping[str, Any] | None = None) -> Json:
        """Trigger `Class.handler` as the browser does, an act with what is shown; the merged deltas, by class."""
        return await self.send_raw(full_name(handler), filled(handler, payload, self.shown))

    async def send_raw(self, name: str, payload: Mapping[str, Any] | None = None) -> Json:
        """The same, under the name that travels."""
        merged: Json = {}
        event = Event(name=name, payload=dict(payload or {}), router_data=self._router_data())
        self._pipeline.failures.clear()
        async for delta in self._pipeline.processor.enqueue_stream_delta(self.token, event):
            for screen, change in self.receive({"delta": json.loads(json_dumps(delta))}).items():
                merged.setdefault(screen, {}).update(change)
        for failure in self._pipeline.failures:  # of an event that this one brought about
            raise failure
        return merged

    def receive(self, update: Json) -> Json:
        """Take in what the server sent; the changes, by class."""
        self.heard.set()
        self.asked += update.get("events") or []
        changes: Json = {}
        for path, change in (update.get("delta") or {}).items():
            name = RegistrationContext.get().base_states[path].__name__
            changes[name] = {key.removesuffix(_MARKER): value for key, value in change.items()}
            self.shown.setdefault(name, {}).update(changes[name])
            echoed = _ECHOED if name == "State" else ()
            told = {key: value for key, value in changes[name].items() if key not in echoed}
            self.said.append(json.dumps(told, ensure_ascii=False))
            self.raw.append(json.dumps(change))
        return changes

    def open(self) -> None:
        """The tab's socket is there."""
        self._pipeline.namespace._token_manager.token_to_socket[self.token] = SimpleNamespace(sid=self.token)

    def close(self) -> None:
        """The person closes the tab."""
        self._pipeline.namespace._token_manager.token_to_socket.pop(self.token, None)

    def screen(self, name: str) -> type[BaseState]:
        """The State class of that name."""
        return next(cls for cls in RegistrationContext.get().base_states.values() if cls.__name__ == name)

    @property
    def state_token(self) -> BaseStateToken:
        """What the server keeps this tab's state under."""
        return BaseStateToken(ident=self.token, cls=self.screen("State"))

    @property
    def root(self) -> BaseState:
        """What the server keeps of this tab, which has connected."""
        kept: BaseState = self._pipeline.manager.states[self.state_token.cache_key]
        return kept

    @property
    def redirects(self) -> list[str]:
        """Where the browser was sent."""
        return [one["payload"]["path"] for one in self.asked if one["name"] == "_redirect"]

    def _router_data(self) -> Json:
        parts = urlsplit(self.address)
        page, reference = parts.path, parts.path.rpartition("/")[2]
        if parts.path.startswith(("/suivi/", "/rendez-vous/")) and parts.path != "/rendez-vous/nouveau":
            page = f"{parts.path.rpartition('/')[0]}/[reference]"
        named = {"reference": reference} if page != parts.path else {}
        return {
            "pathname": page,
            "asPath": self.address,
            "query": {**dict(parse_qsl(parts.query)), **named},
            "token": self.token,
            "sid": self.token,
            "ip": "192.0.2.7",
            "headers": {"cookie": self.cookie, "origin": "http://localhost:8000", "host": "localhost:8000"},
        }


class Pipeline:
    """The application behind its tabs."""

    def __init__(
        self,
        processor: BaseStateEventProcessor,
        namespace: Namespace,
        failures: list[Exception],
        manager: StateManagerMemory,
    ) -> None:
        self.processor = processor
        self.namespace = namespace
        self.failures = failures
        self.manager = manager

    def tab(self, session_id: str | None = None, *, cookie: str | None = None) -> Tab:
        """A tab whose socket is open."""
        tab = Tab(self, session_id, cookie)
        self.namespace.tabs[tab.token] = tab
        tab.open()
        return tab


@asynccontextmanager
async def running(patch: pytest.MonkeyPatch) -> AsyncIterator[Pipeline]:
    """The event pipeline of the real application, with states in memory."""
    namespace = Namespace()
    failures: list[Exception] = []
    processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=failures.append)
    manager = StateManagerMemory()  # type: ignore[abstract]  # its overloads confuse mypy
    patch.setattr(app, "_event_namespace", namespace)
    patch.setattr(app, "_state_manager", manager)
    patch.setattr(app, "_event_processor", processor)
    watches.clear()
    processor.configure(state_manager=manager, event_namespace=namespace)  # type: ignore[arg-type]
    async with processor:
        yield Pipeline(processor, namespace, failures, manager)
    await manager.close()  # type: ignore[no-untyped-call]
    watches.clear()


def full_name(handler: str) -> str:
    """`FollowUp.load` as it travels."""
    screen, name = handler.split(".")
    for path, cls in RegistrationContext.get().base_states.items():
        if cls.__name__ == screen:
            return f"{path}.{name}"
    raise LookupError(handler)
