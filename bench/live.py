"""Open screens, and a commit that concerns some of them: delay, server CPU and bytes of each delivery.

Beside a bare python-socketio server that sends the payload that ours sent, and NiceGUI that changes as many
fields of one row of 25. Each serves the same number of screens, and each is told as often, in turn.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp

from bench import screens
from bench.measuring import keep, ms, progress, show, verdict
from tests.support.sending import token
from tests.support.served import clean_environment, end_group, free_port, serving

ROOT = Path(__file__).parents[1]
SHARES = (0.01, 0.05, 0.20)
_QUIET = 1.0


async def run(*, quick: bool) -> None:
    """Measure for each number of screens, print, and keep the figures."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="passavant-bench-") as folder:
        for count in (20, 50) if quick else (50, 200, 1000):
            figures[str(count)] = await _measure(Path(folder) / str(count), count, 5 if quick else 8)
    _show(figures)
    keep("live", figures, quick=quick)


async def _measure(folder: Path, count: int, times: int) -> dict[str, Any]:
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    groups = _groups(count)
    found: dict[str, Any] = {}
    with serving(folder) as served, _peer("bare_socketio") as bare, _peer("with_nicegui") as nice:
        from bench.live_data import cookies_of, hydrate, messages

        cookies = await cookies_of(served, groups)
        openings = {
            "ours": screens.reflex(served.url, cookies, hydrate()),
            "socketio": screens.bare(bare[0]),
            "nicegui": screens.nicegui(nice[0]),
        }
        with progress() as bar:
            task = bar.add_task(f"{count} screens", total=3 * count + 12 * (times + 1))
            opened = {}
            for name, opening in openings.items():
                opened[name] = await screens.open_all(groups, opening, lambda n: bar.advance(task, n))
            await asyncio.sleep(_QUIET)
            pids = {"ours": served.process.pid, "socketio": bare[1], "nicegui": nice[1]}
            async with aiohttp.ClientSession() as http:
                bearer = {"Authorization": f"Bearer {token(served)}"}
                addresses = {"socketio": bare[0], "nicegui": nice[0]}
                shares = ("nobody", *map(str, SHARES))
                told = {(share, name): _Told() for share in shares for name in opened}
                said = {share: list(messages(share, times + 1)) for share in shares}
                payloads = dict.fromkeys(shares, b"{}")
                # In turn, the commits that concern nobody among the others; the first round only warms up.
                for rank in range(times + 1):
                    for (share, name), counting in told.items():
                        ours = name == "ours"
                        url = (
                            f"{served.url}/api/v1/messages"
                            if ours
                            else f"{addresses[name]}/emit?group={share}"
                        )
                        body = said[share][rank] if ours else payloads[share]
                        one = counting if rank else _Told()
                        await one.tell(http, url, body, bearer, opened[name], share, pids[name])
                        if ours:
                            payloads[share] = _last(opened[name], share) or b"{}"
                        bar.advance(task)
                for (share, name), one in told.items():
                    found.setdefault(share, {})[name] = one.figures()
        for all_of_it in opened.values():
            await screens.close_all(all_of_it)
    return found


def _groups(count: int) -> list[str]:
    """Which share each screen belongs to: those of 1 %, of 5 %, of 20 %, and the others."""
    sizes = [(str(share), max(1, round(count * share))) for share in SHARES]
    named = [name for name, size in sizes for _ in range(size)]
    return named + ["others"] * (count - len(named))


def _last(opened: list[screens.Screen], share: str) -> bytes:
    import json

    mine = [one.last for one in opened if one.group == share and one.last]
    return json.dumps(mine[0]).encode() if mine else b""


class _Told:
    """What a series of commits cost one server."""

    def __init__(self) -> None:
        self.cpu: list[float] = []
        self.delays: list[float] = []
        self.sizes: list[int] = []
        self.deliveries = 0

    async def tell(
        self,
        http: aiohttp.ClientSession,
        url: str,
        body: bytes,
        headers: dict[str, str],
        opened: list[screens.Screen],
        share: str,
        pid: int,
    ) -> None:
        """Send one message, and wait until all those concerned heard of it."""
        for one in opened:
            one.heard.clear()
        before, sent = _cpu(pid), time.time()
        async with http.post(url, data=body, headers=headers) as answer:
            assert answer.status < 300, await answer.text()
        mine = [one for one in opened if one.group == share]
        deadline = time.monotonic() + 10
        while not all(one.heard for one in mine) and time.monotonic() < deadline:  # noqa: ASYNC110 - of many
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.15)  # whatever still comes counts too
        self.cpu.append(_cpu(pid) - before)
        assert all(one.heard for one in mine), f"{url}: some screens heard nothing"
        self.delays += [one.heard[0][0] - sent for one in mine]
        self.sizes += [sum(size for _, size in one.heard) for one in mine]
        self.deliveries += len(mine)

    def figures(self) -> dict[str, float]:
        """Totals over the series; delays in seconds from the sending of the message."""
        found = {"cpu": sum(self.cpu), "commits": len(self.cpu), "deliveries": self.deliveries}
        if self.delays:
            found |= {
                "median": median(self.delays),
                "p95": quantiles(self.delays, n=20)[-1] if len(self.delays) > 1 else self.delays[0],
            }
            found["bytes"] = median(self.sizes)
        return found


def _judged(ours: float, theirs: float) -> str:
    """No verdict where the difference drowns in noise."""
    return verdict(ours / theirs, 2) if ours > 0 and theirs > 0 else "too noisy"


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of those that it started, to the nanosecond (stat counts by 10 ms)."""
    total = 0
    for one in [pid, *_children(pid)]:
        for thread in Path(f"/proc/{one}/task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e9


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    direct = [int(one) for one in listed.read_text().split()] if listed.exists() else []
    return [one for child in direct for one in (child, *_children(child))]


@contextmanager
def _peer(module: str) -> Iterator[tuple[str, int]]:
    port = free_port()
    environment = clean_environment() | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    }
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.peers.{module}", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        end_group(process)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    import socket

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("a peer did not start: is the extra `bench` installed?")


def _show(figures: dict[str, Any]) -> None:
    rows = []
    for count, by_share in figures.items():
        idle = {name: one["cpu"] / one["commits"] for name, one in by_share["nobody"].items()}
        rows.append((f"{count}, nobody concerned", *(ms(idle[n]) + " a commit" for n in idle), "", "", ""))
        for share in map(str, SHARES):
            each = {}
            for name, one in by_share[share].items():
                each[name] = (one["cpu"] - idle[name] * one["commits"]) / one["deliveries"]
                one["cpu_per_delivery"] = each[name]
            ours = by_share[share]["ours"]
            rows.append(
                (
                    f"{count}, {float(share):.0%}",
                    *(ms(each[name]) for name in each),
                    _judged(each["ours"], each["socketio"]),
                    f"{ms(ours['median'])} / {ms(ours['p95'])}",
                    f"{ours['bytes']:.0f}",
                )
            )
    columns = (
        "screens",
        "CPU a delivery: ours",
        "bare socketio",
        "NiceGUI",
        "ours / socketio",
        "delay median / p95",
        "bytes",
    )
    show("Live", columns, rows)
