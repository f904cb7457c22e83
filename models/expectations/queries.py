"""What to expect of the consignments of a page, in one query however many they are (SES-03)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.consignments.folding import StepNow
from models.consignments.summary import Summary
from models.consignments.vocabulary import ConsignmentState, StepStatus
from models.expectations.rules import Case, Expectation, expect, usual
from models.expectations.spans import spans
from models.expectations.survival import Curve, unpacked
from models.expectations.tables import DurationCurve
from models.rows import find_rows

_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_CURVES = sql_select(col(DurationCurve.key), col(DurationCurve.points), col(DurationCurve.cases)).where(
    col(DurationCurve.key).in_(_KEYS)
)
_OVER = (ConsignmentState.RELEASED, ConsignmentState.CANCELLED)

Standing = tuple[Summary, Mapping[str, StepNow]]
"""A consignment and where its steps stand."""


async def expected(db: AsyncSession, standing: Iterable[Standing], now: datetime) -> dict[int, Expectation]:
    """What to expect of the current step of each of these, by consignment; those of which nothing is known are not there.

    One query; none when nothing is open.
    """
    asked = {it.id: (it, *_asked(it, steps, now)) for it, steps in standing if it.state not in _OVER}
    keys = {key for _, case, _, _ in asked.values() if case for _, key in case.circles()}
    curves = await _curves(db, keys) if keys else {}
    found = {}
    for key, (it, case, elapsed, wait) in asked.items():
        told = expect(curves, case, elapsed) if case else None
        told = _later(told, wait) if told else usual(it.expected_at, it.step, now)
        if told:
            found[key] = told
    return found


async def _curves(db: AsyncSession, keys: Iterable[str]) -> dict[str, Curve]:
    rows = await find_rows(db, _CURVES, keys=sorted(keys))
    return {key: unpacked(points, cases) for key, points, cases in rows}


def _asked(
    it: Summary, steps: Mapping[str, StepNow], now: datetime
) -> tuple[Case | None, timedelta, timedelta]:
    """With which cases it is compared, how long it has taken, and how long it waits before that counts.

    What is planned for later counts from its plan, as work that begins then. What was left undone by a step that
    ended is nobody's step any more.
    """
    step = steps.get(it.step, StepNow())
    none = timedelta()
    if step.status == StepStatus.PLANNED and step.planned_at and step.planned_at > now:
        return _case(it, started=True), none, step.planned_at - now
    span = spans(steps, it.step).get(it.step)
    if span is None or span.ended_at:
        return None, none, none
    return _case(it, started=span.started_at is not None), now - (span.started_at or span.began_at), none


def _case(it: Summary, *, started: bool) -> Case:
    return Case(it.post_code, it.ched_type, it.step, started)


def _later(told: Expectation, wait: timedelta) -> Expectation:
    if not wait:
        return told
    median, high = told.median_left, told.p90_left
    return replace(told, median_left=median and median + wait, p90_left=high and high + wait)
