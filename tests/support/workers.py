"""A running application with several workers: who they are, which of them holds a page, and the one apart."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Page
from redis.asyncio import Redis

from app.frontend.build import ROOT
from tests.support.served import ServedApp, end_group, tail

_SECONDS = 20
_SECONDS_TO_SERVE = 90
"""A worker that was replaced imports the whole application before it takes connections."""
_RECORD = "token_manager_socket_record_"
"""Where Reflex 0.10.1 notes, in Redis, which worker holds the connection of a tab."""


def workers_of(served: ServedApp) -> set[int]:
    """The processes that serve: children of the one that was started."""
    pid = served.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child) for child in children if _serves(int(child))}


def _serves(pid: int) -> bool:
    try:
        return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False  # gone meanwhile


async def holder(served: ServedApp, page: Page) -> str:
    """The worker that holds the page's connection, by the name that Reflex gave it."""
    async with Redis.from_url(served.environment["PASSAVANT_REDIS_URL"]) as redis:
        for _ in range(_SECONDS * 10):
            token = await page.evaluate("sessionStorage.getItem('token')")
            record = await redis.get(f"{_RECORD}{token}")
            if record is not None:
                return str(pickle.loads(record).instance_id)  # noqa: S301 - our own application wrote it
            await asyncio.sleep(0.1)
    raise AssertionError(f"no worker holds {page.url}:\n{tail(served.log)}")


async def hold_elsewhere(served: ServedApp, page: Page, *others: str) -> str:
    """Reload the page until a worker holds it that is none of `others`; that worker."""
    deadline = time.monotonic() + _SECONDS_TO_SERVE
    while time.monotonic() < deadline:
        found = await holder(served, page)
        if found not in others:
            return found
        await page.reload()
    raise AssertionError(f"always held by {others}")


def kill_one(served: ServedApp) -> int:
    """Kill one worker, as a lack of memory does: it can say nothing to anybody. Which it was."""
    victim = min(workers_of(served))
    os.kill(victim, signal.SIGKILL)
    return victim


async def replaced(served: ServedApp, victim: int, count: int = 2) -> set[int]:
    """The workers, once there are as many as before without that one."""
    for _ in range(_SECONDS * 10):
        there = workers_of(served)
        if len(there) == count and victim not in there:
            return there
        await asyncio.sleep(0.1)
    raise AssertionError(f"nobody replaced the worker:\n{tail(served.log)}")


@contextmanager
def worker_apart(served: ServedApp) -> Iterator[subprocess.Popen[bytes]]:
    """`passavant worker` beside the application, from when it is at work."""
    log = served.data / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "app.cli", "worker"],
            cwd=ROOT,
            env=served.environment,
            stdout=subprocess.PIPE,
            stderr=output,
            start_new_session=True,
        )
    try:
        assert process.stdout is not None
        assert b"sees to" in process.stdout.readline(), tail(log)
        yield process
    finally:
        end_group(process)
        if process.stdout is not None:
            process.stdout.close()
