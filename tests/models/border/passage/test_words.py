"""SES-50: every code has its French words, and every step its author."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from models.border.consignments.policy import recordable
from models.border.passage import words
from models.border.passage.recordable import OUTCOMES, outcome
from models.border.passage.rules import Action
from models.border.passage.steps import USUAL_AUTHORITY
from models.border.passage.vocabulary import (
    CheckResult,
    ChedType,
    ConsignmentState,
    ReleaseReason,
    StepKind,
    StepStatus,
)
from models.identity.accounts.rules import Role
from models.kernel.authorities import Authority
from tests.factories import officer

TABLES: list[tuple[type[StrEnum], Mapping[Any, object]]] = [
    (ConsignmentState, words.STATES),
    (ConsignmentState, words.STATES_OF_MANY),
    (StepKind, words.STEPS),
    (Authority, words.AUTHORITIES),
    (ChedType, words.CHED_TYPES),
    (StepStatus, words.STATUSES),
    (CheckResult, words.RESULTS),
    (ReleaseReason, words.RELEASE_REASONS),
    (Action, words.ACTIONS),
    (StepKind, USUAL_AUTHORITY),
]


@pytest.mark.parametrize(("codes", "table"), TABLES, ids=lambda one: getattr(one, "__name__", ""))
def test_ses_50_every_code_has_words(codes: type[StrEnum], table: Mapping[str, object]) -> None:
    """SES-50: and there are no words for a code that is gone."""
    assert set(table) == set(codes)
    assert all(table.values())


def test_ses_50_every_action_is_told_whole() -> None:
    """SES-50: with French apostrophes."""
    for told in words.ACTIONS.values():
        for text in (told.short, told.title, told.sentence):
            assert text.strip()
            assert "'" not in text


def test_ses_02_the_rail_shows_every_step_once() -> None:
    """SES-02"""
    assert [kind for _, kinds in words.RAIL for kind in kinds] == list(StepKind)


def test_ses_05_what_can_be_recorded_has_outcomes_and_an_authority() -> None:
    """SES-05: every step that some service records, and no other; their codes are unique."""
    services = [recordable(officer(role)) for role in Role]
    assert set().union(*services) == set(OUTCOMES) == set(StepKind) - {StepKind.NOTIFICATION}
    for kind, choices in OUTCOMES.items():
        codes = [one.code for one in choices]
        assert choices
        assert len(codes) == len(set(codes))
        assert [outcome(kind, code) for code in codes] == list(choices)
        assert all(one.label for one in choices)
    assert outcome(StepKind.ARRIVAL, "satisfactory") is None
    assert outcome(StepKind.NOTIFICATION, "done") is None
