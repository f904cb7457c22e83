import asyncio
from random import Random

import pytest
from sqlmodel import col, select

from demo.commands.money import tell_figures
from demo.commands.simulate import play
from models.border.consignments.tables import Consignment, StepFact
from models.border.messages.tables import Message
from models.border.passage.vocabulary import StepStatus
from models.kernel import clock
from models.money.payments.tables import Debt, FigureFeed, Payment
from models.posts.catalogue import ensure_posts
from tests.support.accounts import journal
from tests.support.databases import reading, transaction

pytestmark = pytest.mark.usefixtures("database")

VERY_FAST = 2_000_000.0


async def test_traffic_goes_on_from_what_is_under_way_and_never_in_the_future(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with transaction() as db:
        ensure_posts(db)
    assert await play(VERY_FAST, asyncio.Event(), limit=40) >= 40
    async with reading() as db:
        begun = {row.reference: row.state for row in db.exec(select(Consignment))}
    assert await play(VERY_FAST, asyncio.Event(), limit=60) >= 60
    async with reading() as db:
        refused = db.exec(select(Message).where(col(Message.status) != "applied")).all()
        late = db.exec(
            select(StepFact).where(StepFact.status != StepStatus.PLANNED, col(StepFact.at) > clock.now())
        )
        now = {row.reference: row.state for row in db.exec(select(Consignment))}
    assert not refused
    assert not late.all()
    assert any(now[reference] != state for reference, state in begun.items())
    assert len(capsys.readouterr().out.splitlines()) >= 100


async def test_ppr_26_co_owners_tell_of_debts_and_of_their_payment() -> None:
    """PPR-26: debts come and are paid, feeds stay fresh; habilitations are never touched."""
    dice = Random(2026)
    told = [await tell_figures("operator:tests", dice) for _ in range(40)]
    async with reading() as db:
        debts = {one.reference: one for one in db.exec(select(Debt))}
        payments = db.exec(select(Payment)).all()
        feeds = db.exec(select(FigureFeed)).all()
    assert {one.status for one in debts.values()} == {"due", "paid"}
    assert {one.debt_reference for one in payments} == {
        one.reference for one in debts.values() if one.status == "paid"
    }
    assert all(not one.derived and debts[one.debt_reference or ""].amount == one.amount for one in payments)
    assert len(feeds) == 10
    assert "figures: nothing new" in told
    assert await journal("habilitation.granted") == []


async def test_it_stops_when_asked() -> None:
    stop = asyncio.Event()
    stop.set()
    assert await play(1, stop) == 0
