"""SES-02: late or out of order, a consignment ends where it would have ended."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import SQLModel, select

from demo.simulation.journeys import Sent, journey, write
from demo.simulation.traffic import call
from models.border.consignments.tables import Consignment, ConsignmentKey, Step
from models.border.messages.actions import receive
from models.border.passage.content import CustomsResponse
from models.kernel import clock
from models.posts.catalogue import ensure_posts
from tests.support.databases import reading, transaction

pytestmark = pytest.mark.usefixtures("database")

ARRIVAL = datetime(2026, 9, 9, 9, tzinfo=UTC)
_OF_ITS_TIME = {"id", "opened_at", "changed_at", "closed_at"}
_ROWS = {"id", "consignment_id"}


def lives(seed: int, some: int) -> list[list[Sent]]:
    dice, taken = Random(seed), set[str]()
    cheds = [ched for rank in range(some) for ched in call(ARRIVAL + timedelta(hours=rank), dice, taken)]
    return [list(journey(ched)) for ched in cheds]


async def told(messages: list[Sent]) -> dict[str, Any]:
    """What the portal knows of each consignment once it was told all that, whatever the order."""
    for rank, sent in enumerate(messages):
        with clock.fixed(ARRIVAL + timedelta(days=9, seconds=rank)):
            await receive(write(sent.content), "operator:test")
    known = {}
    async with reading() as db:
        for row in db.exec(select(Consignment)).all():
            steps = db.exec(select(Step).where(Step.consignment_id == row.id)).all()
            keys = (db.exec(select(ConsignmentKey).where(ConsignmentKey.consignment_id == row.id))).all()
            known[row.reference] = (
                row.model_dump(exclude=_OF_ITS_TIME),
                {step.kind: step.model_dump(exclude=_ROWS) for step in steps},
                sorted((key.kind, key.value) for key in keys),
            )
    return known


async def forget() -> None:
    """Leave the database as it was, the journal aside."""
    async with transaction() as db:
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name != "journal_entry":
                db.execute(delete(table))
        ensure_posts(db)


@pytest.mark.parametrize("seed", range(4))
async def test_any_order_ends_in_the_same_state(seed: int) -> None:
    messages = [sent for life in lives(seed, 5) for sent in life]
    messages.sort(key=lambda sent: sent.at)
    await forget()
    in_order = await told(messages)
    dice = Random(seed)
    for shuffled in (messages[::-1], dice.sample(messages, len(messages))):
        await forget()
        assert await told(shuffled) == in_order


def _declared_twice(life: list[Sent]) -> bool:
    return any(isinstance(sent.content, CustomsResponse) and sent.content.function == "10" for sent in life)


async def test_the_newest_declaration_gives_the_number_in_any_order() -> None:
    """SES-02: a declaration invalidated, then made anew: two numbers."""
    messages = next(life for seed in range(50) for life in lives(seed, 5) if _declared_twice(life))
    await forget()
    in_order = await told(messages)
    await forget()
    assert await told(messages[::-1]) == in_order
