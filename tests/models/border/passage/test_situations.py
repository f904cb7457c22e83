"""SES-01, SES-02: SITUATIONS always answers, and none of its lines is dead."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models.border.passage.fold import StepNow
from models.border.passage.rules import SITUATIONS, URGENCY, Action, Passage, expected_end, situation
from models.border.passage.vocabulary import ConsignmentState, ReleaseReason
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.kernel.authorities import Authority
from tests.factories import NOW, after

Steps = dict[str, StepNow]
_ARRIVED: Steps = {K.NOTIFICATION: StepNow(S.DONE), K.ARRIVAL: StepNow(S.DONE)}
_CHECKED = _ARRIVED | {K.DOCUMENTARY: StepNow(S.SATISFACTORY)}
_DECIDED = _CHECKED | {K.DECISION: StepNow(S.SATISFACTORY)}
_DECLARED = _DECIDED | {K.DECLARATION: StepNow(S.DONE)}


def _held(reason: ReleaseReason) -> Steps:
    return _DECLARED | {K.RELEASE: StepNow(S.STARTED, reason=reason)}


PASSAGES: dict[Action | str, Passage] = {
    "deleted": Passage("55", _DECLARED),
    "re-exported": Passage("41", {K.DECISION: StepNow(S.UNSATISFACTORY), K.DEPARTURE: StepNow(S.DONE)}),
    "gone": Passage("70", _DECLARED | {K.RELEASE: StepNow(S.DONE), K.DEPARTURE: StepNow(S.DONE)}),
    Action.CARRY_OUT_MEASURE: Passage("41", _CHECKED | {K.DECISION: StepNow(S.UNSATISFACTORY)}),
    Action.COLLECT: Passage("70", _DECLARED | {K.RELEASE: StepNow(S.DONE)}),
    Action.CORRECT_DECLARATION: Passage("70", _DECIDED | {K.DECLARATION: StepNow(S.UNSATISFACTORY)}),
    Action.PROVIDE_DOCUMENTS: Passage("70", _held(ReleaseReason.DOCUMENTS)),
    Action.COMPLETE_NOTIFICATION: Passage("47", {K.NOTIFICATION: StepNow(S.STARTED)}),
    Action.DECIDE_AFTER_FAILURE: Passage("42", _CHECKED | {K.PHYSICAL: StepNow(S.UNSATISFACTORY)}),
    Action.ANNOUNCE_ARRIVAL: Passage("1", {K.ARRIVAL: StepNow(S.PLANNED)}),
    Action.CHECK_PHYSICALLY: Passage("42", _CHECKED | {K.PHYSICAL: StepNow(S.STARTED)}),
    Action.CHECK_IDENTITY: Passage("42", _CHECKED | {K.IDENTITY: StepNow(S.STARTED)}),
    Action.CHECK_DOCUMENTS: Passage("1", _ARRIVED),
    Action.PRESENT_FOR_IDENTITY: Passage("42", _CHECKED | {K.IDENTITY: StepNow(S.PLANNED)}),
    Action.PRESENT_FOR_PHYSICAL: Passage("42", _CHECKED | {K.PHYSICAL: StepNow(S.PLANNED)}),
    Action.RETURN_RESULT: Passage("42", _CHECKED | {K.LABORATORY: StepNow(S.STARTED)}),
    Action.DECIDE: Passage("42", _CHECKED),
    Action.ACCEPT_DECLARATION: Passage("70", _DECIDED | {K.DECLARATION: StepNow(S.STARTED)}),
    Action.FILE_DECLARATION: Passage("70", _DECIDED),
    Action.PAY_DUTIES: Passage("70", _held(ReleaseReason.PAYMENT)),
    Action.FUND_ACCOUNT: Passage("70", _held(ReleaseReason.BALANCE)),
    Action.CONTROL_GOODS: Passage("70", _held(ReleaseReason.CONTROL)),
    Action.GRANT_RELEASE: Passage("70", _DECLARED),
}


def _line(passage: Passage) -> int:
    return next(index for index, (holds, _) in enumerate(SITUATIONS) if holds(passage))


def test_ses_02_no_line_is_dead() -> None:
    """SES-02: one passage reaches each line, in order. A new line needs its passage here; a line that another
    hides cannot have one.
    """
    assert [_line(passage) for passage in PASSAGES.values()] == list(range(len(SITUATIONS)))


def test_ses_02_each_passage_asks_for_its_action() -> None:
    """SES-02"""
    told = {name: situation(passage).action for name, passage in PASSAGES.items()}
    ended = {"deleted", "re-exported", "gone"}
    assert told == {name: Action.NOTHING if name in ended else name for name in PASSAGES}
    assert set(told.values()) == set(Action)


def test_ses_01_every_state_is_somewhere_and_has_its_urgency() -> None:
    """SES-01: the most urgent first."""
    assert {found.state for _, found in SITUATIONS} == set(ConsignmentState) == set(URGENCY)
    assert sorted(URGENCY.values()) == list(range(len(URGENCY)))
    assert URGENCY[ConsignmentState.BLOCKED] == 0


steps_now = st.builds(
    StepNow,
    status=st.sampled_from(S),
    planned_at=st.sampled_from([None, after(1)]),
    started_at=st.sampled_from([None, after(2)]),
    ended_at=st.sampled_from([None, after(3)]),
    reason=st.sampled_from(["", *ReleaseReason]),
)
passages = st.builds(
    Passage,
    st.sampled_from(["47", "1", "42", "70", "41", "44", "55", "64", "99", "?"]),
    st.dictionaries(st.sampled_from(K), steps_now),
)


@settings(deadline=None)
@given(passages)
def test_ses_02_there_is_always_one_answer(passage: Passage) -> None:
    """SES-02: and whoever must act is named, unless there is nothing left to do."""
    now = situation(passage)
    assert now == SITUATIONS[_line(passage)][1]
    assert (now.actor is None) == (now.state == ConsignmentState.CANCELLED or now.action in _FREE)
    expected_end(passage, now)


_FREE = {Action.NOTHING, Action.COLLECT}


def test_ses_01_the_usual_passage_only_goes_forward() -> None:
    """SES-01"""
    way = [
        Action.ANNOUNCE_ARRIVAL,
        Action.CHECK_DOCUMENTS,
        Action.DECIDE,
        Action.FILE_DECLARATION,
        Action.GRANT_RELEASE,
        Action.COLLECT,
    ]
    order = list(K)
    stands = [order.index(situation(PASSAGES[action]).step) for action in way]
    assert all(before <= later for before, later in pairwise(stands))


def test_ses_02_the_expected_end_follows_the_plan_else_the_usual_time() -> None:
    """SES-02"""
    planned = Passage("42", _CHECKED | {K.IDENTITY: StepNow(S.PLANNED, planned_at=NOW)})
    assert expected_end(planned, situation(planned)) == after(1)
    started = Passage("42", _CHECKED | {K.IDENTITY: StepNow(S.STARTED, started_at=after(1))})
    assert expected_end(started, situation(started)) == after(2)
    arrived = Passage("1", {K.ARRIVAL: StepNow(S.DONE, ended_at=NOW)})
    assert expected_end(arrived, situation(arrived)) == after(1.5)
    owed = PASSAGES[Action.FILE_DECLARATION]
    assert situation(owed).actor is Authority.OPERATOR
    assert expected_end(owed, situation(owed)) is None
    assert expected_end(PASSAGES[Action.DECIDE], situation(PASSAGES[Action.DECIDE])) is None
