"""How many pages are open at once, and how fast new ones come: of one network, and in all (SES-53).

Counted in each worker, where each open page costs memory. Those without session have their own, smaller share, so that
strangers, however many, leave room for who works.
"""

from dataclasses import dataclass, field

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.server.limits import network_of
from app.http.server.pace import Pace
from app.http.server.problems import Problem, answer
from models.identity.access.cookies import read_session_cookie
from models.kernel.settings.portal import settings

OPEN, STRANGERS = 5_000, 2_000
"""Open pages of one worker: in all, and of those without session."""
STRANGERS_OF_ONE = 100
"""Open pages without session of one network; with session: PASSAVANT_SCREENS_PER_NETWORK."""
ARRIVALS, ARRIVALS_AT_ONCE = 120, 240
"""Pages a minute that one network opens without session, and at once after a quiet while."""
EVENTS, EVENTS_AT_ONCE = 600, 600
"""Events a minute from all the pages of one network that are open without session; beyond, they wait."""
_WAIT = 60
_MANY = 10_000


@dataclass
class _Network:
    open: int = 0
    strangers: int = 0
    arrivals: Pace = field(default_factory=lambda: Pace(ARRIVALS, ARRIVALS_AT_ONCE))
    events: Pace = field(default_factory=lambda: Pace(EVENTS, EVENTS_AT_ONCE))

    @property
    def idle(self) -> bool:
        """Whether forgetting it changes nothing."""
        return not self.open and self.arrivals.rested and self.events.rested


class Crowd:
    """The open pages of this worker, by network."""

    def __init__(self) -> None:
        self._networks: dict[str, _Network] = {}
        self._open, self._strangers = 0, 0

    def has_room(self, network: str, *, known: bool) -> bool:
        """Whether one more page may be opened from there, by somebody with a session or without."""
        here = self._networks.get(network, _Network())
        if self._open >= OPEN or here.open >= settings().screens_per_network:
            return False
        return known or (
            self._strangers < STRANGERS and here.strangers < STRANGERS_OF_ONE and here.arrivals.has_room
        )

    def enter(self, network: str, *, known: bool) -> bool:
        """Count one more, if there is room; what is refused does not count."""
        if not self.has_room(network, known=known):
            return False
        here = self._here(network)
        here.open += 1
        self._open += 1
        if not known:
            here.arrivals.wait()
            here.strangers += 1
            self._strangers += 1
        return True

    def leave(self, network: str, *, known: bool) -> None:
        """Count one less."""
        here = self._here(network)
        here.open -= 1
        self._open -= 1
        if not known:
            here.strangers -= 1
            self._strangers -= 1

    def events_of(self, network: str) -> Pace:
        """How fast events may come from the pages without session of that network."""
        return self._here(network).events

    def _here(self, network: str) -> _Network:
        if len(self._networks) >= _MANY and network not in self._networks:
            self._networks = {
                name: network_room for name, network_room in self._networks.items() if not network_room.idle
            }
        return self._networks.setdefault(network, _Network())


crowd = Crowd()
"""This worker's."""


def is_signed_in(came: HTTPConnection) -> bool:
    """Whether the browser came with a session cookie that we signed; whether that session still lives is another matter."""
    return read_session_cookie(came.headers.get("cookie")) is not None


class Crowded:
    """An ASGI layer: beyond the limits no websocket is opened, and a page says so rather than wait for one in vain."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or keep one websocket open."""
        if scope["type"] == "websocket":
            await self._keep_open(scope, receive, send)
        elif _is_page(scope) and not _has_room(scope):
            await answer(Request(scope), _too_many())(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _keep_open(self, scope: Scope, receive: Receive, send: Send) -> None:
        network, known = _who(scope)
        if not crowd.enter(network, known=known):
            await send({"type": "websocket.close", "code": 1013})
            return
        try:
            await self._app(scope, receive, send)
        finally:
            crowd.leave(network, known=known)


def _who(scope: Scope) -> tuple[str, bool]:
    came = HTTPConnection(scope)
    return network_of(came), is_signed_in(came)


def _has_room(scope: Scope) -> bool:
    network, known = _who(scope)
    return crowd.has_room(network, known=known)


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page of ours, in its address bar or behind a link."""
    if scope["type"] != "http" or scope["method"] != "GET" or "." in scope["path"].rpartition("/")[2]:
        return False
    return "text/html" in HTTPConnection(scope).headers.get("accept", "")


def _too_many() -> Problem:
    return Problem(
        429,
        "Beaucoup de pages sont déjà ouvertes",
        "Depuis votre réseau, ou en tout, Passavant tient déjà autant de pages ouvertes qu’il le peut. Fermez celles "
        "dont vous n’avez plus besoin, puis réessayez dans une minute. Rien de ce que vous aviez validé n’est perdu.",
        headers={"Retry-After": str(_WAIT)},
    )
