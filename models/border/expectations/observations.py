"""How long each step took, kept up to date from what changed: behind the journal, off the way of the messages.

Written in the transaction that settles a step, it made a message a quarter dearer to take in (docs/expectations.md).
A few minutes late, it tells the same: an estimate looks at months.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple

from sqlalchemy import delete, tuple_
from sqlmodel import col

from models.border.consignments.subject import CONSIGNMENT
from models.border.expectations.queries import durations
from models.border.expectations.queries.durations import COLUMNS, Row
from models.border.expectations.spans import spans
from models.border.expectations.tables import LearningCursor, StepDuration
from models.border.passage.fold import StepNow
from models.kernel.database import DbSession
from models.kernel.rows import insert_rows


def catch_up(db: DbSession) -> bool:
    """Take the next entries of the journal into account, in the caller's transaction; whether there may be more.

    Whoever learns next goes on from there: entries taken twice change nothing.
    """
    cursor = db.get(LearningCursor, 1) or LearningCursor(id=1, seq=0)
    news = durations.news_after(db, cursor.seq)
    if news:
        relearn(db, {int(key) for _, kind, key in news if kind == CONSIGNMENT})
        cursor.seq = news[-1][0]
        db.add(cursor)
    return len(news) == durations.BATCH


def relearn(db: DbSession, ids: Iterable[int]) -> None:
    """Bring the durations of these consignments to where their steps now stand; only what differs is written."""
    wanted_ids = sorted(ids)
    if not wanted_ids:
        return
    known = {row[:2]: row for row in durations.durations_kept(db, wanted_ids)}
    wanted = {row[:2]: row for row in _durations(db, wanted_ids)}
    stale = [key for key, row in known.items() if wanted.get(key) != row]
    fresh = [row for key, row in wanted.items() if known.get(key) != row]
    if stale:
        which = tuple_(col(StepDuration.consignment_id), col(StepDuration.step))
        db.exec(delete(StepDuration).where(which.in_(stale)))
    insert_rows(db, StepDuration, [dict(zip(COLUMNS, row, strict=True)) for row in fresh])


def _durations(db: DbSession, ids: Sequence[int]) -> list[Row]:
    steps = durations.steps_by_consignment(db, ids)
    return [
        row
        for number, post, goods, step, closed_at in durations.whereabouts(db, ids)
        for row in _rows((number, post, goods), steps.get(number, {}), None if closed_at else step)
    ]


def _rows(whose: tuple[int, str, str], steps: Mapping[str, StepNow], current: str | None) -> Iterable[Row]:
    number, post, goods = whose
    for step, span in spans(steps, current).items():
        yield number, step, post, goods, *astuple(span)
