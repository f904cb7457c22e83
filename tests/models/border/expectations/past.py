"""A past for tests: consignments, and how long their steps took."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from models.border.consignments.tables import Consignment
from models.border.expectations.tables import StepDuration
from models.border.passage.vocabulary import StepKind
from models.kernel import clock
from models.kernel.database import read, write
from models.kernel.rows import find_rows, insert_rows
from tests.factories import NOW, keep, row

_DAY = timedelta(days=1)


def took(minutes: Sequence[float], **said: Any) -> list[dict[str, Any]]:
    """Documentary checks of plants at Le Havre, one an hour until yesterday, that took so many minutes."""
    usual = {
        "post_code": "FRLEH1",
        "ched_type": "CHEDPP",
        "step": StepKind.DOCUMENTARY,
        "started_at": None,
        "done": True,
    }
    ends = [NOW - _DAY - timedelta(hours=rank) for rank in range(len(minutes))]
    times = [
        {"began_at": end - timedelta(minutes=length), "ended_at": end}
        for end, length in zip(ends, minutes, strict=True)
    ]
    return [usual | time | said for time in times]


async def remember(*durations: dict[str, Any]) -> None:
    """Write these durations down, each of a consignment of its own."""
    count = len(await read(lambda db: find_rows(db, select(col(Consignment.id)))))
    await keep(*(row(10_000 + count + rank, None, closed_at=NOW) for rank in range(len(durations))))
    ids = [one for (one,) in await read(lambda db: find_rows(db, select(col(Consignment.id))))]
    rows = [{"consignment_id": mine, **one} for mine, one in zip(ids[count:], durations, strict=True)]
    await write(lambda db: insert_rows(db, StepDuration, rows))


async def learnt_durations() -> set[tuple[Any, ...]]:
    """All that is kept: whose, which step, from when to when."""
    names = ("consignment_id", "post_code", "step", "began_at", "started_at", "ended_at", "done")
    query = select(*(col(getattr(StepDuration, name)) for name in names))
    return {tuple(found) for found in await read(lambda db: find_rows(db, query))}


def at_now() -> Any:
    """The clock held at NOW."""
    return clock.fixed(NOW)
