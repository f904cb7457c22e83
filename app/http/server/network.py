"""Which network asks, for what is counted where it is done (models/kernel/networks.py)."""

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.server.limits import network_of
from models.kernel.networks import asked_from


def install(app: FastAPI) -> None:
    """Have every request of `app` carry the network that it comes from."""
    app.add_middleware(_Asking)


class _Asking:
    """An ASGI layer: the route runs in the same task, and so in the same context."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with asked_from(network_of(Request(scope))):
            await self._app(scope, receive, send)
