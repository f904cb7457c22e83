"""SES-05: a record made by mistake is taken back by a new fact, within the rules of docs/mistakes.md.

Seen to fail: without `not_undone` in settling, what was taken back still counts; without the question whether
something followed, a decision on which customs already acted is taken back.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from models.border.consignments.records import Record, record_step, undo
from models.border.consignments.settlement import version_of
from models.border.consignments.tables import Step, StepFact
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock
from tests.factories import (
    NOW,
    add_basics,
    after,
    ched,
    coarri,
    consignment,
    count,
    customs,
    event,
    keep,
    officer,
    operator,
    reference,
    steps,
    tell,
)
from tests.support.databases import reading

SIVEP, DOUANE = officer(), officer(Role.CUSTOMS)
REFUSAL: dict[str, Any] = {"reason": "OTHER", "measure": "DESTRUCTION", "due_on": date(2026, 4, 10)}


@pytest.fixture(autouse=True)
async def notified(database: str) -> None:  # noqa: ARG001
    """The consignment 1 has arrived at Le Havre, and its documents are in order."""
    await add_basics()
    account: dict[str, Any] = {
        "name": "Ada",
        "password_hash": "",
        "created_at": NOW,
        "password_changed_at": NOW,
    }
    await keep(Account(id=2, email="a@b.fr", role=Role.SIVEP, **account))
    await tell(ched(), coarri(), event(K.DOCUMENTARY, S.SATISFACTORY, hours=0.5))


async def seen() -> int:
    """The version that is on screen now."""
    async with reading() as db:
        return version_of(db, 1)


async def recorded(step: K, code: str, hours: float = 1, who: Viewer = SIVEP, **more: Any) -> None:
    """That officer records it."""
    version = await seen()
    with clock.fixed(after(hours)):
        assert await record_step(who, reference(), Record(step, code, **more), version) is None


async def undone(hours: float = 2, who: Viewer = SIVEP, reason: str = "WRONG_ENTRY") -> str:
    """That officer takes back what was recorded last; why that was refused."""
    version = await seen()
    with clock.fixed(after(hours)):
        refused = await undo(who, reference(), reason, "Voir le lot 13", version)
    return refused.reason if refused else ""


@pytest.mark.parametrize(
    ("step", "code", "more"),
    [
        (K.PHYSICAL, "started", {}),
        (K.PHYSICAL, "unsatisfactory", {"reason": "TEMPERATURE"}),
        (K.DECISION, "satisfactory", {}),
        (K.DECISION, "unsatisfactory", REFUSAL),
    ],
)
async def test_everything_is_where_it_was(step: K, code: str, more: dict[str, Any]) -> None:
    """SES-05: state, steps and reasons; both facts stay, and the journal says what was taken back and why."""
    before, stood = await consignment(), await steps()
    await recorded(step, code, **more)
    assert await steps() != stood
    assert await undone() == ""
    now = await consignment()
    for name in ("state", "step", "actor", "action", "measure", "refusal_reasons", "closed_at"):
        assert getattr(now, name) == getattr(before, name), name
    assert await steps() == stood
    async with reading() as db:
        facts = db.exec(select(StepFact).where(col(StepFact.account_id).is_not(None))).all()
        entry = db.get_one(JournalEntry, (await count(JournalEntry))[0])
        kinds = db.exec(select(Step.kind)).all()
    mistaken, taking_back = sorted(facts, key=lambda one: one.id or 0)
    assert (taking_back.undoes, taking_back.reason, taking_back.detail) == (
        mistaken.id, "WRONG_ENTRY", "Voir le lot 13",
    )  # fmt: skip
    assert (entry.kind, entry.actor) == ("consignment.step_undone", "account:2")
    assert (entry.payload["undone"]["step"], entry.payload["reason"]) == (step, "WRONG_ENTRY")
    assert set(kinds) == set(stood)


async def test_the_one_before_holds_again_and_can_be_taken_back_too() -> None:
    """SES-05: one after the other, the last first."""
    await recorded(K.PHYSICAL, "started")
    await recorded(K.PHYSICAL, "satisfactory", 2)
    assert await undone(3) == ""
    assert (await steps())[K.PHYSICAL].status == S.STARTED
    assert await undone(4) == ""
    assert K.PHYSICAL not in await steps()
    assert "ne s’annule plus" in await undone(5)


async def test_what_was_taken_back_may_be_recorded_anew() -> None:
    """SES-05: the same thing, said again, counts."""
    await recorded(K.PHYSICAL, "satisfactory")
    assert await undone() == ""
    await recorded(K.PHYSICAL, "satisfactory", 1)
    assert (await steps())[K.PHYSICAL].status == S.SATISFACTORY


FOLLOWED: dict[str, Callable[[], Awaitable[object]]] = {
    "customs declared": lambda: tell(customs("01", hours=2)),
    "a later check": lambda: tell(event(K.DECISION, S.UNSATISFACTORY, hours=2)),
    "TRACES says it": lambda: tell(ched(status="70", issued_at=after(2))),
}


@pytest.mark.parametrize("name", FOLLOWED)
async def test_nothing_is_taken_back_once_something_followed(name: str) -> None:
    """SES-05: somebody acted on it; the next record says what is true."""
    await recorded(K.DECISION, "satisfactory")
    await FOLLOWED[name]()
    before = await count(StepFact, JournalEntry)
    assert "ne s’annule plus" in await undone(3)
    assert await count(StepFact, JournalEntry) == before


async def test_what_happened_before_it_or_is_only_planned_does_not_count() -> None:
    """SES-05: a late message about an earlier step, an appointment for a later one."""
    await recorded(K.PHYSICAL, "satisfactory")
    await tell(event(K.ARRIVAL, S.DONE, hours=1.5), event(K.DEPARTURE, S.PLANNED, hours=30))
    assert await undone(3) == ""


@pytest.mark.parametrize("hours", [25, 25.01])
async def test_a_day_is_long_enough(hours: float) -> None:
    """SES-05: 24 hours after it was recorded, and no more."""
    await recorded(K.PHYSICAL, "satisfactory", 1)
    assert ("ne s’annule plus" in await undone(hours)) == (hours > 25)


@pytest.mark.parametrize(
    "who",
    [DOUANE, officer(Role.SIVEP, "FRCDG4"), officer(Role.SUPERVISOR), operator()],
    ids=lambda who: who.role,
)
async def test_only_the_service_that_recorded_it(who: Viewer) -> None:
    """SES-05: at its post; whoever of it is there."""
    await recorded(K.PHYSICAL, "satisfactory")
    before = await count(StepFact, JournalEntry)
    assert await undone(who=who) != ""
    assert await count(StepFact, JournalEntry) == before


async def test_what_a_message_told_is_not_the_officer_s_to_take_back() -> None:
    """SES-05: nor without a reason, nor what is no longer as it was shown."""
    assert "ne s’annule plus" in await undone()
    await recorded(K.PHYSICAL, "satisfactory")
    assert "motif" in await undone(reason="")
    with clock.fixed(after(2)):
        refused = await undo(SIVEP, reference(), "OTHER", "", await seen() - 1)
    assert refused is not None
    assert "a changé entre-temps" in refused.reason
