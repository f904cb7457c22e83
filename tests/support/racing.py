"""Processes that race each other: each with an engine of its own, all started at the same moment."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing.synchronize import Barrier
from random import Random
from typing import Any

from models.kernel import clock, engines
from models.kernel.database import dispose
from models.kernel.settings.portal import settings
from models.scheduling.appointments import booking
from models.scheduling.capacity.vocabulary import Control
from tests.support import forked

_barrier: Barrier | None = None
Work = Callable[..., Awaitable[dict[str, int]]]


def race(work: Work, url: str, shares: Sequence[tuple[Any, ...]]) -> tuple[Counter[str], float]:
    """Run `work(*share)` for each share, in a process of its own; what came out, and how many seconds it took.

    Raises:
        BrokenProcessPool: when a process died.
    """
    context = forked.context()
    told = {name: value for name, value in os.environ.items() if name.startswith("PASSAVANT_")}
    told["PASSAVANT_DATABASE_URL"] = url
    barrier = context.Barrier(len(shares) + 1)
    with ProcessPoolExecutor(
        len(shares), mp_context=context, initializer=_begin, initargs=(told, barrier)
    ) as pool:
        running = [pool.submit(_run, work, share) for share in shares]
        barrier.wait(120)
        started = time.perf_counter()
        found: Counter[str] = sum((Counter(one.result(1800)) for one in running), Counter())
        return found, time.perf_counter() - started


def _begin(told: dict[str, str], barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier
    os.environ.update(told)
    # Nothing here outlives the test: no need to wait for the disk at each commit.
    setattr(engines, "_PRAGMAS", (*engines._PRAGMAS, "synchronous=OFF"))  # noqa: B010
    settings.cache_clear()


def _run(work: Work, share: tuple[Any, ...]) -> dict[str, int]:
    assert _barrier is not None
    _barrier.wait(120)
    return asyncio.run(_whole(work, share))


async def _whole(work: Work, share: tuple[Any, ...]) -> dict[str, int]:
    try:
        return await work(*share)
    finally:
        await dispose()


async def try_to_book(
    seed: int, attempts: int, references: Sequence[str], starts: Sequence[datetime], now: datetime
) -> dict[str, int]:
    """So many bookings, each of one of these consignments at one of these times; how each ended, by its type."""
    from tests.support.appointments import POST, booker

    dice, ends = Random(seed), Counter[str]()
    with clock.fixed(now):
        for _ in range(attempts):
            made = await booking.book(
                booker(), POST, [dice.choice(references)], Control.IDENTITY, dice.choice(starts)
            )
            ends[type(made).__name__] += 1
    return dict(ends)
