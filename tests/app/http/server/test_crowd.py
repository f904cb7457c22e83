"""How many pages are open, and how fast they come: of one network, and in all (SES-53).

Seen to fail: with `has_room` that always says yes, without `leave`, and with strangers counted as who works.
"""

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from app.http.server import crowd as counting
from app.http.server.crowd import ARRIVALS_AT_ONCE, STRANGERS_OF_ONE, Crowd, Crowded
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from models.kernel.settings.portal import settings

HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Crowd:
    """A worker with no page open."""
    made = Crowd()
    monkeypatch.setattr(counting, "crowd", made)
    return made


def _opened(crowd: Crowd, network: str, *, known: bool, times: int) -> int:
    return sum(crowd.enter(network, known=known) for _ in range(times))


def test_ses_53_strangers_leave_room_for_who_works(fresh: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: strangers of one network, then of all; people with a session have more, up to another limit."""
    assert _opened(fresh, HERE, known=False, times=STRANGERS_OF_ONE + 5) == STRANGERS_OF_ONE
    assert _opened(fresh, HERE, known=True, times=5) == 5
    assert _opened(fresh, THERE, known=False, times=5) == 5
    monkeypatch.setattr(counting, "STRANGERS", STRANGERS_OF_ONE + 5)
    assert not fresh.enter(THERE, known=False)
    assert fresh.enter(THERE, known=True)
    monkeypatch.setattr(counting, "OPEN", STRANGERS_OF_ONE + 11)
    assert not fresh.enter(THERE, known=True)


def test_one_network_has_so_many_pages(fresh: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: a whole company may come from one address: PASSAVANT_SCREENS_PER_NETWORK says how many."""
    monkeypatch.setenv("PASSAVANT_SCREENS_PER_NETWORK", "3")
    settings.cache_clear()
    assert _opened(fresh, HERE, known=True, times=5) == 3
    assert fresh.enter(THERE, known=True)
    fresh.leave(HERE, known=True)
    assert fresh.enter(HERE, known=True)


def test_pages_that_come_and_go_are_counted_too(fresh: Crowd) -> None:
    """SES-53: each leaves a state behind; who works may open as many as they like."""
    for known, times in ((False, ARRIVALS_AT_ONCE), (True, ARRIVALS_AT_ONCE * 2)):
        for _ in range(times):
            assert fresh.enter(HERE, known=known)
            fresh.leave(HERE, known=known)
    assert not fresh.enter(HERE, known=False)
    assert fresh.enter(THERE, known=False)


def test_networks_long_gone_are_forgotten(fresh: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_MANY", 3)
    for number in range(10):
        assert fresh.enter(f"192.0.2.{number}", known=True)
        fresh.leave(f"192.0.2.{number}", known=True)
    assert len(fresh._networks) <= 3


async def _served(_request: object) -> PlainTextResponse:
    return PlainTextResponse("served")


PAGES = Crowded(Starlette(routes=[Route("/{path:path}", _served)]))


async def _get(path: str, **headers: str) -> Response:
    transport = ASGITransport(PAGES, client=(HERE, 1))
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get(path, headers={"accept": "text/html", **headers})


async def test_a_page_says_so_kindly(fresh: Crowd) -> None:
    """SES-53, SES-50: in French, with what to do, rather than a page that waits for its connection in vain."""
    assert (await _get("/suivi")).text == "served"
    _opened(fresh, HERE, known=False, times=STRANGERS_OF_ONE)
    refused = await _get("/suivi")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert "Beaucoup de pages sont déjà ouvertes" in refused.text
    assert (await _get("/css/base.css")).text == "served"
    assert (await _get("/health/live", accept="*/*")).text == "served"
    person = f"{SESSION_COOKIE}={session_cookie('x' * 43)}"
    assert (await _get("/suivi", cookie=person)).text == "served"
    assert (await _get("/suivi", cookie=person[:-1])).status_code == 429


async def test_a_websocket_too_many_is_refused_at_the_handshake(fresh: Crowd) -> None:
    """SES-53: counted for as long as it is open, whatever becomes of it."""
    said: list[Message] = []
    during: list[int] = []

    async def inner(_scope: Scope, _receive: Receive, _send: Send) -> None:
        during.append(fresh._open)
        raise ValueError

    async def silent() -> Message:
        return {}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "websocket", "path": "/_event/", "headers": [], "client": (HERE, 1)}
    with pytest.raises(ValueError, match=r"^$"):
        await Crowded(inner)(scope, silent, send)
    assert (during, fresh._open) == ([1], 0)
    _opened(fresh, HERE, known=False, times=STRANGERS_OF_ONE)
    await Crowded(inner)(scope, silent, send)
    assert said == [{"type": "websocket.close", "code": 1013}]
    assert len(during) == 1
