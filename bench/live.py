"""Open screens, and a commit that concerns some of them: delay, server CPU and bytes of each delivery.

Beside a bare python-socketio server that sends the payload that ours sent, and NiceGUI that changes as many
fields of one row of 25. Each serves the same number of screens, and each is told as often, in turn.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp

from bench import screens
from bench.measures import keep, ms, progress, show, verdict
from bench.processes import cpu, peer
from tests.support.sending import token
from tests.support.served import ServedApp, serving

SHARES = (0.01, 0.05, 0.20)
_QUIET = 1.0
_IDLE = 10.0
_LONGEST = 30.0


async def run(*, quick: bool, screens: Sequence[int] = ()) -> None:
    """Measure for each number of screens, print, and keep the figures."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="passavant-bench-") as folder:
        for count in screens or ((20, 50) if quick else (50, 200, 1000)):
            figures[str(count)] = await _measure(Path(folder) / str(count), count, 5 if quick else 8)
    _show(figures)
    keep("live", figures, quick=quick)


async def _measure(folder: Path, count: int, times: int) -> dict[str, Any]:
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    groups = _groups(count)
    with serving(folder) as served, peer("bare_socketio") as bare, peer("with_nicegui") as nice:
        from bench.live_data import cookies_of, hydrate

        cookies = await cookies_of(served, groups)
        openings = {
            "ours": (screens.reflex(served.url, cookies, hydrate()), served.url, served.process.pid),
            "socketio": (screens.bare(bare[0]), *bare),
            "nicegui": (screens.nicegui(nice[0]), *nice),
        }
        with progress() as bar:
            task = bar.add_task(f"{count} screens", total=3 * count + 12 * (times + 1))
            servers = {}
            for name, (opening, url, pid) in openings.items():
                opened = await screens.open_all(groups, opening, lambda n: bar.advance(task, n))
                servers[name] = Server(url, pid, opened)
            await asyncio.sleep(_QUIET)
            for server in servers.values():
                server.idle = await idle_share(server.pid)
            found = await _in_turn(served, servers, times, lambda: bar.advance(task))
        for server in servers.values():
            await screens.close_all(server.opened)
    return found


@dataclass
class Server:
    """One of those compared."""

    url: str
    pid: int
    opened: list[screens.Screen]
    idle: float = 0.0
    """CPU that it spends on nothing (heartbeats of the sockets, the look at the journal), as a share of time."""


async def idle_share(pid: int) -> float:
    before, start = cpu(pid), time.monotonic()
    await asyncio.sleep(_IDLE)
    return (cpu(pid) - before) / (time.monotonic() - start)


async def _in_turn(
    served: ServedApp, servers: Mapping[str, Server], times: int, tick: Callable[[], None]
) -> dict[str, Any]:
    """The commits that concern nobody among the others; the first round only warms up."""
    from bench.live_data import messages

    shares = ("nobody", *map(str, SHARES))
    told = {(share, name): Told(server, share) for share in shares for name, server in servers.items()}
    said = {share: list(messages(share, times + 1)) for share in shares}
    payloads = dict.fromkeys(shares, b"{}")
    async with aiohttp.ClientSession() as http:
        bearer = {"Authorization": f"Bearer {token(served)}"}
        for rank in range(times + 1):
            for (share, name), one in told.items():
                server = servers[name]
                if name == "ours":
                    await one.tell(http, f"{server.url}/api/v1/messages", said[share][rank], bearer)
                    payloads[share] = _last(server.opened, share) or b"{}"
                else:
                    await one.tell(http, f"{server.url}/emit?group={share}", payloads[share], {})
                if rank == 0:
                    told[share, name] = Told(server, share)
                tick()
    found: dict[str, Any] = {}
    for (share, name), one in told.items():
        found.setdefault(share, {})[name] = one.figures()
    return found


def _groups(count: int) -> list[str]:
    """Which share each screen belongs to: those of 1 %, of 5 %, of 20 %, and the others."""
    sizes = [(str(share), max(1, round(count * share))) for share in SHARES]
    named = [name for name, size in sizes for _ in range(size)]
    return named + ["others"] * (count - len(named))


def _last(opened: list[screens.Screen], share: str) -> bytes:
    mine = [one.last for one in opened if one.group == share and one.last]
    return json.dumps(mine[0]).encode() if mine else b""


class Told:
    """What a series of commits cost one server."""

    def __init__(self, server: Server, share: str) -> None:
        self.server = server
        self.mine = [one for one in server.opened if one.group == share]
        self.cpu: list[float] = []
        self.delays: list[float] = []
        self.sizes: list[int] = []

    async def tell(self, http: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]) -> None:
        """Send one message, and wait until all those concerned heard of it."""
        for one in self.server.opened:
            one.listen()
        before, sent, start = cpu(self.server.pid), time.time(), time.monotonic()
        async with http.post(url, data=body, headers=headers) as answer:
            assert answer.status < 300, await answer.text()
        while not all(one.heard for one in self.mine) and time.monotonic() < start + _LONGEST:  # noqa: ASYNC110 - of many
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.15)  # whatever still comes counts too
        spent = cpu(self.server.pid) - before
        self.cpu.append(spent - self.server.idle * (time.monotonic() - start))
        deaf = [one for one in self.mine if not one.heard]
        assert not deaf, f"{url}: {len(deaf)} of {len(self.mine)} screens heard nothing"
        self.delays += [one.heard[0] - sent for one in self.mine]
        self.sizes += [one.received for one in self.mine]

    def figures(self) -> dict[str, float]:
        """Medians over the commits; CPU and delays in seconds, from the sending of the message."""
        found = {"cpu": median(self.cpu), "told": len(self.mine), "idle": self.server.idle}
        if self.delays:
            found |= {
                "median": median(self.delays),
                "p95": quantiles(self.delays, n=20)[-1] if len(self.delays) > 1 else self.delays[0],
                "bytes": median(self.sizes),
            }
        return found


def _judged(ours: float, theirs: float) -> str:
    """No verdict where the difference drowns in noise."""
    return verdict(ours / theirs, 2) if ours > 0 and theirs > 0 else "too noisy"


def _show(figures: dict[str, Any]) -> None:
    rows = []
    for count, by_share in figures.items():
        nobody = by_share["nobody"]
        idle = [f"{ms(one['cpu'])} a commit, {one['idle']:.1%} idle" for one in nobody.values()]
        rows.append((f"{count}, nobody concerned", *idle, "", "", ""))
        for share in map(str, SHARES):
            for name, one in by_share[share].items():
                one["cpu_per_delivery"] = (one["cpu"] - nobody[name]["cpu"]) / one["told"]
            ours, *others = by_share[share].values()
            rows.append(
                (
                    f"{count}, {float(share):.0%} ({ours['told']})",
                    *(ms(one["cpu_per_delivery"]) for one in (ours, *others)),
                    _judged(ours["cpu_per_delivery"], others[0]["cpu_per_delivery"]),
                    f"{ms(ours['median'])} / {ms(ours['p95'])}",
                    " / ".join(f"{one['bytes']:.0f}" for one in (ours, *others)),
                )
            )
    columns = (
        "screens (told)",
        "CPU a delivery: ours",
        "bare socketio",
        "NiceGUI",
        "ours / socketio",
        "delay median / p95",
        "bytes: ours / socketio / NiceGUI",
    )
    show("Live", columns, rows)
