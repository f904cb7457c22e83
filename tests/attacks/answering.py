"""Answers hostile messages under limits that kill: a script, run by tests/attacks/test_messages.py.

Each message is answered in a fork of its own, through the partners' door, with so much processor time and so
much more memory than at its start. Exceeding them ends the fork, and its line says so. The limits are several
times what is needed on a slow machine: they tell linear from quadratic, not fast from faster.
"""

import asyncio
import gc
import json
import os
import resource
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from tests.attacks.hostile import CASES

CPU_SECONDS = 30
MEMORY = 700_000_000
"""Bytes beyond those of the process before it reads the message."""
PIECE = 64 * 1024


def main(names: list[str]) -> None:
    """Print one JSON line for each case."""
    # All that the door imports and prepares, before the forks: what each may use is then for the message alone.
    asyncio.run(_knock())
    gc.freeze()
    for name in names:
        print(json.dumps({"name": name, **_apart(name)}), flush=True)


async def _knock() -> None:
    from tests.app.http.portal import opened

    async with opened() as client:
        assert (await client.post("/api/v1/messages", content=b"")).status_code == 401


def _apart(name: str) -> dict[str, Any]:
    body = CASES[name].body()
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        status = 1
        try:
            limit()
            with os.fdopen(write_end, "w") as out:
                json.dump(asyncio.run(_answer(body)), out)
            status = 0
        finally:
            os._exit(status)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        text = told.read()
    _, status, used = os.wait4(child, 0)
    if status:
        return {"killed": os.waitstatus_to_exitcode(status)}
    return {**json.loads(text), "seconds": used.ru_utime + used.ru_stime}


def limit() -> None:
    """From here on, this process may use so much more; beyond it, it is killed or told that there is no memory."""
    status = Path("/proc/self/status").read_text()
    used = int(status.partition("VmData:")[2].split()[0]) * 1024  # of its own: neither libraries nor reserves
    resource.setrlimit(resource.RLIMIT_DATA, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    signal.alarm(CPU_SECONDS * 4)  # what waits without working is ended too


async def pieces(body: bytes, times: int = 1) -> AsyncIterator[bytes]:
    """The body, so many times over, as a network brings it: others have their turn between two pieces."""
    for start in range(0, len(body) * times, PIECE):
        await asyncio.sleep(0)
        here = start % len(body)
        yield body[here : here + PIECE]


async def _answer(body: bytes) -> dict[str, Any]:
    from sqlmodel import select

    from models.border.messages.tables import Message, MessageBody
    from models.kernel.database import dispose
    from tests.app.http.portal import bearer, opened
    from tests.support.databases import reading

    async with opened() as client:
        response = await client.post("/api/v1/messages", content=pieces(body), headers=bearer())
    document = response.json()
    async with reading() as db:
        message = db.get(Message, document.get("message_id", ""))
        held = db.exec(select(MessageBody).where(MessageBody.message_id == document.get("message_id", "")))
        kept = held.first()
    await dispose()
    return {
        "status": response.status_code,
        "type": response.headers["content-type"],
        "title": document.get("title", ""),
        "detail": document.get("detail", ""),
        "kept_status": message.status if message else None,
        "kept_reason": message.refusal if message else None,
        "kept_whole": bool(kept and kept.content == body),
    }


if __name__ == "__main__":
    main(sys.argv[1:] or list(CASES))
