"""How often one network may ask for something without session nor token: pages, forms, documents (SES-53).

Each door has limits of its own for what costs much; this one holds for all of them together, in each worker. Files of
the front end are not counted: they are many, and cost little.
"""

from math import ceil

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.server.crowd import is_signed_in
from app.http.server.limits import network_of
from app.http.server.pace import Pace
from app.http.server.problems import Problem, answer
from models.identity.accounts.tokens import Audience, read

REQUESTS, AT_ONCE = 600, 600
"""Requests a minute of one network, and at once after a quiet while."""
_MANY = 10_000
_FILES = ("/assets/", "/css/", "/js/", "/fonts/", "/icons/", "/api/v1/docs-static/")


class Rush:
    """An ASGI layer that answers 429 beyond the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._paces: dict[str, Pace] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; websockets pass through."""
        if scope["type"] == "http" and not scope["path"].startswith(_FILES):
            refused = self._refusal(HTTPConnection(scope))
            if refused is not None:
                await answer(Request(scope), refused)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, came: HTTPConnection) -> Problem | None:
        if _is_known(came):
            return None
        pace = self._pace(network_of(came))
        if not pace.has_room:
            return _too_many(pace)
        pace.wait()
        return None

    def _pace(self, network: str) -> Pace:
        if len(self._paces) >= _MANY and network not in self._paces:
            self._paces = {name: pace for name, pace in self._paces.items() if not pace.rested}
        return self._paces.setdefault(network, Pace(REQUESTS, AT_ONCE))


def _is_known(came: HTTPConnection) -> bool:
    """Whether the request bears a cookie or a token that we signed."""
    scheme, _, token = came.headers.get("authorization", "").partition(" ")
    return is_signed_in(came) or (
        scheme.lower() == "bearer" and read(Audience.PARTNER, token.strip()) is not None
    )


def _too_many(pace: Pace) -> Problem:
    wait = ceil(pace.due)
    return Problem(
        429,
        "Trop de demandes",
        f"Trop de demandes viennent de votre réseau. Réessayez dans {wait}\u00a0s.",
        headers={"Retry-After": str(wait)},
    )
