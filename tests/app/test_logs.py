"""The log: lines of JSON, without secrets, personal data or local variables."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from reflex_base.event import Event

from app import logs
from app.http import unforeseen

COOKIE = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJzZWNyZXQifQ.c2lnbmF0dXJl-_x"
EMAIL = "lise.marchand+x@kerdrel-primeurs.example"
SECRETS = (COOKIE, EMAIL, "lise.marchand")


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The process's log as configured for production, into memory; then everything as it was."""
    root, kept = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.configure()
    structlog.configure(cache_logger_on_first_use=False)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**kept)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """What was written; every line must be JSON."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


TEXTS = (
    f"cookie: passavant_session={COOKIE}; theme=dark",
    f"{{'cookie': 'passavant_session={COOKIE}'}}",
    f'"passavant_flash={COOKIE}"',
    f"Authorization: Bearer {COOKIE}",
    f"authorization: bearer {COOKIE}",
    f"sign-in of {EMAIL} failed",
    f"/mot-de-passe/nouveau?lien={COOKIE}",
    f"{{'lien': '{COOKIE}'}}",
)


@pytest.mark.parametrize("text", TEXTS)
def test_secrets_fed_on_purpose_never_reach_it(stream: io.StringIO, text: str) -> None:
    """COM-06: in a message, an argument, a value, a nested value or an exception; ours or a library's."""
    ours, theirs = structlog.get_logger(), logging.getLogger("library")
    ours.info(text)
    ours.info("said", value=text)
    ours.info("said", nested={"headers": {"x": [text]}}, pair=(text, 1))
    ours.info("said", raw=text.encode())
    theirs.warning(text)
    theirs.warning("said %s", text)
    theirs.warning("said %r", {"headers": {"cookie": text}})
    try:
        int(text)
    except ValueError:
        ours.exception("failed")
        theirs.exception("failed")
    assert len(lines(stream)) == 9
    assert not [secret for secret in SECRETS if secret in stream.getvalue()]


def test_an_unknown_event_is_logged_without_the_cookie(stream: io.StringIO) -> None:
    """COM-06: Reflex logs the whole event, its headers among it."""
    headers = {"cookie": f"a=b; passavant_session={COOKIE}", "authorization": f"Bearer {COOKIE}"}
    event = Event(name="state.nowhere", payload={"email": EMAIL}, router_data={"headers": headers})
    logging.getLogger("reflex").error("Error processing event queue entry for %s", event)
    assert len(lines(stream)) == 1
    assert not [secret for secret in SECRETS if secret in stream.getvalue()]


def test_what_is_not_secret_stays(stream: io.StringIO) -> None:
    structlog.get_logger().info("http.failed", route="/fichiers/{reference}.zip", reference="AB12", count=3)
    (line,) = lines(stream)
    assert (line["event"], line["route"], line["count"]) == ("http.failed", "/fichiers/{reference}.zip", 3)
    assert (line["level"], line["timestamp"][-1]) == ("info", "Z")


async def test_an_exception_is_logged_once_as_json_without_local_variables(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-50: the same failure is not told by us, then by the server; what the variables held is not told."""
    monkeypatch.setattr(unforeseen, "log", structlog.get_logger())
    app = FastAPI()
    unforeseen.install(app)

    @app.get("/broken")
    async def broken() -> None:
        password = f"hunter{2}"
        raise RuntimeError(len(password))

    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        response = await client.get("/broken", params={"q": EMAIL}, headers={"cookie": COOKIE})
    assert response.status_code == 500
    (line,) = lines(stream)
    assert line["event"] == "http.failed"
    assert "RuntimeError: 7" in line["exception"]
    assert not [word for word in (*SECRETS, "hunter2") if word in stream.getvalue()]


def test_access_logs_are_quiet(stream: io.StringIO) -> None:
    """An address may hold what somebody looked for."""
    for name in ("granian.access", "httpx"):
        logging.getLogger(name).info("GET /suivi?q=x")
    assert lines(stream) == []
