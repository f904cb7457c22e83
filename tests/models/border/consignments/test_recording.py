"""SES-05: which officer records which step, and when it is too early."""

from datetime import date
from typing import Any

import pytest

from models.border.consignments.policy import may_record
from models.border.consignments.records import Record, record_step
from models.border.consignments.settlement import version_of
from models.border.consignments.tables import StepFact
from models.border.passage.fold import StepNow
from models.border.passage.outcomes import Outcome
from models.border.passage.recordable import OUTCOMES, obstacle, outcome
from models.border.passage.rules import Passage
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock
from tests.factories import (
    NOW,
    B,
    add_basics,
    after,
    ched,
    coarri,
    consignment,
    count,
    event,
    keep,
    officer,
    operator,
    reference,
    row,
    steps,
    tell,
)
from tests.support.databases import reading

_OF_SIVEP = {K.DOCUMENTARY, K.IDENTITY, K.PHYSICAL, K.LABORATORY, K.DECISION}
_OF_CUSTOMS = {K.ARRIVAL, K.DECLARATION, K.RELEASE, K.DEPARTURE}
_DUE = date(2026, 4, 10)
REFUSAL: dict[str, Any] = {"reason": "PROHIBITED_PRODUCT", "measure": "DESTRUCTION", "due_on": _DUE}
_THEIRS = {Role.SIVEP: _OF_SIVEP, Role.CUSTOMS: _OF_CUSTOMS}


@pytest.mark.parametrize("post", ["FRLEH1", "FRCDG4"])
@pytest.mark.parametrize("step", K)
@pytest.mark.parametrize("role", Role)
def test_ses_05_each_service_records_its_own_steps_at_its_own_post(role: Role, step: K, post: str) -> None:
    """SES-05: every role × step × post; the matrix is written here, not read from the policy."""
    refusal = may_record(officer(role), row(1, post_code=post), step)
    allowed = step in _THEIRS.get(role, set()) and post == "FRLEH1"
    assert (refusal is None) == allowed
    assert refusal is None or refusal.reason.endswith(".")


@pytest.fixture
async def notified(database: str) -> Viewer:  # noqa: ARG001
    """An inspector of Le Havre, where the consignment 1 was notified."""
    await add_basics()
    await keep(
        Account(
            id=2,
            email="a@b.fr",
            name="Ada",
            password_hash="",
            role=Role.SIVEP,
            created_at=NOW,
            password_changed_at=NOW,
        )
    )
    await tell(ched(), coarri(at=after(0.5)))
    return officer()


async def _record(viewer: Viewer, step: K, code: str, hours: float = 1, number: int = 1, **more: Any) -> str:
    """Record it as it is shown now; why that was refused."""
    async with reading() as db:
        seen = version_of(db, 1)
    with clock.fixed(after(hours)):
        refused = await record_step(viewer, reference(number), Record(step, code, **more), seen)
    return refused.reason if refused else ""


def _chosen(step: K, code: str) -> Outcome:
    found = outcome(step, code)
    assert found is not None
    return found


@pytest.mark.parametrize("status", S)
def test_ses_05_an_acceptance_needs_the_documentary_check(status: S) -> None:
    """SES-05: regulation (EU) 2017/625 art. 56: only when it went well."""
    passage = Passage("42", {K.DOCUMENTARY: StepNow(status)})
    early = obstacle(passage, _chosen(K.DECISION, "satisfactory"))
    bad = "pas conforme" if status == S.UNSATISFACTORY else "Il manque encore\u00a0: contrôle documentaire."
    assert early == "" if status in (S.SATISFACTORY, S.DONE) else bad in early


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("check", [K.IDENTITY, K.PHYSICAL, K.LABORATORY])
def test_ses_05_an_acceptance_waits_for_checks_under_way(check: K, status: S) -> None:
    """SES-05: and nothing is accepted after one that went badly."""
    passage = Passage("42", {K.DOCUMENTARY: StepNow(S.SATISFACTORY), check: StepNow(status)})
    early = obstacle(passage, _chosen(K.DECISION, "satisfactory"))
    assert bool(early) == (status in (S.PLANNED, S.STARTED, S.UNSATISFACTORY))


def test_ses_05_a_refusal_can_come_at_any_time() -> None:
    """SES-05"""
    assert obstacle(Passage("1"), _chosen(K.DECISION, "unsatisfactory")) == ""


@pytest.mark.parametrize("decision", S)
@pytest.mark.parametrize("declaration", S)
def test_ses_05_a_release_needs_decision_and_declaration(decision: S, declaration: S) -> None:
    """SES-05: regulation (EU) 2017/625 art. 57: no BAE on a refused CHED."""
    passage = Passage("70", {K.DECISION: StepNow(decision), K.DECLARATION: StepNow(declaration)})
    good = {S.SATISFACTORY, S.DONE}
    early = obstacle(passage, _chosen(K.RELEASE, "done"))
    assert (not early) == (decision in good and declaration in good)
    assert ("décision sur le DSCE" in early) == (decision not in good)


async def test_ses_05_a_record_moves_the_consignment(notified: Viewer) -> None:
    """SES-05, SES-02: signed by the administration; the officer is kept for the audit alone."""
    assert await _record(notified, K.DOCUMENTARY, "satisfactory") == ""
    now = (await steps())[K.DOCUMENTARY]
    assert (now.status, now.ended_at, now.authority) == (S.SATISFACTORY, after(1), "sivep")
    assert (now.result, now.planned_at) == ("SATISFACTORY", None)
    assert (await consignment()).action == "decide"
    async with reading() as db:
        fact = db.get_one(StepFact, (await count(StepFact))[0])
        entry = db.get_one(JournalEntry, (await count(JournalEntry))[0])
    assert (fact.account_id, fact.message_id) == (2, None)
    assert (entry.kind, entry.actor) == ("consignment.step_recorded", "account:2")
    assert notified.name not in str((fact, entry))


async def test_ses_05_why_a_consignment_is_refused_is_kept(notified: Viewer) -> None:
    """SES-05: the reason, the measure and its deadline, in one fact."""
    assert await _record(notified, K.DECISION, "unsatisfactory", **REFUSAL) == ""
    now, step = await consignment(), (await steps())[K.DECISION]
    assert (now.state, now.action) == ("blocked", "carry_out_measure")
    assert (now.refusal_reasons, now.measure) == ("PROHIBITED_PRODUCT", "DESTRUCTION")
    assert (step.reason, step.measure, step.due_on) == ("PROHIBITED_PRODUCT", "DESTRUCTION", _DUE)
    async with reading() as db:
        entry = db.get_one(JournalEntry, (await count(JournalEntry))[0])
    (told,) = entry.payload["facts"]
    assert (told["reason"], told["measure"], told["due_on"]) == (
        "PROHIBITED_PRODUCT",
        "DESTRUCTION",
        "2026-04-10",
    )


@pytest.mark.parametrize(
    ("without", "why"),
    [
        ({"reason": ""}, "motif"),
        ({"reason": "NON_COMPLIANT"}, "motif"),
        ({"reason": "ORIGIN_OR_VALUE"}, "motif"),
        ({"measure": ""}, "mesure"),
        ({"measure": "EUTHANASIA"}, "mesure"),
        ({"due_on": None}, "échéance"),
        ({"due_on": date(2026, 3, 23)}, "échéance"),
        ({"due_on": date(2027, 3, 26)}, "échéance"),
    ],
)
async def test_ses_05_a_refusal_states_reason_measure_and_deadline(
    notified: Viewer, without: dict[str, Any], why: str
) -> None:
    """SES-05: in the vocabulary of the operator's file, for that kind of goods, and for a day to come."""
    before = await count(StepFact, JournalEntry)
    assert why in await _record(notified, K.DECISION, "unsatisfactory", **(REFUSAL | without))
    assert await count(StepFact, JournalEntry) == before


@pytest.mark.usefixtures("notified")
async def test_ses_05_an_act_is_about_what_was_shown() -> None:
    """SES-05: a key pressed twice, or a click on a screen that has changed since, records nothing."""
    async with reading() as db:
        seen = version_of(db, 1)
    again = Record(K.PHYSICAL, "started")
    with clock.fixed(after(1)):
        assert await record_step(officer(), reference(), again, seen) is None
        before = await count(StepFact, JournalEntry)
        refused = await record_step(officer(), reference(), again, seen)
    assert refused is not None
    assert "a changé entre-temps" in refused.reason
    assert await count(StepFact, JournalEntry) == before


REFUSED: list[tuple[Viewer, K, str, int, str]] = [
    (officer(), K.DECISION, "satisfactory", 1, "Il manque encore"),
    (officer(), K.DOCUMENTARY, "", 1, "Choisissez ce qu’il faut"),
    (officer(), K.DOCUMENTARY, "not_needed", 1, "Choisissez ce qu’il faut"),
    (officer(), K.RELEASE, "done", 1, "autre administration"),
    (officer(Role.CUSTOMS), K.RELEASE, "done", 1, "Il manque encore"),
    (officer(Role.SIVEP, "FRCDG4"), K.DOCUMENTARY, "satisfactory", 1, "n’existe pas"),
    (officer(), K.DOCUMENTARY, "satisfactory", 9, "n’existe pas"),
    (officer(Role.SUPERVISOR), K.DOCUMENTARY, "satisfactory", 1, "agents du poste"),
    (officer(Role.DGITM), K.DOCUMENTARY, "satisfactory", 1, "n’existe pas"),
    (operator(), K.DOCUMENTARY, "satisfactory", 1, "agents du poste"),
    (operator(B), K.DOCUMENTARY, "satisfactory", 1, "n’existe pas"),
]


@pytest.mark.usefixtures("notified")
async def test_ses_05_a_refused_record_changes_nothing() -> None:
    """SES-05: no fact, no journal entry, the same standing; and the reason is said in French."""
    before = (await count(StepFact, JournalEntry), await consignment(), await steps())
    for viewer, step, code, number, why in REFUSED:
        assert why in await _record(viewer, step, code, number=number)
    assert (await count(StepFact, JournalEntry), await consignment(), await steps()) == before


async def test_ses_05_nothing_is_accepted_while_a_check_runs(notified: Viewer) -> None:
    """SES-05: through the database, with facts of another source."""
    await _record(notified, K.DOCUMENTARY, "satisfactory", 1)
    await tell(event(K.IDENTITY, S.PLANNED, hours=2))
    assert "contrôle d’identité" in await _record(notified, K.DECISION, "satisfactory", 3)
    await tell(event(K.IDENTITY, S.SATISFACTORY, hours=4))
    assert await _record(notified, K.DECISION, "satisfactory", 5) == ""


async def test_ses_05_the_whole_passage_can_be_recorded_on_screen(notified: Viewer) -> None:
    """SES-05: by both services, until the goods have left."""
    douane = Viewer(2, "session", "Léo", Role.CUSTOMS, posts=("FRLEH1",))
    way = [
        (douane, K.ARRIVAL, "done"),
        (notified, K.DOCUMENTARY, "satisfactory"),
        (notified, K.DECISION, "satisfactory"),
        (douane, K.DECLARATION, "done"),
        (douane, K.RELEASE, "control"),
        (douane, K.RELEASE, "done"),
        (douane, K.DEPARTURE, "done"),
    ]
    assert [await _record(who, step, code, hour) for hour, (who, step, code) in enumerate(way, 1)] == [""] * 7
    assert (await consignment()).state == "released"
    assert (await consignment()).closed_at == after(6)


def test_ses_05_what_goes_badly_asks_why() -> None:
    """SES-05: the operator must know what is wrong."""
    bad = [one for choices in OUTCOMES.values() for one in choices if one.status == S.UNSATISFACTORY]
    assert bad
    assert all(one.asks_why for one in bad)
