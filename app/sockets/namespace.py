"""The door of the websocket: what comes in of an event, how fast, and what is forgotten when a tab is closed.

Reflex takes whatever a browser sends, from anybody: any handler's name, any key beside it, as many events as come.
Here only what a page of ours may send goes further; the rest is counted and dropped, and the connection goes on.
"""

import asyncio
from collections.abc import Mapping
from functools import cache
from typing import Any

import structlog
from reflex.app import App, EventNamespace
from reflex_base.constants import RouteVar
from reflex_base.registry import RegistrationContext
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.requests import HTTPConnection

from app.http.server.crowd import crowd, is_signed_in
from app.http.server.limits import network_of
from app.http.server.pace import Pace
from app.sockets import kept
from app.sockets.failures import report_failure
from app.sockets.strangers import Strangers

WAITING = 32
"""Events of one tab that wait for their turn; beyond, its connection is not read until one is done."""
EVENTS, BURST = 600, 200
"""Events a minute of one connection, and at once; beyond, it is read more slowly."""
_OF_REFLEX = ("hydrate", "hydrate_and_load", "on_load_internal")
_REPORT = "handle_frontend_exception"
_LOOKED_AT = 500
_A_MOMENT = 0.01
log = structlog.get_logger()


class Door(EventNamespace):
    """Reflex's namespace of events, behind a door."""

    def __init__(self, namespace: str, app: App, strangers: Strangers) -> None:
        super().__init__(namespace, app)
        self._strangers = strangers
        self._paces: dict[str, tuple[Pace, ...]] = {}
        """Of each connection: its own, and that of all who come from its network without session."""

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Let a tab in under a name that a browser may have drawn.

        Raises:
            Refused: for any other name.
        """
        if not kept.is_name_of_tab(_token(environ)):
            raise Refused("token")
        self._paces[sid] = (Pace(EVENTS, BURST), *_pace_of_network(environ))
        try:
            await super().on_connect(sid, environ, auth if isinstance(auth, dict) else None)
        except BaseException:
            self._paces.pop(sid, None)
            raise
        self._strangers.opened(self.sid_to_token[sid])

    def on_disconnect(self, sid: str) -> asyncio.Task[Any] | None:
        """Forget the tab soon, unless somebody who is signed in may come back to it."""
        paces, token = self._paces.pop(sid, ()), self.sid_to_token.get(sid)
        if token is not None and len(paces) > 1:
            self._strangers.closed(token)
        return super().on_disconnect(sid)

    async def on_event(self, sid: str, data: Any) -> None:
        """Pass on what a page of ours may send, in its turn."""
        for pace in self._paces.get(sid, ()):
            await pace.keep()
        event = _event(data)
        if event is None:
            log.warning("socket.unknown_event")
        elif event["name"].endswith(_REPORT):
            report_failure(str(event["payload"].get("info", ""))[:_LOOKED_AT])
        else:
            await self._turn(self.sid_to_token.get(sid, ""))
            if sid in self.sid_to_token:  # it may have gone meanwhile
                await super().on_event(sid, event)

    def _build_static_router_data(self, sid: str, environ: dict[str, Any]) -> dict[str, Any]:
        router: dict[str, Any] = super()._build_static_router_data(sid, environ)
        return router | {RouteVar.HEADERS: kept.headers(router[RouteVar.HEADERS])}

    async def _turn(self, token: str) -> None:
        """Wait while too much of this tab waits: its socket is not read meanwhile, which holds up nobody else."""
        processor = self.app.event_processor
        while len(waiting := list(processor._token_queues.get(token, ()))) >= WAITING:
            first = processor._futures.get(waiting[0][0].ctx.txid)
            await (asyncio.wait([first], timeout=1) if first is not None else asyncio.sleep(_A_MOMENT))


def _event(data: Any) -> dict[str, Any] | None:
    """The event as our own pages would send it; None when it names no handler that they call."""
    if not isinstance(data, Mapping):
        return None
    name, payload = data.get("name"), data.get("payload")
    if not isinstance(name, str) or name not in _answering():
        return None
    mapping = payload if isinstance(payload, dict) else {}
    return {"name": name, "payload": mapping, "router_data": kept.router_data(data.get("router_data"))}


@cache
def _answering() -> frozenset[str]:
    """The names of the handlers that a page of ours calls: ours, and the few of Reflex that its scripts need."""
    return frozenset(
        name
        for name, registered_event_handler in RegistrationContext.get().event_handlers.items()
        if hasattr(registered_event_handler.handler.fn, "__policy__")
        or name.rpartition(".")[2] in (*_OF_REFLEX, _REPORT)
    )


def _token(environ: Mapping[str, Any]) -> str:
    words = str(environ.get("QUERY_STRING", "")).split("&")
    return next((word.partition("=")[2] for word in words if word.startswith("token=")), "")


def _pace_of_network(environ: Mapping[str, Any]) -> tuple[Pace, ...]:
    came = HTTPConnection(environ["asgi.scope"])
    return () if is_signed_in(came) else (crowd.events_of(network_of(came)),)


def install(app: App) -> Strangers:
    """Put the door before the events of the application; what it forgets is to be run as a task."""
    before = app.event_namespace
    if before is None or app.sio is None:
        raise RuntimeError("Reflex has no namespace of events")
    strangers = Strangers(app)
    door = Door(before.namespace, app, strangers)
    app._event_namespace = door
    app.sio.register_namespace(door)
    return strangers
