"""Figures that replace one another: the newest version holds, in whatever order and how often they come (PPR-26).

A figure is known by its co-owner and the reference that the co-owner gave it. An older or equal version changes
nothing. All that is sent at once costs one look at what is known, one insertion and one update.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import update

from models.journal.record import record
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession
from models.kernel.rows import insert_rows
from models.money.payments.queries.records import versions_known
from models.money.payments.sent import Figure
from models.money.payments.tables import FigureFeed

Versioned = type[Any]
"""A table of figures: it has the columns `co_owner`, `reference`, `id`, `siren` and `version`."""
Row = Mapping[str, Any]
Heard = Collection[CoOwner]
"""The co-owners that speak, those that have nothing new to tell included."""
_AT_ONCE = 5000
"""References in one query: SQLite takes 32,766 values, PostgreSQL 65,535."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of a batch."""

    applied: int = 0
    ignored: int = 0
    """Known in that version already, or in a newer one."""
    references: Mapping[CoOwner, set[str]] = field(default_factory=dict, compare=False)
    """Of what was applied."""


def rows_of(lines: Sequence[Figure], *without: str) -> list[dict[str, Any]]:
    """The lines as rows of their table, received now, but for these members."""
    received = {"received_at": clock.now()}
    return [line.model_dump(exclude=set(without)) | received for line in lines]


def keep_newer(
    db: DbSession, what: str, table: Versioned, rows: Sequence[Row], heard: Heard, actor: str
) -> Counted:
    """Write those rows that are newer than what is known, in the caller's transaction; how many were.

    One entry `figures.received` for each company that any of them is, or was, about: `what` names the feed. That
    `heard` spoke is noted without an entry: it changes nothing of what a company owes.
    """
    applied: dict[CoOwner, set[str]] = {}
    for co_owner, lines in _by_co_owner(rows):
        newest = _newest(lines)
        known = _known(db, table, co_owner, newest)
        newer = [row for name, row in newest.items() if name not in known or known[name][1] < row["version"]]
        insert_rows(db, table, [row for row in newer if row["reference"] not in known])
        changed = [{**row, "id": known[row["reference"]][0]} for row in newer if row["reference"] in known]
        if changed:
            db.execute(update(table), changed)
        sirens = {row["siren"] for row in newer} | {known[row["reference"]][2] for row in changed}
        for siren in sorted(sirens):
            record(db, "figures.received", actor=actor, siren=siren, co_owner=co_owner, what=what)
        applied[co_owner] = {row["reference"] for row in newer}
    for co_owner in sorted(heard):
        db.merge(FigureFeed(co_owner=co_owner, kind=what, received_at=clock.now()))
    count = sum(map(len, applied.values()))
    return Counted(count, len(rows) - count, applied)


def portions(references: Collection[str]) -> Iterator[list[str]]:
    """The references, as many at a time as one query takes."""
    every = sorted(references)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _by_co_owner(rows: Sequence[Row]) -> Iterator[tuple[CoOwner, list[Row]]]:
    for co_owner, lines in groupby(sorted(rows, key=_co_owner), key=_co_owner):
        yield co_owner, list(lines)


def _co_owner(row: Row) -> CoOwner:
    return CoOwner(row["co_owner"])


def _newest(rows: Sequence[Row]) -> dict[str, Row]:
    """By reference; of two that bear the same version, the first."""
    newest: dict[str, Row] = {}
    for row in rows:
        known = newest.get(row["reference"])
        if known is None or known["version"] < row["version"]:
            newest[row["reference"]] = row
    return newest


def _known(
    db: DbSession, table: Versioned, co_owner: CoOwner, references: Collection[str]
) -> dict[str, tuple[int | None, int, str]]:
    """Number, version and company of what is known, by reference."""
    latest: dict[str, tuple[int | None, int, str]] = {}
    for some in portions(references):
        for reference, number, version, siren in versions_known(db, table, co_owner, some):
            latest[reference] = number, version, siren
    return latest
