"""What both ways in stand on: the engines, the bus, what each database must be told."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from models.identity.companies.tables import Company
from models.kernel import bus, engines
from models.kernel.database import dispose, engine
from tests.factories import A, B, row
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("database")


async def _name(siren: str = A) -> str | None:
    async with reading() as db:
        return db.exec(select(Company.name).where(Company.siren == siren)).first()


async def _add(name: str = "Kerdrel", siren: str = A) -> None:
    async with transaction() as db:
        db.add(Company(siren=siren, name=name))


@both_databases
async def test_what_a_verb_wrote_is_kept_whole_or_not_at_all() -> None:
    """And the bus is told of what was committed, never of what was not."""

    async def fail() -> None:
        async with transaction() as db:
            db.add(Company(siren=B, name="Horizon"))
            db.flush()
            raise RuntimeError

    async with bus.listening() as told:
        with pytest.raises(RuntimeError):
            await fail()
        assert (await _name(B), told.is_set()) == (None, False)
        await _add()
        assert (await _name(), told.is_set()) == ("Kerdrel", True)


@both_databases
async def test_the_bus_is_told_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    async def look() -> None:
        seen.append(await _name())

    monkeypatch.setattr(bus, "announce", look)
    await _add()
    assert seen == ["Kerdrel"]


@both_databases
async def test_one_reads_what_was_committed_while_a_verb_writes() -> None:
    """A reader never waits for the writer, nor sees its half."""
    await _add()
    async with transaction() as db:
        db.get_one(Company, A).name = "Other"
        db.flush()
        assert await asyncio.wait_for(_name(), 5) == "Kerdrel"
    assert await _name() == "Other"


@both_databases
async def test_a_row_that_names_nobody_is_refused() -> None:
    """Foreign keys hold, which SQLite must be told; and the error repeats none of the data."""

    async def add() -> None:
        async with transaction() as db:
            db.add(row(1, title="CONFIDENTIAL"))

    with pytest.raises(DBAPIError) as refused:
        await add()
    assert "CONFIDENTIAL" not in str(refused.value)


async def test_sqlite_keeps_what_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """WAL, full synchronisation, a long patience; the tests alone go without the second."""
    *ours, tests_own = engines._PRAGMAS
    assert tests_own == "synchronous=OFF"
    monkeypatch.setattr(engines, "_PRAGMAS", ours)
    async with reading() as db:
        kept = [
            db.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert kept == ["wal", 2, 1, 20000]


async def test_there_is_one_engine_until_it_is_disposed() -> None:
    first = engine()
    assert engine() is first
    await dispose()
    assert engine() is not first
    await dispose()
    await dispose()
