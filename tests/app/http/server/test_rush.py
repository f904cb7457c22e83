"""How often one network may ask without saying who it is, and how long a request may take to come (SES-53).

Seen to fail: without `Rush` or `Arrival`, and when a cookie that nobody signed counts as one.
"""

import asyncio

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Message, Receive, Scope, Send

from app.http.server import arrival, rush
from app.http.server.arrival import Arrival
from app.http.server.problems import Problem
from app.http.server.rush import Rush
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from tests.app.http.portal import bearer

HERE, THERE = "192.0.2.1", "198.51.100.7"


async def _served(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_a_stranger_who_asks_without_end_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: in French, with when to come again; files, other networks and who proved who they are pass."""
    monkeypatch.setattr(rush, "AT_ONCE", 3)
    door = Rush(_served)

    async def get(path: str = "/cgu.pdf", network: str = HERE, **headers: str) -> tuple[int, str]:
        transport = ASGITransport(door, client=(network, 1))
        async with AsyncClient(transport=transport, base_url="http://localhost") as client:
            answer = await client.get(path, headers=headers)
        return answer.status_code, answer.text

    assert [(await get())[0] for _ in range(4)] == [200, 200, 200, 429]
    assert "Trop de demandes viennent de votre réseau" in (await get())[1]
    false = f"{SESSION_COOKIE}={session_cookie('x')}x"
    assert (await get(cookie=false))[0] == 429
    assert (await get(authorization="Bearer x.y.z"))[0] == 429
    for passes in (
        await get(network=THERE),
        await get("/assets/a.js"),
        await get(cookie=false[:-1]),
        await get("/api/v1/consignments", **bearer()),
    ):
        assert passes[0] == 200


async def _half_a_form(path: str) -> None:
    """Ask with a body of which only the beginning comes."""
    sent: list[Message] = [{"type": "http.request", "body": b"email=", "more_body": True}]

    async def receive() -> Message:
        if sent:
            return sent.pop()
        for _ in range(100):
            await asyncio.sleep(0)
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def inner(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive()).get("more_body"):
            pass

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is sent")

    await Arrival(inner)({"type": "http", "path": path}, receive, send)


async def test_half_a_form_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: the wait ends, with a sentence; partners, whose messages are large, have longer."""
    monkeypatch.setattr(arrival, "FORM", 0.0)
    with pytest.raises(Problem) as refused:
        await _half_a_form("/session")
    assert (refused.value.status, refused.value.headers) == (408, {"Connection": "close"})
    await _half_a_form("/api/v1/token")
    monkeypatch.setattr(arrival, "PARTNER", 0.0)
    with pytest.raises(Problem):
        await _half_a_form("/api/v1/token")


async def test_who_waits_for_the_client_to_go_is_not_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that came whole is answered for as long as it takes; fails without `whole`."""
    monkeypatch.setattr(arrival, "FORM", 0.0)
    seen: list[str] = []

    async def receive() -> Message:
        if not seen:
            return {"type": "http.request", "body": b"x", "more_body": False}
        for _ in range(5):
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def inner(_scope: Scope, receive: Receive, _send: Send) -> None:
        seen.append((await receive())["type"])
        seen.append((await receive())["type"])

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is sent")

    await Arrival(inner)({"type": "http", "path": "/session"}, receive, send)
    assert seen == ["http.request", "http.disconnect"]
