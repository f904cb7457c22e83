"""What nothing else caught: one line in the log, a sentence for the user, and a reference or when to retry."""

import secrets

import structlog
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.server import problems
from app.http.server.problems import Problem
from models.kernel.outage import Away, outage
from models.kernel.threads import Busy

RETRY_AFTER = 30
"""Seconds that a client should wait when a component is away."""
SOON = 5
"""Seconds, when too many ask for the same at once."""
log = structlog.get_logger()


def install(app: FastAPI) -> None:
    """Make every refusal and every failure of `app` French: ours, FastAPI's and the unforeseen (SES-50)."""
    problems.handle(app)
    app.add_middleware(_Unforeseen)


class _Unforeseen:
    """Answers 503 when a component is away, else 500. FastAPI's own handler would raise again, and the server log a second time."""

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
        except Exception as error:
            if started:  # too late for an answer: the server must cut the connection
                raise
            refused = _refusal(error, scope)
            await problems.answer(Request(scope), refused)(scope, receive, send)


def _refusal(error: Exception, scope: Scope) -> Problem:
    # The route rather than the address, which may hold an e-mail address or a secret.
    where = {"method": scope["method"], "route": getattr(scope.get("route"), "path", "unknown")}
    if isinstance(error, Busy):
        log.warning("http.busy", what=str(error), **where)
        return _busy()
    away = outage(error)
    if away is not None:
        log.warning("http.unavailable", away=away, error=type(error).__name__, **where)
        return _unavailable(away)
    reference = secrets.token_hex(4).upper()
    log.error("http.failed", reference=reference, exc_info=error, **where)
    return _told(reference)


def _busy() -> Problem:
    detail = "Le portail reçoit trop de demandes à la fois, et n’a pas pris acte de la vôtre. Renvoyez-la dans un instant."
    return Problem(503, "Trop de demandes à la fois", detail, headers={"Retry-After": str(SOON)})


def _unavailable(away: Away) -> Problem:
    detail = (
        "Le portail est momentanément indisponible, et n’a pas pris acte de votre demande. "
        "Renvoyez-la dans un instant."
    )
    return Problem(503, detail=detail, headers={"Retry-After": str(RETRY_AFTER)}, away=[away])


def _told(reference: str) -> Problem:
    detail = (
        "Le portail n’a pas pu répondre. Réessayez\u00a0; si cela se répète, "
        f"indiquez la référence {reference} à l’assistance."
    )
    return Problem(500, detail=detail, reference=reference)
