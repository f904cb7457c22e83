"""Cookies that we did not sign for that use, and sessions that are over, at the served application (COM-01, COM-02).

Seen to fail: a `read` of models/identity/accounts/tokens.py without `algorithms` or `audience` lets one of them in; a sign-in
that keeps the session of before fixes it.
"""

from datetime import timedelta

import httpx
import jwt
import pytest

from models.identity.access.cookies import SESSION_COOKIE
from models.kernel import clock
from tests.attacks.wire import connected, cookie_of, sign_out
from tests.support.served import PASSWORD, ServedApp

FORM = {"email": "importateur@demo.passavant.fr", "password": PASSWORD}
FILE = "/fichiers/CHEDPP.FR.2026.7100001.zip"
NAME = "Lise Marchand"


def _claims(cookie: str) -> dict[str, object]:
    claims: dict[str, object] = jwt.decode(cookie, options={"verify_signature": False})
    return claims


def forged(cookie: str, key: str) -> dict[str, str]:
    """The same session under other signatures, purposes and dates."""
    claims = _claims(cookie)
    past = int((clock.now() - timedelta(days=1)).timestamp())
    head, body, tail = cookie.split(".")
    return {
        "none": jwt.encode(claims, "", algorithm="none"),
        "no signature": f"{head}.{body}.",
        "another key": jwt.encode(claims, "k" * 48, algorithm="HS256"),
        "another algorithm": jwt.encode(claims, key, algorithm="HS512"),
        "another audience": jwt.encode({**claims, "aud": "passavant-partner"}, key, algorithm="HS256"),
        "no audience": jwt.encode({k: v for k, v in claims.items() if k != "aud"}, key, algorithm="HS256"),
        "no end": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, key, algorithm="HS256"),
        "expired": jwt.encode({**claims, "exp": past}, key, algorithm="HS256"),
        "another session": jwt.encode({**claims, "jti": "x" * 43}, key, algorithm="HS256"),
        "cut": f"{head}.{body}.{tail[:-4]}",
        "the session id": str(claims["jti"]),
    }


async def _status(served: ServedApp, cookie: str) -> int:
    async with httpx.AsyncClient(base_url=served.url) as client:
        return (await client.get(FILE, headers={"cookie": f"{SESSION_COOKIE}={cookie}"})).status_code


async def _shown(served: ServedApp, cookie: str) -> str:
    async with connected(served, cookie) as wire:
        return "".join(await wire.send("State.hydrate_and_load", "/profil"))


async def test_a_forged_cookie_is_nobody(served_app: ServedApp) -> None:
    """COM-01: on HTTP and on the websocket; the true one opens both, and no longer once it is closed."""
    cookie = await cookie_of(served_app, "importateur")
    key = (served_app.data / "secret_key").read_text().strip()
    for name, value in forged(cookie, key).items():
        assert (await _status(served_app, value), name) == (401, name)
        assert NAME not in await _shown(served_app, value), name
    assert await _status(served_app, cookie) != 401
    assert NAME in await _shown(served_app, cookie)
    await sign_out(served_app, cookie)
    assert await _status(served_app, cookie) == 401
    assert NAME not in await _shown(served_app, cookie)


async def test_a_session_cannot_be_fixed(served_app: ServedApp) -> None:
    """COM-02: a cookie planted before the sign-in is not the one after it, and is worth nothing any more."""
    planted = await cookie_of(served_app, "concurrent")
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        answer = await client.post("/session", data=FORM, headers={"cookie": f"{SESSION_COOKIE}={planted}"})
    assert _claims(answer.cookies[SESSION_COOKIE])["jti"] != _claims(planted)["jti"]
    assert await _status(served_app, planted) == 401


@pytest.mark.parametrize(
    "path", ["/", "/connexion", "/suivi", "/nowhere", "/ping", "/health/live", "/api/v1/openapi.json", FILE]
)
async def test_every_answer_protects(served_app: ServedApp, path: str) -> None:
    """SES-50: headers on what is served, refused or missing; a strict policy on every page."""
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        answer = await client.get(path, headers={"accept": "text/html"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers
    if answer.headers["content-type"].startswith("text/html"):
        scripts = answer.headers["content-security-policy"].partition("script-src")[2].partition(";")[0]
        assert "'self'" in scripts
        assert "unsafe" not in scripts


async def test_nothing_personal_in_the_log(served_app: ServedApp) -> None:
    """COM-23: after attacks that libraries log: no cookie, no session id, no token, no address."""
    cookie = await cookie_of(served_app, "importateur")
    async with connected(served_app, cookie) as wire:
        await wire.send_raw("unknown.event", "/suivi?q=lise@kerdrel.example", {"e": "lise@kerdrel.example"})
        await wire.send("FollowUp.narrow", name={"cookie": cookie}, value="lise@kerdrel.example")
    async with httpx.AsyncClient(base_url=served_app.url) as client:
        await client.get("/_event/?EIO=4", headers={"origin": "http://lise@kerdrel.example"})
        await client.post("/api/v1/messages", headers={"authorization": f"Bearer {cookie}"})
    log = served_app.log.read_text()
    assert cookie not in log
    assert str(_claims(cookie)["jti"]) not in log
    assert "kerdrel.example" not in log
    assert "demo.passavant.fr" not in log
