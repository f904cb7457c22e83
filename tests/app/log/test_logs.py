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

from app.http.server import unforeseen
from app.log import lines as logs
from app.log import rate as log_rate
from app.log.rate import MINUTE, OF_ALL, OF_ONE, Rate
from app.log.words import LONGEST, WHOLE, shortened
from app.sockets.failures import browser_failed, handler_failed

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


TYPED = "Bonjour, ici Lise"
SENT = Event(
    name="state.nowhere",
    payload={"email": EMAIL, "note": TYPED},
    router_data={"headers": {"cookie": f"passavant_session={COOKIE}", "x-forwarded-for": "203.0.113.9"}},
)


@pytest.mark.parametrize("name", ["reflex.app", "reflex_base.event", "engineio.server", "socketio.server"])
def test_nothing_of_an_event_is_logged(stream: io.StringIO, name: str) -> None:
    """COM-06: Reflex logs whole events, headers included, and what failed in them; only where it stood is told."""
    try:
        raise KeyError(SENT)  # noqa: TRY301
    except KeyError:
        logging.getLogger(name).exception(f"Error processing event queue entry for {SENT}")  # noqa: G004
    logging.getLogger(name).error("%s", SENT)
    first, second = lines(stream)
    assert first["event"].startswith(name)
    assert first["event"].endswith(", KeyError")
    assert "exception" not in first
    assert second["event"].startswith(name)
    told = stream.getvalue()
    assert not [word for word in (*SECRETS, TYPED, "203.0.113.9", "state.nowhere") if word in told]


def test_a_handler_that_fails_is_told_without_what_was_typed(stream: io.StringIO) -> None:
    """SES-50: where and of which kind, for whoever mends it; what a browser reports is anybody's, and only counted."""
    with pytest.raises(ValueError, match="Lise") as failed_with:
        int(TYPED)
    assert handler_failed(failed_with.value) is None
    browser_failed(Exception(f"TypeError: {TYPED} is not a function"))
    browser_failed(Exception(TYPED))
    failed, known, other = lines(stream)
    assert (failed["event"], failed["error"]) == ("handler.failed", "ValueError")
    assert "test_logs.py" in failed["trace"]
    assert [known["kind"], other["kind"]] == ["TypeError", "other"]
    assert TYPED not in stream.getvalue()


LONG = "mot " * 50_000


@pytest.mark.parametrize(
    "value",
    [
        LONG,
        "x" * 200_000,
        [LONG] * 200,
        {str(n): LONG for n in range(200)},
        [[[[[[[LONG]]]]]]],
        LONG.encode(),
    ],
)
def test_a_line_is_short_whatever_is_told(stream: io.StringIO, value: Any) -> None:
    """SES-53: a text is cut before any expression reads it, and all the texts of a line together."""
    structlog.get_logger().info("said", value=value)
    assert len(stream.getvalue()) < WHOLE * 2


def test_a_cut_never_leaves_half_a_secret(stream: io.StringIO) -> None:
    """COM-06: wherever the cut falls, in an address or in a token, before it or after."""
    for secret in (EMAIL, f"passavant_session={COOKIE}", f"Bearer {COOKIE}", COOKIE):
        for shift in range(len(secret) + 2):
            padding = "x " * ((LONGEST // 2 - shift) // 2)
            structlog.get_logger().info(
                "said", value=f"{padding}{secret} {'y ' * LONGEST}{secret}{padding[:-1]}"
            )
            logs_so_far = stream.getvalue()
            stream.seek(0)
            stream.truncate()
            assert "lise" not in logs_so_far
            assert COOKIE[:8] not in logs_so_far, logs_so_far[-300:]
    assert shortened("abc" * 10, 10) == "…"


def test_so_many_lines_a_minute_and_the_rest_is_counted() -> None:
    """SES-53: one event that comes without end hides no other, and all together fill no disk."""
    now, told = [0.0], list[int]()
    rate = Rate(told.append, lambda: now[0])

    def said(event: str) -> bool:
        return rate.filter(logging.LogRecord("ours", 20, "f.py", 1, {"event": event}, None, None))

    assert sum(said("flood") for _ in range(OF_ONE * 10)) == OF_ONE
    assert said("another")
    assert sum(said(f"event {number}") for number in range(OF_ALL * 2)) == OF_ALL - OF_ONE - 1
    assert told == []
    now[0] = MINUTE
    assert said("flood")
    assert told == [OF_ONE * 9 + OF_ALL + OF_ONE + 1]
    now[0] = MINUTE * 2
    assert said("flood")
    assert len(told) == 1


def test_what_was_left_out_is_written(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: the count stands in the log itself, which is the one that is configured."""
    monkeypatch.setattr(log_rate, "OF_ONE", 1)
    (rate,) = [one for one in logging.getLogger().handlers[0].filters if isinstance(one, Rate)]
    for _ in range(3):
        structlog.get_logger().info("flood")
    rate._began -= MINUTE
    structlog.get_logger().info("after")
    assert [(line["event"], line.get("count")) for line in lines(stream)] == [
        ("flood", None),
        (log_rate.TOLD, 2),
        ("after", None),
    ]


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
