"""Answers that are the same for everybody: made once in each worker, however many ask, and named by their content."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Bytes, and the name of their content (RFC 9110, 8.8.3)."""

    body: bytes
    tag: str


class KeptFiles:
    """What was made, by key. There must be few keys: nothing is ever dropped."""

    def __init__(self) -> None:
        self._made: dict[str, KeptFile] = {}
        self._making: dict[str, asyncio.Task[KeptFile]] = {}

    async def get(self, key: str, make: Callable[[], Awaitable[bytes]]) -> KeptFile:
        """What was made under that key, or is being made, for however many ask meanwhile."""
        if key in self._made:
            return self._made[key]
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(self._making[key])  # who goes away takes it from nobody else

    async def _make(self, key: str, make: Callable[[], Awaitable[bytes]]) -> KeptFile:
        try:
            body = await make()
        finally:
            del self._making[key]
        self._made[key] = KeptFile(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
        return self._made[key]


def is_known(request: Request, tag: str) -> bool:
    """Whether whoever asks has that content already."""
    asked = request.headers.get("if-none-match", "")[:1000].split(",")
    return tag in [each.strip().removeprefix("W/") for each in asked]


def answer(request: Request, file: KeptFile, media_type: str, **headers: str) -> Response:
    """The file, or word that it has not changed."""
    named = {"ETag": file.tag, "Cache-Control": "no-cache"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    if is_known(request, file.tag):
        return Response(status_code=304, headers=named)
    return Response(file.body, media_type=media_type, headers=named)
