"""Room for large bodies (SES-53)."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import Request
from httpx import AsyncClient

from app.http.server import bodies
from app.http.server.bodies import HELD, SMALL, Room, announced
from app.http.server.problems import Problem
from models.border.messages.tables import Message
from tests.app.http.portal import bearer, count_of, portal
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords", "portal"]

MB = 1_000_000


async def test_ses_53_room_is_granted_in_order_of_arrival() -> None:
    """SES-53: a large one is not overtaken for ever by those that would fit; what is given back is whole."""
    room, order = Room(3 * MB), list[str]()

    async def hold(name: str, size: int) -> None:
        async with room.taken(size):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.timeout(5):
        async with room.taken(2 * MB):
            waiting = [asyncio.create_task(hold(*one)) for one in (("whole", 9 * MB), ("a", MB), ("b", 1))]
            await asyncio.sleep(0)
            assert order == []
        await asyncio.gather(*waiting)
        await hold("again", 3 * MB)
    assert order == ["whole", "a", "b", "again"]


async def test_ses_53_who_finds_no_room_gives_back_what_was_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: 503 after some seconds; the part of the room that was granted meanwhile is free again."""
    monkeypatch.setattr(bodies, "_PATIENCE", 0)
    room = Room(3 * MB)
    async with room.taken(2 * MB):
        with pytest.raises(Problem) as refused:
            async with room.taken(2 * MB):
                pass
        async with room.taken(MB):
            pass
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (503, "0")
    async with room.taken(3 * MB):
        pass


async def test_a_failure_while_holding_is_handed_on() -> None:
    """It is not taken for a wait that was too long."""
    with pytest.raises(TimeoutError):
        async with Room(MB).taken(MB):
            raise TimeoutError


async def test_ses_53_small_messages_pass_while_large_ones_have_all_the_room(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: the large one is told in French when to come back, and nothing of it is kept; then it has room."""
    monkeypatch.setattr(bodies, "_PATIENCE", 0.01)
    large = b"{" + b" " * SMALL + b"}"
    app = portal._transport.app  # type: ignore[attr-defined]
    async with app.state.room.taken(HELD):
        small = await portal.post("/api/v1/messages", content=b"{}", headers=bearer())
        refused = await portal.post("/api/v1/messages", content=large, headers=bearer())
    after = await portal.post("/api/v1/messages", content=large, headers=bearer())
    assert (small.status_code, refused.status_code, after.status_code) == (422, 503, 422)
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["title"] == "Trop de messages volumineux"
    assert await count_of(Message) == 2


async def test_ses_53_a_sender_that_stalls_gives_its_room_back(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: 408, and the whole room is free."""
    monkeypatch.setattr(bodies, "_ARRIVAL", 0.05)

    async def stalling() -> AsyncIterator[bytes]:
        yield b"{" * (SMALL + 1)
        await asyncio.Event().wait()

    answer = await portal.post("/api/v1/messages", content=stalling(), headers=bearer())
    assert (answer.status_code, answer.json()["title"]) == (408, "Message trop lent")
    async with portal._transport.app.state.room.taken(HELD):  # type: ignore[attr-defined]
        pass


@pytest.mark.parametrize(("said", "room"), [("5", 5), ("500", 100), ("", 100), ("x", 100)])
def test_room_is_kept_for_what_is_announced(said: str, room: int) -> None:
    """Without a length, for as much as a message may have."""
    headers = [(b"content-length", said.encode())] if said else []
    assert announced(Request({"type": "http", "headers": headers}), 100) == room
