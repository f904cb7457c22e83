"""Accepted bookings, each through booking.book, beside a bare INSERT under the same unique index, in the same minute.

The peer knows nothing: it writes one row (a bay, a quarter of an hour) that a unique index guards, in a transaction
of its own, through the same driver. Ours reads the consignment and what the post offers, judges, takes three quarters
of a bay and of an inspector, keeps the appointment and journals it. Databases with more and more of a past take turns.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg

from bench.appointments_data import Ground, lay
from bench.databases import ENGINES, places, used
from bench.measures import Cost, Samples, cost_of, keep, ms, progress, show, verdict
from bench.raw import Raw
from models.kernel import clock
from models.scheduling.appointments import booking
from models.scheduling.appointments.policy import program
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control

AIM, FLAT = 0.5, 1.25
_CHUNK, _ROUND = 25, 125
_TABLE = (
    "CREATE TABLE bare (bay_id bigint NOT NULL, starts_at timestamp NOT NULL, UNIQUE (bay_id, starts_at))"
)


async def run(*, quick: bool) -> None:
    """Measure on both engines, print, and keep the figures."""
    pasts = (0, 1000) if quick else (0, 10_000, 100_000)
    count = 125 if quick else 500
    figures: dict[str, Any] = {}
    with progress() as bar:
        for engine in ENGINES:
            task = bar.add_task(f"Bookings, {engine}", total=len(pasts) * count)
            figures[engine] = await _measure(engine, pasts, count, partial(bar.advance, task))
    _show(figures, pasts)
    keep("appointments", figures, quick=quick)


async def _measure(
    engine: str, pasts: Sequence[int], count: int, tick: Callable[[int], None]
) -> dict[str, Any]:
    with places(engine) as made:
        grounds = {past: (made.fresh(), lay(count)) for past in pasts}
        for past, (url, ground) in grounds.items():
            async with used(url, migrated=True):
                await ground.prepare(past)
        samples = {name: Samples() for name in (*map(str, pasts), "bare")}
        with Raw(made.fresh()) as connection:
            connection.execute(_TABLE)
            _commit(connection)
            for start in range(0, count, _ROUND):
                for past, (url, ground) in grounds.items():
                    async with used(url):
                        await _round(connection, ground, start, samples[str(past)], samples["bare"], past)
                    tick(_ROUND)
    return {name: {"cpu_ms": one.cpu * 1000, "wall_ms": one.wall * 1000} for name, one in samples.items()}


async def _round(
    connection: Any, ground: Ground, first: int, ours: Samples, bare: Samples, past: int
) -> None:
    """Chunks in turn; the first is left out: connections and statements are made, and SQLite's log begins anew."""
    for start in range(first, first + _ROUND, _CHUNK):
        mine = await cost_of(partial(_book, ground, slice(start, start + _CHUNK)), _CHUNK)
        peer = await cost_of(partial(_insert, connection, start * 1_000_000 + past, _CHUNK), _CHUNK)
        if start > first:
            ours.costs.append(mine)
            bare.costs.append(peer)


async def _book(ground: Ground, part: slice) -> None:
    asker = program("bench", ground.siren)
    with clock.fixed(ground.now):
        for post, reference, starts_at in ground.bookings[part]:
            made = await booking.book(asker, post, [reference], Control.PHYSICAL, starts_at)
            assert isinstance(made, Appointment), made


async def _insert(connection: Any, first: int, count: int) -> None:
    mark = "?" if isinstance(connection, sqlite3.Connection) else "%s"
    statement = f"INSERT INTO bare VALUES ({mark}, {mark})"
    at = datetime(2030, 1, 1, tzinfo=UTC)
    for number in range(count):
        when: Any = at + timedelta(minutes=15 * number)
        _begin(connection)
        connection.execute(statement, (first, when.isoformat() if mark == "?" else when))
        _commit(connection)


def _begin(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE" if isinstance(connection, sqlite3.Connection) else "BEGIN")


def _commit(connection: Any) -> None:
    if isinstance(connection, psycopg.Connection) or connection.in_transaction:
        connection.execute("COMMIT")


def _show(figures: dict[str, Any], pasts: Sequence[int]) -> None:
    lines: list[tuple[str, ...]] = []
    for engine, one in figures.items():
        bare = one["bare"]
        for name in (*map(str, pasts), "bare"):
            cost = Cost(one[name]["cpu_ms"] / 1000, one[name]["wall_ms"] / 1000)
            label = "bare INSERT" if name == "bare" else f"after {int(name):,}"
            lines.append((f"{engine}, {label}", ms(cost.cpu), ms(cost.wall), f"{1 / cost.wall:.0f}"))
        ours = one[str(pasts[0])]
        one["ratio"] = bare["wall_ms"] / ours["wall_ms"]
        one["cpu_ratio"] = bare["cpu_ms"] / ours["cpu_ms"]
        one["growth"] = one[str(pasts[-1])]["wall_ms"] / ours["wall_ms"]
        lines.append(
            (f"{engine}, ours / bare, throughput", "", verdict(one["ratio"], AIM, at_least=True), "")
        )
        lines.append((f"{engine}, ours / bare, by CPU", f"{one['cpu_ratio']:.2f}", "", ""))
        lines.append((f"{engine}, last / first", "", verdict(one["growth"], FLAT), ""))
    show("Accepted bookings", ("", "CPU each", "elapsed each", "a second"), lines)
