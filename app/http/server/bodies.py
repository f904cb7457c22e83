"""Room for large bodies: each worker holds so many bytes of them at once, in order of arrival (SES-53)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from math import ceil

from fastapi import Request

from app.http.server.problems import Problem

HELD = 40_000_000
"""Bytes of large bodies that one worker holds at once; of a larger one, nothing else beside it."""
SMALL = 64 * 1024
"""Bytes that need no room: everyday messages pass while large ones wait."""
_UNIT = 1_000_000
_PATIENCE = 10.0
"""Seconds that a body waits for room."""
_ARRIVAL = 120.0
"""Seconds that a body may take to come: a sender that stalls gives its room back."""


class Room:
    """Room for `size` bytes, granted whole and in order of arrival: nobody waits with half of what it needs."""

    def __init__(self, size: int) -> None:
        self._units = _units(size)
        self._free = asyncio.Semaphore(self._units)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def taken(self, size: int) -> AsyncIterator[None]:
        """Have room for `size` bytes until the block ends.

        Raises:
            Problem: 503 with Retry-After, when there was none for ten seconds.
        """
        async with AsyncExitStack() as taken:
            try:
                async with asyncio.timeout(_PATIENCE), self._turn:
                    for _ in range(min(_units(size), self._units)):
                        await taken.enter_async_context(self._free)
            except TimeoutError:
                raise _no_room() from None
            yield


@asynccontextmanager
async def received(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body, in the room that it needs until the block ends; beyond `limit` bytes the rest is not read.

    Raises:
        Problem: 503 when there is no room for it, 408 when it does not come.
    """
    async with AsyncExitStack() as held:
        try:
            async with asyncio.timeout(_ARRIVAL):
                body = await _read(request, limit, held)
        except TimeoutError:
            raise Problem(
                408, "Message trop lent", "Le message n’est pas arrivé en entier à temps. Renvoyez-le."
            ) from None
        yield body


async def _read(request: Request, limit: int, held: AsyncExitStack) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        if len(body) <= SMALL < len(body) + len(piece):
            await held.enter_async_context(request.app.state.room.taken(announced(request, limit)))
        body += piece
        if len(body) > limit:
            break
    return bytes(body)


def announced(request: Request, limit: int) -> int:
    """How many bytes to keep room for: as many as the request says it has, `limit` at most or when it does not say."""
    length = request.headers.get("content-length", "")
    return min(int(length), limit) if length.isdecimal() else limit


def _units(size: int) -> int:
    return ceil(size / _UNIT)


def _no_room() -> Problem:
    wait = ceil(_PATIENCE)
    return Problem(
        503,
        "Trop de messages volumineux",
        "Le portail reçoit déjà autant de messages volumineux qu’il peut en tenir. Celui-ci n’a pas été gardé\u00a0: "
        f"renvoyez-le dans {wait}\u00a0s.",
        headers={"Retry-After": str(wait)},
    )
