from collections import Counter

import pytest
from sqlmodel import SQLModel, col, func, select

from app.commands import demo
from app.commands.demo_companies import A
from app.errors import CannotRun
from app.simulation.scenarios import FORWARDER, IMPORTERS
from models.companies.tables import Company
from models.consignments.tables import Consignment
from models.consignments.vocabulary import ConsignmentState
from models.database import reading
from models.declarations.tables import DeclarationLine, DueDate
from models.journal.tables import JournalEntry
from models.messages.actions import Receipt, receive
from models.messages.tables import Message
from models.payments.tables import Debt, FigureFeed, Payment, SepaMandate
from models.settings import settings
from tests.factories import count

COUNT = 60


@pytest.fixture
def demonstration(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    return database


async def _sizes() -> list[int]:
    async with reading() as db:
        tables: tuple[type[SQLModel], ...] = (Consignment, Message, JournalEntry, Debt, Payment)
        return [(await db.exec(select(func.count()).select_from(table))).one() for table in tables]


@pytest.mark.usefixtures("database")
async def test_it_needs_to_be_asked_for() -> None:
    with pytest.raises(CannotRun, match="PASSAVANT_DEMO=1"):
        await demo.run(COUNT, 1)
    assert await _sizes() == [0, 0, 0, 0, 0]


@pytest.mark.usefixtures("demonstration")
async def test_it_shows_every_state_and_twice_changes_nothing() -> None:
    await demo.run(COUNT, 1)
    async with reading() as db:
        every = (await db.exec(select(Consignment))).all()
        refused = (await db.exec(select(Message).where(Message.status != "applied"))).all()
        names = {row.siren: row.name for row in await db.exec(select(Company))}
        entries = (
            await db.exec(select(JournalEntry).where(JournalEntry.kind == "consignment.notified"))
        ).all()
    assert not refused
    assert {one.state for one in every} == set(ConsignmentState)
    assert all(one.siren for one in every)
    assert all(names[one.siren] == one.name for one in (*IMPORTERS, FORWARDER))
    mine = Counter(one.state for one in every if one.siren == A)
    assert mine["blocked"] >= 2
    assert mine["action_required"] >= 3
    assert mine.total() >= 25
    at_le_havre = [one for one in every if one.post_code == "FRLEH1" and one.closed_at is None]
    assert len(at_le_havre) >= 20
    assert len({entry.at.date() for entry in entries}) > 5
    before = await _sizes()
    await demo.run(COUNT, 1)
    assert await _sizes() == before


@pytest.mark.usefixtures("demonstration")
async def test_it_has_figures_of_every_kind() -> None:
    """PPR-26: through the co-owners' verbs: what is paid is known by payments or by debts alone, never twice."""
    await demo.run(0, 1)
    assert all(await count(Debt, Payment, SepaMandate, DeclarationLine, DueDate))
    async with reading() as db:
        feeds = (await db.exec(select(FigureFeed))).all()
        derived = (await db.exec(select(Payment).where(col(Payment.derived)))).all()
        paid = (await db.exec(select(Debt).where(Debt.status == "paid"))).all()
    assert len(feeds) == 3 + 3 + 1 + 1 + 2
    assert {one.reference for one in derived} == {one.reference for one in paid} != set()


@pytest.mark.usefixtures("demonstration")
async def test_interrupted_it_resumes_and_ends_as_if_it_had_not_been(monkeypatch: pytest.MonkeyPatch) -> None:
    taken_in = 0

    async def fails(body: bytes, sender: str) -> Receipt:
        nonlocal taken_in
        taken_in += 1
        if taken_in == 100:
            raise KeyboardInterrupt
        return await receive(body, sender)

    with monkeypatch.context() as patched:
        patched.setattr(demo, "receive", fails)
        with pytest.raises(KeyboardInterrupt):
            await demo.run(COUNT, 1)
    await demo.run(COUNT, 1)
    _, messages, *_ = await _sizes()
    async with reading() as db:
        filled = (
            await db.exec(select(JournalEntry).where(JournalEntry.kind == "demonstration.filled"))
        ).one()
    assert filled.payload["messages"] == messages
