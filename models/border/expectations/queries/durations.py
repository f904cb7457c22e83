"""Reading what changed since it was last learnt from, and how long steps were seen to take (SES-03).

Statements are made once: they are sent for every batch of the journal.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.border.consignments.tables import Consignment, Step
from models.border.expectations.spans import Span
from models.border.expectations.tables import StepDuration
from models.border.passage.fold import StepNow
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.rows import find_rows

BATCH = 300
"""Entries of the journal in one transaction: messages wait for it."""
COLUMNS = ("consignment_id", "step", "post_code", "ched_type", *(field.name for field in fields(Span)))
"""Those of a StepDuration: the first two say which one it is."""
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
_KNOWN: Any = sql_select(*(col(getattr(StepDuration, name)) for name in COLUMNS)).where(
    col(StepDuration.consignment_id).in_(_IDS)
)

Row = tuple[Any, ...]
"""The columns COLUMNS of one StepDuration."""


def news_after(db: DbSession, seq: int) -> Sequence[Any]:
    """The entries of the journal that follow `seq`, BATCH at most: seq, subject_kind, subject_id."""
    return find_rows(db, _NEWS, seq=seq)


def durations_kept(db: DbSession, ids: Sequence[int]) -> list[Row]:
    """The durations of the steps of these consignments, as they were last kept."""
    return [tuple(row) for row in find_rows(db, _KNOWN, ids=ids)]


def steps_by_consignment(db: DbSession, ids: Sequence[int]) -> Mapping[int, Mapping[str, StepNow]]:
    """Where the steps of these consignments stand, by consignment; nothing stands there for one without steps."""
    steps: defaultdict[int, dict[str, StepNow]] = defaultdict(dict)
    for consignment_id, kind, *rest in find_rows(db, _STEPS, ids=ids):
        steps[consignment_id][kind] = StepNow(*rest)
    return steps


def whereabouts(db: DbSession, ids: Sequence[int]) -> Sequence[Any]:
    """What the durations of these consignments depend on: id, post_code, ched_type, step, closed_at."""
    return find_rows(db, _CONSIGNMENTS, ids=ids)
