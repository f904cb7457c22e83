"""How long a request may take to come, at every door: who sends half of it is not waited for (SES-53)."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.server.problems import Problem

FORM = 20.0
"""Seconds for the body of a form, 4 kB at most: enough on the worst of networks."""
PARTNER = 120.0
"""Seconds for the body of a partner's call, 20 MB at most, and for a piece of a file."""
_LONG = ("/api/v1/", "/fichiers")


class Arrival:
    """An ASGI layer that ends the wait for a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; websockets pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        patience = PARTNER if scope["path"].startswith(_LONG) else FORM
        await self._app(scope, _timely(receive, patience), send)


def _timely(receive: Receive, seconds: float) -> Receive:
    until = asyncio.get_running_loop().time() + seconds
    whole = False

    async def timely() -> Message:
        nonlocal whole
        if whole:  # what comes next is that the client goes away: nobody hurries it
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise _too_slow() from None
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return timely


def _too_slow() -> Problem:
    return Problem(
        408,
        "Demande trop lente",
        "La demande n’est pas arrivée en entier à temps. Vérifiez votre connexion, puis renvoyez-la.",
        headers={"Connection": "close"},
    )
