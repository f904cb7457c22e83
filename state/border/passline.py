"""The long rail of the desktop: eight chevrons with a label and a time under each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.border.consignments.tables import Consignment
from models.border.expectations.rules import Expectation
from models.border.expectations.words import around
from models.border.follow_up.queries.listing import Detail
from models.border.passage.fold import StepNow
from models.border.passage.steps import CHECKS
from models.border.passage.vocabulary import ConsignmentState, StepStatus
from models.border.passage.words import RAIL, failure_word, state_words
from models.kernel import french
from state.border.rows import foreseen

_OVER = (ConsignmentState.RELEASED, ConsignmentState.CANCELLED)


@dataclass
class Segment:
    """One chevron."""

    code: str = ""
    label: str = ""
    time: str = ""
    current: bool = False
    failed: str = ""
    """For a step that went badly, how."""


def passline(detail: Detail, rail: list[str], now: datetime) -> list[Segment]:
    """The chevrons of `rail` (codes of state/border/rows.py), with when each step happened or should."""
    steps, consignment = detail.listed.steps, detail.consignment
    segments = []
    for code, (label, kinds) in zip(rail, RAIL, strict=True):
        current = consignment.step in kinds
        if code == "s":
            time = "sans objet" if set(kinds) & set(CHECKS) else "non communiqué"
        else:
            expectation = foreseen(detail.listed, now) if current else None
            time = _under(
                [steps[kind] for kind in kinds if kind in steps], consignment, expectation, current, now
            )
        failed = (
            next((failure_word(kind) for kind in kinds if _failed(steps, kind)), "") if code in "xb" else ""
        )
        time = f"{failed}, {time}" if code == "x" and time else time
        segments.append(Segment(code, label, time, current, failed))
    return segments


def _failed(steps: Mapping[str, StepNow], kind: str) -> bool:
    return kind in steps and steps[kind].status == StepStatus.UNSATISFACTORY


def _under(
    steps: list[StepNow],
    consignment: Consignment,
    expectation: Expectation | None,
    current: bool,
    now: datetime,
) -> str:
    ended = [step.ended_at for step in steps if step.ended_at]
    if ended and (not current or consignment.state in _OVER):
        return french.moment(max(ended), now)
    planned = [step.planned_at for step in steps if step.planned_at]
    if planned:
        return f"prévu {french.moment(max(planned), now)}"
    if expectation and around(expectation, now):
        return around(expectation, now)
    return state_words(consignment.state, consignment.action).lower() if current else ""
