"""The registry of steps, held against what reads it (SES-02)."""

from models.border.messages.formats.ched.decision import CLAUSES
from models.border.passage.recordable import OUTCOMES
from models.border.passage.rules import SITUATIONS
from models.border.passage.steps import CHECKS, ON_GOODS, STEP_ROWS
from models.border.passage.vocabulary import StepKind
from models.border.passage.words import RAIL
from state.signals.work_address import STEPS


def test_ses_02_every_step_has_one_row_in_the_order_of_the_passage() -> None:
    """SES-02: seen to fail with two rows exchanged, and without one."""
    assert [row.kind for row in STEP_ROWS] == list(StepKind)


def test_every_row_is_read() -> None:
    """SES-02: a step at which no consignment ever stands, or that nobody can tell of, is no step."""
    assert {found.step for _, found in SITUATIONS} == set(StepKind)
    assert set(OUTCOMES) == set(StepKind) - {StepKind.NOTIFICATION}  # which TRACES alone tells
    assert set(CLAUSES) == set(CHECKS)
    assert [kind for _, kinds in RAIL for kind in kinds] == list(StepKind)
    assert len(RAIL) == 8


def test_what_is_recorded_says_by_whom() -> None:
    """SES-05: and the checks on the goods are checks."""
    assert all((row.recorded_by is None) == (not row.outcomes) for row in STEP_ROWS)
    assert set(ON_GOODS) < set(CHECKS)


def test_what_the_list_is_narrowed_to_is_told_apart() -> None:
    words = [row.word for row in STEP_ROWS if row.word]
    assert sorted(set(words)) == sorted(words) == sorted(STEPS)
    assert all(row.awaited for row in STEP_ROWS if row.word)
