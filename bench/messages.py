"""CHEDs taken in through the partners' door, beside bare lxml and a bulk insert of the very same rows.

The peer knows nothing: it parses the bytes with lxml and writes rows that were worked out beforehand, table by
table with executemany, in a transaction of its own for each message, as ours. It is also shown with a single
transaction for all, which no door that acknowledges each message can do.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from lxml import etree
from psycopg.types.json import Json
from sqlalchemy import text
from sqlmodel import SQLModel

from bench.bodies import bodies
from bench.databases import ENGINES, places, used
from bench.measures import Cost, Samples, cost_of, keep, ms, progress, show, verdict
from bench.raw import Raw
from demo.commands.companies import ensure_companies
from models.border.consignments.subject import CONSIGNMENT
from models.border.messages.actions import receive
from models.kernel.database import DbSession, read
from models.posts.catalogue import ensure_posts
from tests.support.databases import transaction

AIM = 0.3
_CHUNK = 50

Rows = list[tuple[str, list[tuple[Any, ...]]]]
"""For one message: statements, and the rows of each."""


async def run(*, quick: bool) -> None:
    """Measure on both engines, print, and keep the figures."""
    count = 200 if quick else 1000
    messages = list(bodies(count))
    figures = {}
    with progress() as bar:
        for engine in ENGINES:
            task = bar.add_task(f"Messages, {engine}", total=3 * count)
            figures[engine] = await _measure(engine, messages, partial(bar.advance, task))
    _show(figures, messages)
    keep("messages", figures, quick=quick)


async def _measure(engine: str, messages: Sequence[bytes], tick: Callable[[int], None]) -> dict[str, Any]:
    with places(engine) as made:
        ours = made.fresh()
        rehearsal = made.fresh()
        await _prepare(rehearsal)
        rows = await _rows_of(rehearsal, messages, tick)
        peers = {"peer": made.fresh(), "peer, one transaction": made.fresh()}
        for url in (ours, *peers.values()):
            await _prepare(url)
        samples = {name: Samples() for name in ("ours", *peers)}
        async with used(ours):
            with Raw(peers["peer"]) as each, Raw(peers["peer, one transaction"]) as once:
                for start in range(0, len(messages), _CHUNK):
                    chunk = slice(start, start + _CHUNK)
                    bulk = list(zip(messages[chunk], rows[chunk], strict=True))
                    turns: dict[str, Callable[[], Awaitable[None]]] = {
                        "ours": partial(_receive, messages[chunk]),
                        "peer": partial(_write, each, bulk, together=False),
                        "peer, one transaction": partial(_write, once, bulk, together=True),
                    }
                    for name, turn in turns.items():
                        samples[name].costs.append(await cost_of(turn, len(bulk)))
                    tick(2 * len(bulk))
    return {name: {"cpu_ms": one.cpu * 1000, "wall_ms": one.wall * 1000} for name, one in samples.items()} | {
        "rows_per_message": sum(len(v) for one in rows for _, v in one) / len(rows)
    }


async def _prepare(url: str) -> None:
    async with used(url, migrated=True), transaction() as db:
        ensure_companies(db)
        ensure_posts(db)


async def _receive(messages: Sequence[bytes]) -> None:
    for body in messages:
        receipt = await receive(body, "partner:bench")
        assert receipt.status == "applied", receipt


async def _rows_of(url: str, messages: Sequence[bytes], tick: Callable[[int], None]) -> list[Rows]:
    """The rows that each message leaves behind, in the order in which keys allow to write them."""
    written: list[dict[str, list[tuple[Any, ...]]]] = [{} for _ in messages]
    async with used(url):
        before = await _everything()
        ids = {}
        for index, body in enumerate(messages):
            receipt = await receive(body, "partner:bench")
            ids[receipt.message_id] = ids[receipt.consignments[0]] = index
            tick(1)
        after = await _everything()
    numbers = {row["id"]: ids[row["reference"]] for row in after["consignment"]}
    for table, rows in after.items():
        known = {tuple(row.items()) for row in map(_flat, before[table])}
        for row in rows:
            if tuple(_flat(row).items()) not in known:
                index = _index(row, ids, numbers)
                written[index].setdefault(table, []).append(tuple(map(_bound, row.values())))
    columns = {table: rows[0].keys() for table, rows in after.items() if rows}
    mark = "?" if url.startswith("sqlite") else "%s"
    statements = {
        table: f"INSERT INTO {_quoted(table)} ({', '.join(map(_quoted, names))}) VALUES ({', '.join(mark for _ in names)})"
        for table, names in columns.items()
    }
    return [[(statements[t], one[t]) for t in after if t in one] for one in written]


def _index(row: Any, ids: dict[str, int], numbers: dict[int, int]) -> int:
    """Which message left this row behind."""
    for name in ("reference", "message_id", "id"):
        if row.get(name) in ids:
            return ids[row[name]]
    about = row.get("consignment_id") or (row.get("subject_kind") == CONSIGNMENT and int(row["subject_id"]))
    if about in numbers:
        return numbers[about]
    payload = str(row["payload"])
    return next(index for named, index in ids.items() if named in payload)


def _bound(value: Any) -> Any:
    return Json(value) if isinstance(value, dict) else value  # what PostgreSQL's JSON columns give


def _flat(row: Any) -> dict[str, Any]:
    return {name: str(value) for name, value in row.items()}


def _quoted(name: str) -> str:
    return f'"{name}"'


async def _everything() -> dict[str, list[Any]]:
    """Every row of every table, as the driver gives it."""

    def query(db: DbSession) -> dict[str, list[Any]]:
        return {
            table.name: [
                row._mapping for row in db.execute(text(f"SELECT * FROM {_quoted(table.name)}")).all()
            ]
            for table in SQLModel.metadata.sorted_tables
            if table.name != "consignment_tally"  # triggers write it, for the peer too
        }

    return await read(query)


async def _write(connection: Any, bulk: Sequence[tuple[bytes, Rows]], *, together: bool) -> None:
    begin = "BEGIN IMMEDIATE" if isinstance(connection, sqlite3.Connection) else "BEGIN"
    cursor = connection.cursor()
    if together:
        cursor.execute(begin)
    for body, rows in bulk:
        etree.fromstring(body)
        if not together:
            cursor.execute(begin)
        for statement, values in rows:
            cursor.executemany(statement, values)
        if not together:
            cursor.execute("COMMIT")
    if together:
        cursor.execute("COMMIT")


def _show(figures: dict[str, Any], messages: Sequence[bytes]) -> None:
    size = sum(map(len, messages)) / len(messages) / 1000
    lines = []
    for engine, one in figures.items():
        ours, peer = one["ours"], one["peer"]
        one["throughput_ratio"] = peer["wall_ms"] / ours["wall_ms"]
        one["cpu_ratio"] = peer["cpu_ms"] / ours["cpu_ms"]
        for name in ("ours", "peer", "peer, one transaction"):
            cost = Cost(one[name]["cpu_ms"] / 1000, one[name]["wall_ms"] / 1000)
            lines.append((f"{engine}, {name}", ms(cost.cpu), ms(cost.wall), f"{1 / cost.wall:.0f}"))
        lines.append(
            (
                f"{engine}, ours / peer, throughput",
                "",
                verdict(one["throughput_ratio"], AIM, at_least=True),
                "",
            )
        )
        lines.append(
            (f"{engine}, ours / peer, by CPU", verdict(one["cpu_ratio"], AIM, at_least=True), "", "")
        )
    title = f"{len(messages)} CHEDs of {size:.1f} kB, read and committed"
    show(title, ("", "CPU a message", "elapsed a message", "a second"), lines)
