"""SES-02: the messages of one consignment end in the same place, in whatever order they come."""

from random import Random

import pytest
from sqlalchemy import text

from models.border.consignments.tables import Consignment, StepFact
from models.border.passage.content import Check, Content, Decision
from models.border.passage.vocabulary import CheckResult
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.tables import metadata
from tests.factories import (
    after,
    ched,
    coarri,
    consignment,
    count,
    customs,
    event,
    steps,
    tell,
    waiting,
)
from tests.support.databases import transaction

_DONE = (Check(K.DOCUMENTARY, CheckResult.SATISFACTORY, after(2)),)
_YES = Decision("ACCEPTABLE_FOR_INTERNAL_MARKET", after(3))
_NEW, _VALID = ched(), ched(status="70", issued_at=after(3), checks=_DONE, decision=_YES)

PASSAGE: list[Content] = [
    _NEW,
    ched(status="42", issued_at=after(2), checks=_DONE),
    _VALID,
    coarri(at=after(1)),
    event(K.IDENTITY, S.SATISFACTORY, hours=2.5, authority="DGAL"),
    customs("01", hours=4),
    customs("05", hours=5, cited=()),
    customs("08", hours=6, cited=()),
]


async def _end() -> tuple[object, ...]:
    one = await consignment()
    return (one.state, one.step, one.actor, one.action, one.mrn, one.ched_status, one.decision, await steps())


async def _empty() -> None:
    """As if the database were new: cheaper than a new one. The journal, which refuses, may stay."""
    async with transaction() as db:
        for table in reversed(metadata.sorted_tables):
            if table.name not in ("journal_entry", "company", "post"):
                db.execute(text(f'DELETE FROM "{table.name}"'))  # noqa: S608


@pytest.mark.parametrize("first", range(len(PASSAGE)))
@pytest.mark.usefixtures("basics")
async def test_ses_02_each_message_may_come_first_or_last(first: int) -> None:
    """SES-02: customs, the port and a partner before the CHED: they wait, and apply when it appears."""
    await tell(*PASSAGE)
    expected = await _end()
    assert (await consignment()).state == "released"
    rest = [*PASSAGE[:first], *PASSAGE[first + 1 :]]
    for order in ([*rest, PASSAGE[first]], [PASSAGE[first], *reversed(rest)]):
        await _empty()
        await tell(*order)
        assert await _end() == expected
        assert await count(Consignment) == (1,)
        assert await waiting() == []


@pytest.mark.usefixtures("basics")
async def test_ses_02_any_order_ends_in_the_same_place() -> None:
    """SES-02: ten orders drawn from the 40 320, always the same ones."""
    await tell(*PASSAGE)
    expected = await _end()
    draw = Random(2026)
    for _ in range(10):
        await _empty()
        await tell(*draw.sample(PASSAGE, len(PASSAGE)))
        assert await _end() == expected


@pytest.mark.usefixtures("basics")
async def test_ses_02_a_late_ched_adds_its_facts_and_nothing_else() -> None:
    """SES-02: `new` after `validated`: history grows, the state and the description stay."""
    await tell(_VALID)
    before, told = await consignment(), await count(StepFact)
    (receipt,) = await tell(ched(purpose="OTHER", arrival_expected_at=after(0.5)))
    now = await consignment()
    assert receipt.status == "applied"
    assert (now.state, now.action, now.ched_status) == (before.state, before.action, "70")
    assert (now.purpose, now.ched_issued_at) == (before.purpose, before.ched_issued_at)
    assert await count(StepFact) == (told[0] + 1,)
    assert (await steps())[K.ARRIVAL].planned_at == after(0.5)


@pytest.mark.usefixtures("basics")
async def test_ses_02_a_late_draft_never_reopens_the_notification() -> None:
    """SES-02"""
    await tell(_NEW, ched(status="47", issued_at=after(-1), submitted_at=None))
    assert (await consignment()).ched_status == "1"
    assert (await steps())[K.NOTIFICATION].status == S.DONE
