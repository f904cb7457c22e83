"""The partner API's door: OAuth2 client credentials (RFC 6749)."""

import binascii
import secrets
from base64 import b64decode
from datetime import timedelta
from urllib.parse import unquote_plus

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.http.browser.forms import read_form
from app.http.server.limits import enter_proof, failures, network_of
from app.http.server.problems import Problem
from models.identity.accounts.partners import Partner, verify_client
from models.identity.accounts.tokens import Audience, sign
from models.kernel.legible import legible

router = APIRouter(prefix="/api/v1", tags=["Jetons"])

TOKEN_LIFE = timedelta(hours=1)
_LONGEST_ID = 200
_NO_STORE = {"Cache-Control": "no-store"}


class _TokenRefused(Exception):
    """An RFC 6749 error; its description keeps to ASCII, as section 5.2 asks."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.answer = JSONResponse(
            {"error": error, "error_description": description},
            status,
            headers=_NO_STORE | ({"WWW-Authenticate": 'Basic realm="Passavant"'} if status == 401 else {}),
        )


_FIELDS = ("grant_type", "client_id", "client_secret", "scope")
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {name: {"type": "string"} for name in _FIELDS},
                }
            }
        },
    }
}


@router.post("/token", summary="Obtenir un jeton (client credentials)", openapi_extra=_FORM)
async def issue_token(request: Request) -> Response:
    """Exchange a client's identifier and secret, in the form or by HTTP Basic, for a bearer token of one hour."""
    try:
        form = {
            name: value if name == "client_secret" else legible(value)
            for name, value in (await read_form(request)).items()
        }
        _check_grant(form)
        client = await _prove(request, form)
        scopes = _granted(client, form.get("scope", ""))
    except _TokenRefused as refused:
        return refused.answer
    except Problem as refused:
        if refused.status == 429:
            raise
        return _TokenRefused(
            "invalid_request", "Formulaire application/x-www-form-urlencoded attendu."
        ).answer
    token = sign(Audience.PARTNER, TOKEN_LIFE, sub=client.id, scope=scopes, jti=secrets.token_urlsafe(16))
    lasts = int(TOKEN_LIFE.total_seconds())
    answer = {"access_token": token, "token_type": "Bearer", "expires_in": lasts, "scope": scopes}
    return JSONResponse(answer, headers=_NO_STORE)


def _check_grant(form: dict[str, str]) -> None:
    if form.get("grant_type") != "client_credentials":
        error = "unsupported_grant_type" if "grant_type" in form else "invalid_request"
        raise _TokenRefused(error, "Indiquez grant_type=client_credentials.")


async def _prove(request: Request, form: dict[str, str]) -> Partner:
    client_id, secret = _credentials(request, form)
    network = network_of(request)
    await enter_proof(network, client_id[:_LONGEST_ID])
    client = await verify_client(client_id, secret)
    if client is None:
        raise _TokenRefused("invalid_client", "Identifiant ou secret inconnu.", 401)
    await failures.forgive(network)
    return client


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return form.get("client_id", ""), form.get("client_secret", "")
    if scheme.lower() != "basic" or "client_secret" in form:
        raise _TokenRefused("invalid_request", "Une seule preuve, en Basic ou dans le formulaire.")
    try:
        client_id, separator, secret = b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        separator, client_id, secret = "", "", ""
    if not separator or not client_id.isprintable():
        raise _TokenRefused("invalid_client", "En-tete Authorization illisible.", 401)
    return unquote_plus(client_id), unquote_plus(secret)


def _granted(client: Partner, wanted: str) -> str:
    """What was asked, or all that the client has; sorted, separated by spaces."""
    asked = set(wanted.split()) or set(client.scopes)
    if not asked <= set(client.scopes):
        raise _TokenRefused("invalid_scope", "Ce client n'a pas tous les droits demandes.")
    return " ".join(sorted(asked))
