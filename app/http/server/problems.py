"""Whatever goes wrong over HTTP, told in French: RFC 9457 for programs, a short page for people (SES-50)."""

from html import escape
from math import ceil
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from app.http.server.plain_page import plain_page
from models.identity.letters.limits import TooManyLetters

_NO_STORE = {"Cache-Control": "no-store"}
TEXTS = {
    400: ("Demande illisible", "La demande n’a pas pu être lue. Vérifiez sa forme, puis renvoyez-la."),
    401: ("Authentification requise", "Identifiez-vous, puis renvoyez la demande."),
    403: ("Accès refusé", "Vos droits ne couvrent pas cette demande."),
    404: ("Introuvable", "Rien ne se trouve à cette adresse. Vérifiez-la."),
    405: ("Méthode non prévue", "Cette adresse n’accepte pas cette méthode HTTP."),
    413: ("Demande trop volumineuse", "La demande dépasse la taille admise."),
    415: ("Format non prévu", "Cette adresse n’accepte pas ce format."),
    422: ("Données incomplètes ou erronées", "Corrigez les champs indiqués, puis renvoyez la demande."),
    429: ("Trop d’essais", "Patientez quelques minutes avant de réessayer."),
    500: ("Erreur interne", "Le portail n’a pas pu répondre."),
    503: ("Service indisponible", "Le portail est momentanément indisponible. Réessayez dans un instant."),
}
_REASONS = {
    "missing": "champ manquant",
    "json_invalid": "JSON illisible",
    "extra_forbidden": "champ inconnu",
    "timezone_aware": "décalage horaire manquant (attendu\u00a0: 2026-11-24T08:30:00+01:00)",
}


class Problem(Exception):
    """Ends a request with a refusal. `extra` becomes members of the document."""

    def __init__(
        self,
        status: int,
        title: str = "",
        detail: str = "",
        *,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(status, title)
        usual = TEXTS.get(status, TEXTS[500 if status >= 500 else 400])
        self.status = status
        self.title = title or usual[0]
        self.detail = detail or usual[1]
        self.headers = headers or {}
        self.extra = extra


def problem(
    status: int, title: str, detail: str, *, headers: dict[str, str] | None = None, **extra: Any
) -> Response:
    """An RFC 9457 document; `title` and `detail` are French sentences."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
    return JSONResponse(
        body, status, headers=_NO_STORE | (headers or {}), media_type="application/problem+json"
    )


def answer(request: Request, refused: Problem) -> Response:
    """The refusal as the client reads: a page for a browser's form or address bar, else RFC 9457."""
    if "text/html" in request.headers.get("accept", ""):
        return _page(refused)
    return problem(refused.status, refused.title, refused.detail, headers=refused.headers, **refused.extra)


def handle(app: FastAPI) -> None:
    """Make every refusal of `app` French, ours and FastAPI's; app.http.server.unforeseen does it for failures."""

    async def ours(request: Request, error: Exception) -> Response:
        return answer(request, error if isinstance(error, Problem) else Problem(500))

    async def framework(request: Request, error: Exception) -> Response:
        status, headers = (
            (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
        )
        return answer(request, Problem(status, headers=dict(headers or {})))

    async def invalid(request: Request, error: Exception) -> Response:
        return answer(request, _invalid(error) if isinstance(error, RequestValidationError) else Problem(500))

    async def letters(request: Request, error: Exception) -> Response:
        return answer(request, _letters(error) if isinstance(error, TooManyLetters) else Problem(500))

    app.add_exception_handler(Problem, ours)
    app.add_exception_handler(TooManyLetters, letters)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(RequestValidationError, invalid)


def _letters(error: TooManyLetters) -> Problem:
    """A limit of letters was reached: nothing was done."""
    wait = str(ceil(error.wait.total_seconds()))
    return Problem(429, "Trop de demandes", error.sentence, headers={"Retry-After": wait})


def _invalid(error: RequestValidationError) -> Problem:
    """Which fields, and why; never what they held."""
    details = error.errors()
    if any(detail["type"] == "json_invalid" for detail in details):
        return Problem(400)
    errors = [
        {
            "field": ".".join(str(part) for part in detail["loc"][1:]),
            "reason": _REASONS.get(detail["type"], "valeur non admise"),
        }
        for detail in details
    ]
    return Problem(422, errors=errors)


def _page(refused: Problem) -> Response:
    body = f"<p>{escape(refused.detail)}</p><p><a class='again' href='/'>Revenir à l’accueil</a></p>"
    return plain_page(refused.title, body, status=refused.status, headers=_NO_STORE | refused.headers)
