"""Looking at a file in a process apart: whether it opens, and the pictures of its pages (renderer.py).

Libraries that read what strangers made crash, loop and fill the memory. None of that reaches the process that serves:
the other one has limits of time and memory, no secret, and one at a time is started.
"""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGXCPU
from typing import Any

from models.casework.attachments import renderer
from models.casework.attachments.vocabulary import Reason
from models.kernel.threads import files

WALL = 60.0
"""Seconds, however little processor the process gets."""
_ANSWER = renderer.BYTES + 64 * 1024
_PROGRAM = Path(renderer.__file__)
_TOO_MUCH = (-SIGXCPU, -SIGABRT, -SIGTRAP, -SIGILL)
"""How a process ends that used up its time of processor, or asked for more memory than it may have."""
_CRASHED = (-SIGSEGV, -SIGBUS, -SIGFPE)
"""How it ends when a library fails over the file. Any other signal is somebody's, who ends it for reasons of their own."""
_one_at_a_time = asyncio.Semaphore(1)


class NotLooked(Exception):
    """The file was not looked at: no fault of its own that we know of."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page (WebP)."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at a file."""

    fault: Reason | None
    """Why it is refused."""
    pages: int
    pictures: tuple[Picture, ...]


async def look(kind: str, content: Iterator[bytes]) -> Look:
    """Open the file, and draw its first pages.

    Raises:
        NotLooked: when it took too long on the clock, though not of the processor, or its process was ended: it may be
            tried again.
    """
    async with _one_at_a_time:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(_PROGRAM),
            kind,
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        collecting = asyncio.create_task(_collect(process))
        try:
            async with asyncio.timeout(WALL):
                await _feed(process, content)
                answer = await collecting
                status = await process.wait()
        except TimeoutError:
            raise NotLooked("it took too long") from None
        finally:
            collecting.cancel()
            await asyncio.wait([collecting])
            await _end(process)
    return _read(status, answer)


async def _end(process: Process) -> None:
    """Leave nothing of it: what it still had to say is read and dropped, else its pipe would stay open."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    while process.stdout is not None and await process.stdout.read(64 * 1024):
        pass
    await process.wait()


async def _feed(process: Process, content: Iterator[bytes]) -> None:
    way = process.stdin
    if way is None:
        return
    with contextlib.suppress(ConnectionError):  # it ended before it read all
        while piece := await files.run(next, content, b""):
            way.write(piece)
            await way.drain()
    way.close()


async def _collect(process: Process) -> bytes:
    answer = bytearray()
    while process.stdout and (piece := await process.stdout.read(64 * 1024)):
        answer += piece
        if len(answer) > _ANSWER:  # whatever it has become, it is no longer our program
            process.kill()
            return b""
    return bytes(answer)


def _read(status: int, answer: bytes) -> Look:
    """What the process said; when it said nothing, what its end says.

    Raises:
        NotLooked: when somebody else ended it, or it could not even begin.
    """
    if status in _TOO_MUCH:
        return Look(Reason.TOO_DEMANDING, 0, ())
    if status > 0 or (status < 0 and status not in _CRASHED):
        raise NotLooked(f"its process ended with {status}")
    try:
        line, _, rest = answer.partition(b"\n")
        head: dict[str, Any] = json.loads(line)
        fault = Reason(head["fault"]) if head["fault"] else None
        sizes = [(int(width), int(height), int(size)) for width, height, size in head["pictures"]]
        pages = int(head["pages"])
    except (ValueError, KeyError, TypeError):
        return Look(Reason.UNREADABLE, 0, ())
    pictures, at = [], 0
    for width, height, size in sizes:
        pictures.append(Picture(width, height, rest[at : at + size]))
        at += size
    return Look(fault, pages, tuple(pictures))
