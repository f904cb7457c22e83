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
from bench.measuring import keep, ms, progress, show, verdict
from bench.processes import ROOT, memory
from tests.support.sending import token
from tests.support.served import PASSWORD, ServedApp, serving

NETWORKS = 20
AIM = 1.5
_NEIGHBOURS = 100
"""Honest screens behind one address."""
_TOLD = 0.05
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

    groups = [str(_TOLD) if n < count * _TOLD else "others" for n in range(count)]
    cookies = await cookies_of(served, groups)
    with progress() as bar:
        task = bar.add_task(f"{count} screens", total=count)
        opening = screens.reflex(served.url, cookies, hydrate(), _network_of)
        opened = await screens.open_all(groups, opening, lambda n: bar.advance(task, n))
    before = memory(served.process.pid)
    quiet, hostile = Half(), Half()
    answered: list[Any] = []
    for turn in range(turns):
        await _honest(served, opened, cookies, quiet, seconds, 2 * turn)
        answered.append(await _beside_strangers(served, opened, cookies, hostile, seconds, 2 * turn + 1))
    after = memory(served.process.pid)
    closed = sum(not one.client.connected for one in opened)
    await screens.close_all(opened)
    found = {name: {"quiet": quiet.delays[name], "hostile": hostile.delays[name]} for name in quiet.delays}
    return {
        "screens": count, "closed": closed, "delays": found, "errors": [quiet.errors, hostile.errors],
        "memory": [before, after], "answered": answered,
    }  # fmt: skip


def _network_of(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"198.51.{number // _NEIGHBOURS // 250}.{number // _NEIGHBOURS % 250 + 1}"}


async def _beside_strangers(
    served: ServedApp, opened: list[screens.Screen], cookies: list[str], half: Half, seconds: int, turn: int
) -> Any:
    words = [sys.executable, "-m", "bench.strangers", served.url, str(NETWORKS)]
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        await asyncio.sleep(3)
        await _honest(served, opened, cookies, half, seconds, turn)
    finally:
        process.terminate()
        said, _ = await process.communicate()
    await asyncio.sleep(3)
    return json.loads(said or b"[]")


async def _honest(
    served: ServedApp, opened: list[screens.Screen], cookies: list[str], half: Half, seconds: int, turn: int
) -> None:
    until = time.monotonic() + seconds
    async with aiohttp.ClientSession() as http:
        await asyncio.gather(
            _pages(served, http, cookies, half, until),
            _sign_ins(served, http, half, until),
            _facts(served, http, opened, half, until, turn),
        )


async def _pages(
    served: ServedApp, http: aiohttp.ClientSession, cookies: list[str], half: Half, until: float
) -> None:
    number = 0
    while time.monotonic() < until:
        number += 1
        told = {"Cookie": cookies[number % len(cookies)]} | _network_of(number % len(cookies))
        start = time.monotonic()
        async with http.get(f"{served.url}/suivi", headers=told) as answer:
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
    served: ServedApp,
    http: aiohttp.ClientSession,
    opened: list[screens.Screen],
    half: Half,
    until: float,
    turn: int,
) -> None:
    from bench.live_data import messages

    bearer = {"Authorization": f"Bearer {token(served)}"}
    concerned = [one for one in opened if one.group == str(_TOLD)]
    said = messages(str(_TOLD), 10_000)
    while time.monotonic() < until:
        for one in concerned:
            one.listen()
        start, sent = time.monotonic(), time.time()
        async with http.post(f"{served.url}/api/v1/messages", data=next(said), headers=bearer) as answer:
            _note(half, "a message", start, answer.status == 202, str(answer.status))
        while not all(one.heard for one in concerned) and time.monotonic() < start + 20:  # noqa: ASYNC110 - of many
            await asyncio.sleep(0.005)
        deaf = sum(not one.heard for one in concerned)
        half.errors += [f"turn {turn}: {deaf} screens heard nothing"] if deaf else []
        half.delays["a fact, on the median screen"].append(
            median(one.heard[0] - sent for one in concerned if one.heard)
        )
        await asyncio.sleep(1)


def _note(half: Half, what: str, start: float, fine: bool, said: str) -> None:
    half.delays[what].append(time.monotonic() - start)
    if not fine:
        half.errors.append(f"{what}: {said}")


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
