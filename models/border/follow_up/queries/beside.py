"""What stands beside the consignments of a list: their steps, their keys, how much longer they should take."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, literal, null, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.border.consignments.summary import Summary
from models.border.consignments.tables import ConsignmentKey, Step
from models.border.expectations.estimates import curve_keys, told
from models.border.expectations.rules import Expectation
from models.border.expectations.survival import Curve, unpacked
from models.border.expectations.tables import DurationCurve
from models.border.passage.fold import StepNow
from models.border.passage.keys import KeyKind
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import find_rows

_STEP_COLUMNS = [col(getattr(Step, field.name)) for field in fields(StepNow)]
_NO_STEP = [null() for _ in _STEP_COLUMNS]
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_CURVES: BindParameter[Any] = bindparam("curves", expanding=True)
_CURVE = 0
"""In the place of the key of a row, in those that are curves."""
_SHOWN = (KeyKind.MRN, KeyKind.CONTAINER, KeyKind.TRANSPORT)
_BESIDE: CompoundSelect[Any] = union_all(
    sql_select(col(Step.id), col(Step.consignment_id), col(Step.kind), null(), *_STEP_COLUMNS).where(
        col(Step.consignment_id).in_(_IDS)
    ),
    sql_select(
        col(ConsignmentKey.id),
        col(ConsignmentKey.consignment_id),
        col(ConsignmentKey.kind),
        col(ConsignmentKey.value),
        *_NO_STEP,
    ).where(col(ConsignmentKey.consignment_id).in_(_IDS), col(ConsignmentKey.kind).in_(_SHOWN)),
    sql_select(
        literal(_CURVE),
        col(DurationCurve.cases),
        col(DurationCurve.key),
        col(DurationCurve.points),
        *_NO_STEP,
    ).where(col(DurationCurve.key).in_(_CURVES)),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """By consignment."""

    steps: Mapping[int, dict[str, StepNow]]
    keys: Mapping[int, list[tuple[str, str]]]
    expected: Mapping[int, Expectation]


def beside(db: DbSession, rows: Sequence[Summary]) -> Beside:
    """All of it, for these consignments; three tables in one query: the list is read at every click."""
    steps: defaultdict[int, dict[str, StepNow]] = defaultdict(dict)
    keys: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    curves: dict[str, Curve] = {}
    beside_rows = find_rows(db, _BESIDE, ids=[row.id for row in rows], curves=curve_keys(rows))
    for row, number, kind, value, *rest in sorted(beside_rows, key=itemgetter(0)):
        if row == _CURVE:
            curves[kind] = unpacked(value, number)
        elif value is None:
            steps[number][kind] = StepNow(*rest)
        else:
            keys[number].append((kind, value))
    return Beside(steps, keys, told(curves, [(row, steps[row.id]) for row in rows], clock.now()))


def steps_of(db: DbSession, ids: Sequence[int]) -> Mapping[int, Mapping[str, StepNow]]:
    """Where the steps of these consignments stand, by consignment."""
    steps: defaultdict[int, dict[str, StepNow]] = defaultdict(dict)
    rows = sql_select(col(Step.consignment_id), col(Step.kind), *_STEP_COLUMNS)
    for number, kind, *rest in db.execute(rows.where(col(Step.consignment_id).in_(ids))).all():
        steps[number][kind] = StepNow(*rest)
    return steps
