"""How long each step took, kept up to date from what changed: behind the journal, off the way of the messages.

Written in the transaction that settles a step, it made a message a quarter dearer to take in (docs/expectations.md).
A few minutes late, it tells the same: an estimate looks at months.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, tuple_
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment, Step
from models.border.expectations.spans import Span, spans
from models.border.expectations.tables import LearningCursor, StepDuration
from models.border.passage.fold import StepNow
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.rows import find_rows, insert_rows

BATCH = 300
"""Entries of the journal in one transaction: messages wait for it."""
_COLUMNS = ("consignment_id", "step", "post_code", "ched_type", *(field.name for field in fields(Span)))
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_NEWS = (
    sql_select(col(JournalEntry.seq), col(JournalEntry.subject_kind), col(JournalEntry.subject_id))
    .where(col(JournalEntry.seq) > bindparam("seq"))
    .order_by(col(JournalEntry.seq))
    .limit(BATCH)
)
_CONSIGNMENTS: Any = sql_select(
    *(col(getattr(Consignment, name)) for name in ("id", "post_code", "ched_type", "step", "closed_at"))
).where(col(Consignment.id).in_(_IDS))
_STEPS: Any = sql_select(
    col(Step.consignment_id), col(Step.kind), *(col(getattr(Step, field.name)) for field in fields(StepNow))
).where(col(Step.consignment_id).in_(_IDS))
_KNOWN: Any = sql_select(*(col(getattr(StepDuration, name)) for name in _COLUMNS)).where(
    col(StepDuration.consignment_id).in_(_IDS)
)

Row = tuple[Any, ...]
"""The columns _COLUMNS of one StepDuration."""


def catch_up(db: DbSession) -> bool:
    """Take the next entries of the journal into account, in the caller's transaction; whether there may be more.

    Whoever learns next goes on from there: entries taken twice change nothing.
    """
    cursor = db.get(LearningCursor, 1) or LearningCursor(id=1, seq=0)
    news = find_rows(db, _NEWS, seq=cursor.seq)
    if news:
        relearn(db, {int(key) for _, kind, key in news if kind == CONSIGNMENT})
        cursor.seq = news[-1][0]
        db.add(cursor)
    return len(news) == BATCH


def relearn(db: DbSession, ids: Iterable[int]) -> None:
    """Bring the durations of these consignments to where their steps now stand; only what differs is written."""
    wanted_ids = sorted(ids)
    if not wanted_ids:
        return
    known = {row[:2]: tuple(row) for row in find_rows(db, _KNOWN, ids=wanted_ids)}
    wanted = {row[:2]: row for row in _durations(db, wanted_ids)}
    stale = [key for key, row in known.items() if wanted.get(key) != row]
    fresh = [row for key, row in wanted.items() if known.get(key) != row]
    if stale:
        which = tuple_(col(StepDuration.consignment_id), col(StepDuration.step))
        db.exec(delete(StepDuration).where(which.in_(stale)))
    insert_rows(db, StepDuration, [dict(zip(_COLUMNS, row, strict=True)) for row in fresh])


def _durations(db: DbSession, ids: Sequence[int]) -> list[Row]:
    steps: defaultdict[int, dict[str, StepNow]] = defaultdict(dict)
    for mine, kind, *rest in find_rows(db, _STEPS, ids=ids):
        steps[mine][kind] = StepNow(*rest)
    return [
        row
        for mine, post, goods, step, closed_at in find_rows(db, _CONSIGNMENTS, ids=ids)
        for row in _rows((mine, post, goods), steps[mine], None if closed_at else step)
    ]


def _rows(whose: tuple[int, str, str], steps: Mapping[str, StepNow], current: str | None) -> Iterable[Row]:
    mine, post, goods = whose
    for step, span in spans(steps, current).items():
        yield mine, step, post, goods, *astuple(span)
