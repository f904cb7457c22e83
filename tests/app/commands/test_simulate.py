import asyncio

import pytest
from sqlmodel import col, select

from app.commands.simulate import play
from models import clock
from models.consignments.tables import Consignment, StepFact
from models.consignments.vocabulary import StepStatus
from models.database import reading, transaction
from models.messages.tables import Message
from models.posts.catalogue import ensure_posts

pytestmark = pytest.mark.usefixtures("database")

VERY_FAST = 2_000_000.0


async def test_traffic_goes_on_from_what_is_under_way_and_never_in_the_future(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with transaction() as db:
        await ensure_posts(db)
    assert await play(VERY_FAST, asyncio.Event(), limit=40) >= 40
    async with reading() as db:
        begun = {row.reference: row.state for row in await db.exec(select(Consignment))}
    assert await play(VERY_FAST, asyncio.Event(), limit=60) >= 60
    async with reading() as db:
        refused = (await db.exec(select(Message).where(col(Message.status) != "applied"))).all()
        late = await db.exec(
            select(StepFact).where(StepFact.status != StepStatus.PLANNED, col(StepFact.at) > clock.now())
        )
        now = {row.reference: row.state for row in await db.exec(select(Consignment))}
    assert not refused
    assert not late.all()
    assert any(now[reference] != state for reference, state in begun.items())
    assert len(capsys.readouterr().out.splitlines()) >= 100


async def test_it_stops_when_asked() -> None:
    stop = asyncio.Event()
    stop.set()
    assert await play(1, stop) == 0
