"""From the journal to people: entries told in a second, whatever the past, and how long until a screen and a letter.

The relay is measured beside a bare insert of as many rows, in transactions of the same size; a letter beside
aiosmtplib alone, which hands the same bytes to the same server.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import partial
from statistics import median, quantiles
from typing import Any

import aiosmtplib

from app.tasks.relay_notices import relay_notices
from app.tasks.send_mail import send_mail
from bench.databases import ENGINES, places, used
from bench.measures import Samples, cost_of, keep, ms, progress, show, verdict
from bench.notices_data import PEOPLE, MailServer, entry_row, fact, notice_row, past_fact, prepare
from models.journal.queries import last_seq
from models.journal.tables import JournalEntry
from models.kernel import bus
from models.kernel.database import DbSession, read, write
from models.kernel.rows import insert_rows
from models.signals.notifications import cursors, derivation
from models.signals.notifications.queries.cursors import changed_since
from models.signals.notifications.tables import Notice, NoticeEntry
from tests.support.databases import transaction

FLAT, PEER = 1.5, 10.0
_BATCHES = 12
_PAGE = 5000
_keys = itertools.count(1)


async def run(*, quick: bool) -> None:
    """Measure on both engines, print, and keep the figures."""
    pasts = (0, 2_000) if quick else (0, 10_000, 100_000)
    letters = 10 if quick else 40
    figures: dict[str, Any] = {}
    with progress() as bar:
        for engine in ENGINES:
            task = bar.add_task(f"Notices, {engine}", total=len(pasts) * _BATCHES + letters)
            tick = partial(bar.advance, task)
            with places(engine) as made:
                found: dict[str, Any] = {}
                for past in pasts:
                    async with used(made.fresh(), migrated=True):
                        await prepare(past)
                        await _told_before(past)
                        found[str(past)] = await _relay(tick)
                async with used(made.fresh(), migrated=True):
                    await prepare(0)
                    await _told_before(0)
                    found["delays"] = await _delays(letters, tick)
                figures[engine] = found
    _show(figures, pasts)
    keep("notices", figures, quick=quick)


async def _told_before(past: int) -> None:
    """So many facts, told to three people each, and the cursor after them."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for start in range(0, past, _PAGE):
        numbers = range(start, min(past, start + _PAGE))
        told = [(number, person) for number in numbers for person in range(PEOPLE)]
        rows = [notice_row(*one, past_fact(one[0], yesterday)) for one in told]
        async with transaction() as db:
            insert_rows(db, JournalEntry, [past_fact(number, yesterday) for number in numbers])
            insert_rows(db, Notice, rows)
            insert_rows(db, NoticeEntry, [entry_row(*one, f"past{one}") for one in told])
    await write(_to_the_end)


def _to_the_end(db: DbSession) -> None:
    cursors.move(db, cursors.JOURNAL, last_seq(db))


async def _relay(tick: Callable[[], None]) -> dict[str, float]:
    """Batches of entries through the relay, and as many rows by a bare insert, in turn; the first warms up."""
    ours, peer = Samples(), Samples()
    for batch in range(_BATCHES):
        now = datetime.now(UTC)
        numbers = range(batch * derivation.BATCH, (batch + 1) * derivation.BATCH)
        async with transaction() as db:
            insert_rows(db, JournalEntry, [fact(number, now) for number in numbers])
        mine = await cost_of(derivation.relay, derivation.BATCH)
        told = [(-next(_keys), person) for _ in numbers for person in range(PEOPLE)]
        theirs = await cost_of(partial(write, partial(_bare, told=told)), derivation.BATCH)
        if batch:
            ours.costs.append(mine)
            peer.costs.append(theirs)
        tick()
    return {"cpu": ours.cpu, "wall": ours.wall, "peer_cpu": peer.cpu, "peer_wall": peer.wall}


def _bare(db: DbSession, told: list[tuple[int, int]]) -> None:
    """As many rows as the relay writes: a notice, and an entry for it and for its letter, for each person."""
    now = datetime.now(UTC)
    insert_rows(db, Notice, [notice_row(*one, fact(one[0], now)) for one in told])
    rows = [entry_row(number, person, "x", way) for number, person in told for way in ("portal", "email")]
    insert_rows(db, NoticeEntry, rows)


async def _delays(count: int, tick: Callable[[], None]) -> dict[str, Any]:
    """Facts one after the other, with the tasks of a worker: until a listener of screens, and the mail server, know."""
    screen: list[float] = []
    letter: list[float] = []
    bare: list[float] = []
    with MailServer() as server:
        tasks = [asyncio.create_task(relay_notices()), asyncio.create_task(send_mail())]
        await asyncio.sleep(0.5)
        for number in range(count):
            revision, arrived = await read(cursors.last_revision), server.arrived
            start = time.perf_counter()
            await write(partial(_happen, number=number))
            await _heard(revision)
            screen.append(time.perf_counter() - start)
            while server.arrived < arrived + PEOPLE:  # noqa: ASYNC110 - counted in another thread
                await asyncio.sleep(0.001)
            letter.append(time.perf_counter() - start)
            message = message_from_bytes(server.last)
            start = time.perf_counter()
            await aiosmtplib.send(message, hostname="127.0.0.1", port=server.port)
            bare.append(time.perf_counter() - start)
            tick()
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
    return {"screen": _spread(screen), "letter": _spread(letter), "bare": _spread(bare)}


def _happen(db: DbSession, number: int) -> None:
    insert_rows(db, JournalEntry, [fact(number, datetime.now(UTC))])


async def _heard(revision: int) -> None:
    """Until what a hub of screens asks at each word of the bus has an answer."""
    async with bus.listening() as word:
        while not (await read(partial(changed_since, revision=revision)))[1]:
            with suppress(TimeoutError):
                await asyncio.wait_for(word.wait(), 0.25)
            word.clear()


def _spread(seconds: list[float]) -> dict[str, float]:
    return {"median": median(seconds), "p95": quantiles(seconds, n=20)[-1]}


def _show(figures: dict[str, Any], pasts: tuple[int, ...]) -> None:
    rows = []
    for engine, found in figures.items():
        for past in pasts:
            one = found[str(past)]
            rows.append(
                (
                    f"{engine}, {past} facts before",
                    ms(one["cpu"]),
                    f"{1 / one['wall']:.0f}",
                    ms(one["peer_cpu"]),
                    verdict(one["cpu"] / one["peer_cpu"], PEER),
                )
            )
        first, last = found[str(pasts[0])], found[str(pasts[-1])]
        rows.append((f"{engine}, last / first", verdict(last["cpu"] / first["cpu"], FLAT), "", "", ""))
    title = f"An entry told to {PEOPLE} people, {derivation.BATCH} in a transaction"
    show(title, ("", "CPU an entry", "entries a second", "bare insert, CPU", "ours / bare"), rows)
    delays = [
        (f"{engine}, {name}", ms(one["median"]), ms(one["p95"]))
        for engine, found in figures.items()
        for name, one in found["delays"].items()
    ]
    names = "screen: until a hub knows; letter: until the last of three is handed over; bare: aiosmtplib, one letter"
    show(names, ("", "median", "p95"), delays)
