"""What is measured of the passage, for alerts: a fixed number of queries, flat in the closed past (SES-20)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment, Step
from models.border.passage.fold import RANK
from models.border.passage.rules import Action
from models.border.passage.vocabulary import StepKind, StepStatus
from models.journal.tables import JournalEntry
from models.kernel.authorities import Authority
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.subject import Subject
from models.posts.tables import Post
from models.signals.alerts.queries.waits import OFFICERS, STILL_OPEN, Waiting, who_waits
from models.signals.alerts.rules import WINDOW, Age, Count, Measured, Quantity, Threshold, shortest
from models.signals.alerts.tables import NOT_PRESENTED

_RECENTLY_RELEASED = timedelta(days=7)
"""How far back goods that left without decision are looked for; those that have an alert are kept in sight."""
_ENDED = [status for status, rank in RANK.items() if rank == 2 and status != StepStatus.CANCELLED]


def measure(
    db: DbSession, thresholds: Collection[Threshold], alerted: Collection[int], now: datetime
) -> Measured:
    """Every value that these thresholds may need; `alerted`: the consignments that have an open alert."""
    about = {threshold.quantity for threshold in thresholds if threshold.active}
    ages = _ages(db, thresholds, alerted, now)
    if Quantity.RELEASED_UNDECIDED in about:
        ages += _released_undecided(db, alerted, now)
    counts: list[Count] = []
    if Quantity.QUEUE_LENGTH in about:
        counts += _queues(db)
    if Quantity.APPOINTMENTS_MISSED in about:
        counts += _appointments_missed(db, now)
    if Quantity.REFUSALS in about:
        counts += _refusals(db, now)
    return Measured(ages, counts)


def _ages(
    db: DbSession, thresholds: Collection[Threshold], alerted: Collection[int], now: datetime
) -> list[Age]:
    """Of the consignments that are old enough for one of the thresholds: none waits longer than it is known."""
    old_enough = [
        or_(col(Consignment.opened_at) <= now - least, col(Consignment.id).in_(alerted)) & _at_stake(quantity)
        for quantity in (Quantity.STEP_AGE, Quantity.DECIDED_UNDECLARED, Quantity.LABORATORY_OVERDUE)
        if (least := shortest(thresholds, quantity)) is not None
    ]
    if not old_enough:
        return []
    waitings = who_waits(db, or_(*old_enough))
    return [age for waiting in waitings if (age := _age(waiting, now)) is not None]


def _at_stake(quantity: Quantity) -> ColumnElement[bool]:
    if quantity == Quantity.STEP_AGE:
        return col(Consignment.actor).in_(OFFICERS)
    if quantity == Quantity.DECIDED_UNDECLARED:
        return col(Consignment.action) == Action.FILE_DECLARATION
    return col(Consignment.actor) == Authority.LABORATORY


def _age(waiting: Waiting, now: datetime) -> Age | None:
    quantity, since = Quantity.STEP_AGE, waiting.since(now)
    if waiting.action == Action.FILE_DECLARATION:
        quantity = Quantity.DECIDED_UNDECLARED
    elif waiting.actor == Authority.LABORATORY:
        if waiting.expected_at is None or waiting.expected_at > now:
            return None
        quantity, since = Quantity.LABORATORY_OVERDUE, waiting.expected_at
    elif waiting.actor not in OFFICERS:
        return None
    return Age(
        quantity,
        Subject.of(CONSIGNMENT, waiting.id),
        waiting.post_code,
        waiting.ched_type,
        waiting.step,
        since,
    )


def _released_undecided(db: DbSession, alerted: Collection[int], now: datetime) -> list[Age]:
    other = aliased(Step)
    decided = select(col(other.id)).where(
        col(other.consignment_id) == col(Consignment.id),
        col(other.kind) == StepKind.DECISION,
        col(other.status).in_(_ENDED),
    )
    rows = find_rows(
        db,
        select(
            col(Consignment.id), col(Consignment.post_code), col(Consignment.ched_type), col(Step.ended_at)
        )
        .join(Step, col(Step.consignment_id) == col(Consignment.id))
        .where(
            or_(
                col(Consignment.closed_at) >= now - _RECENTLY_RELEASED,
                col(Consignment.id).in_(alerted),
            ),
            col(Step.kind) == StepKind.RELEASE,
            col(Step.status).in_((StepStatus.DONE, StepStatus.SATISFACTORY)),
            ~decided.exists(),
        ),
    )
    return [
        Age(
            Quantity.RELEASED_UNDECIDED,
            Subject.of(CONSIGNMENT, key),
            post,
            ched_type,
            "",
            min(now, at or now),
        )
        for key, post, ched_type, at in rows
    ]


def _queues(db: DbSession) -> list[Count]:
    """By post, goods and step: what the officers of the post have before them."""
    where = (col(Consignment.post_code), col(Consignment.ched_type), col(Consignment.step))
    query = (
        select(*where, func.count()).where(*STILL_OPEN, col(Consignment.actor).in_(OFFICERS)).group_by(*where)
    )
    return _counts(Quantity.QUEUE_LENGTH, find_rows(db, query))


def _appointments_missed(db: DbSession, now: datetime) -> list[Count]:
    """From the journal alone, so that whoever keeps appointments only has to write that fact down."""
    query = (
        select(col(JournalEntry.post_code), func.count())
        .join(Post, col(Post.code) == col(JournalEntry.post_code))
        .where(
            col(JournalEntry.kind) == literal(NOT_PRESENTED, literal_execute=True),  # for the partial index
            col(JournalEntry.at) > now - WINDOW,
            col(JournalEntry.at) <= now,
        )
        .group_by(col(JournalEntry.post_code))
    )
    rows = find_rows(db, query)
    return _counts(Quantity.APPOINTMENTS_MISSED, [(post, "", "", number) for post, number in rows])


def _refusals(db: DbSession, now: datetime) -> list[Count]:
    """What is refused stays open until the measure is carried out: the open ones, and those closed since."""
    where = (col(Consignment.post_code), col(Consignment.ched_type))
    refused = (
        col(Step.kind) == StepKind.DECISION,
        col(Step.status) == StepStatus.UNSATISFACTORY,
        col(Step.ended_at) > now - WINDOW,
        col(Step.ended_at) <= now,
    )
    all_of_them = select(*where).join(Step, col(Step.consignment_id) == col(Consignment.id)).where(*refused)
    still_there = all_of_them.where(*STILL_OPEN, col(Consignment.action) == Action.CARRY_OUT_MEASURE)
    subquery = union_all(still_there, all_of_them.where(col(Consignment.closed_at) > now - WINDOW)).subquery()
    post, ched_type = subquery.c
    rows = find_rows(db, select(post, ched_type, func.count()).group_by(post, ched_type))
    return _counts(Quantity.REFUSALS, [(post_, kind, "", number) for post_, kind, number in rows])


def _counts(quantity: Quantity, rows: Sequence[Any]) -> list[Count]:
    return [Count(quantity, post, kind, step, int(number)) for post, kind, step, number in rows]
