"""Many screens open, and twenty hostile networks beside: what honest users wait, with and without the hostile ones.

The honest ones open pages, sign in, search on an open screen, and are told of commits. Both halves take turns under the
same open screens; an error of an honest user is counted, whatever it is. The hostile ones are bench/strangers.py.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp

from bench import screens
from bench.live import Server, Told
from bench.measures import keep, ms, progress, show, verdict
from bench.processes import ROOT, memory
from tests.support.sending import token
from tests.support.served import PASSWORD, ServedApp, serving

NETWORKS = 20
AIM = 1.5
_NEIGHBOURS = 100
"""Honest screens behind one address."""
_SHARE = "0.05"
"""Of the screens, those that each fact concerns."""
_WHO = ("importateur", "comptable", "assistant", "transitaire", "mandataire", "correspondante")


@dataclass(slots=True)
class Half:
    """What honest users met, with the hostile ones or without."""

    delays: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


async def run(*, quick: bool, screens: Sequence[int] = ()) -> None:
    """Measure, print, and keep the figures."""
    count = next(iter(screens), 100 if quick else 2000)
    turns, seconds = (2, 5) if quick else (4, 30)
    with tempfile.TemporaryDirectory(prefix="passavant-bench-") as folder:
        app = serving(Path(folder), PASSAVANT_TRUSTED_PROXY_HOPS="1")
        with app as served:
            figures = await _measure(served, count, turns, seconds)
    _show(figures)
    keep("hostile", figures, quick=quick)


async def _measure(served: ServedApp, count: int, turns: int, seconds: int) -> dict[str, Any]:
    from bench.live_data import cookies_of, hydrate

    groups = [_SHARE if n < count * float(_SHARE) else "others" for n in range(count)]
    cookies = await cookies_of(served, groups)
    with progress() as bar:
        task = bar.add_task(f"{count} screens", total=count)
        opening = screens.reflex(served.url, cookies, hydrate(), _network_of)
        opened = await screens.open_all(groups, opening, lambda n: bar.advance(task, n))
    server = Server(served.url, served.process.pid, opened)
    before = memory(server.pid)
    quiet, hostile = Half(), Half()
    answered: list[Any] = []
    for _ in range(turns):
        await _honest(served, server, cookies, quiet, seconds)
        answered.append(await _beside_strangers(served, server, cookies, hostile, seconds))
    after = memory(server.pid)
    closed = sum(not one.client.connected for one in opened)
    await screens.close_all(opened)
    delays = {name: {"quiet": quiet.delays[name], "hostile": hostile.delays[name]} for name in quiet.delays}
    return {
        "screens": count, "closed": closed, "delays": delays, "errors": [quiet.errors, hostile.errors],
        "memory": [before, after], "answered": answered,
    }  # fmt: skip


def _network_of(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"198.51.{number // _NEIGHBOURS // 250}.{number // _NEIGHBOURS % 250 + 1}"}


async def _beside_strangers(
    served: ServedApp, server: Server, cookies: list[str], half: Half, seconds: int
) -> Any:
    words = [sys.executable, "-m", "bench.strangers", served.url, str(NETWORKS)]
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        await asyncio.sleep(3)
        await _honest(served, server, cookies, half, seconds)
    finally:
        process.terminate()
        printed, _ = await process.communicate()
    await asyncio.sleep(3)
    return json.loads(printed or b"[]")


async def _honest(served: ServedApp, server: Server, cookies: list[str], half: Half, seconds: int) -> None:
    until = time.monotonic() + seconds
    async with aiohttp.ClientSession() as http:
        await asyncio.gather(
            _pages(served, http, cookies, half, until),
            _sign_ins(served, http, half, until),
            _facts(served, http, server, half, until),
        )


async def _pages(
    served: ServedApp, http: aiohttp.ClientSession, cookies: list[str], half: Half, until: float
) -> None:
    number = 0
    while time.monotonic() < until:
        number += 1
        headers = {"Cookie": cookies[number % len(cookies)]} | _network_of(number % len(cookies))
        start = time.monotonic()
        async with http.get(f"{served.url}/suivi", headers=headers) as answer:
            await answer.read()
            _note(half, "a page", start, answer.status == 200, str(answer.status))
        await asyncio.sleep(0.1)


async def _sign_ins(served: ServedApp, http: aiohttp.ClientSession, half: Half, until: float) -> None:
    number = 0
    while time.monotonic() < until:
        number += 1
        form = {"email": f"{_WHO[number % len(_WHO)]}@demo.passavant.fr", "password": PASSWORD}
        start = time.monotonic()
        answer = http.post(
            f"{served.url}/session",
            data=form,
            headers=_network_of(number * _NEIGHBOURS % 2000),
            allow_redirects=False,
        )
        async with answer as given:
            _note(half, "a sign-in", start, given.status == 303, str(given.status))
        await asyncio.sleep(1)


async def _facts(
    served: ServedApp, http: aiohttp.ClientSession, server: Server, half: Half, until: float
) -> None:
    from bench.live_data import messages

    bearer = {"Authorization": f"Bearer {token(served)}"}
    for body in messages(_SHARE, 10_000):
        if time.monotonic() > until:
            break
        told = Told(server, _SHARE)
        try:
            await told.tell(http, f"{served.url}/api/v1/messages", body, bearer)
        except AssertionError as error:
            half.errors.append(f"a fact: {error}")
        half.delays["a fact, on the median screen"] += [median(told.delays)] if told.delays else []
        await asyncio.sleep(1)


def _note(half: Half, what: str, start: float, fine: bool, status: str) -> None:
    half.delays[what].append(time.monotonic() - start)
    if not fine:
        half.errors.append(f"{what}: {status}")


def _show(figures: dict[str, Any]) -> None:
    rows = []
    for name, each in figures["delays"].items():
        quiet, hostile = each["quiet"], each["hostile"]
        rows.append(
            (
                name,
                f"{ms(median(quiet))} / {ms(quantiles(quiet, n=20)[-1])}",
                f"{ms(median(hostile))} / {ms(quantiles(hostile, n=20)[-1])}",
                verdict(median(hostile) / median(quiet), AIM),
                f"{quantiles(hostile, n=20)[-1] / quantiles(quiet, n=20)[-1]:.2f}",
            )
        )
    errors = [len(each) for each in figures["errors"]]
    rows.append(("errors", str(errors[0]), str(errors[1]), "", ""))
    before, after = (size / 2**20 for size in figures["memory"])
    rows.append(
        (
            f"memory of the server; screens that closed: {figures['closed']}",
            f"{before:.0f} MB",
            f"{after:.0f} MB",
            "",
            "",
        )
    )
    columns = ("", "without: median / p95", f"with {NETWORKS} hostile networks", "median", "p95")
    show(f"{figures['screens']} screens", columns, rows)
