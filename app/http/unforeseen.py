"""What nothing else caught: one line in the log, a sentence and a reference for the user."""

import secrets

import structlog
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http import problems
from app.http.problems import Problem

log = structlog.get_logger()


def install(app: FastAPI) -> None:
    """Make every refusal and every failure of `app` French: ours, FastAPI's and the unforeseen (SES-50)."""
    problems.handle(app)
    app.add_middleware(_Unforeseen)


class _Unforeseen:
    """Answers 500. FastAPI's own handler would raise again, and the server log a second time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            if started:  # too late for an answer: the server must cut the connection
                raise
            reference = secrets.token_hex(4).upper()
            # The route rather than the address, which may hold an e-mail address or a secret.
            route = getattr(scope.get("route"), "path", "unknown")
            log.exception("http.failed", reference=reference, method=scope["method"], route=route)
            await problems.answer(Request(scope), _told(reference))(scope, receive, send)


def _told(reference: str) -> Problem:
    detail = (
        "Le portail n’a pas pu répondre. Réessayez\u00a0; si cela se répète, "
        f"indiquez la référence {reference} à l’assistance."
    )
    return Problem(500, detail=detail, reference=reference)
