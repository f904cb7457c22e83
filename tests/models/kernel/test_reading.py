"""read(): a query run whole in a reader's thread sees what is committed, and cannot write."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from models.identity.companies.tables import Company
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.kernel.rows import find_rows
from tests.factories import NOW, A, B, count
from tests.support.databases import both_databases, transaction

pytestmark = pytest.mark.usefixtures("database")


def _name(db: DbSession) -> str | None:
    return db.exec(select(Company.name).where(Company.siren == A)).first()


async def _add(name: str = "Kerdrel") -> None:
    async with transaction() as db:
        db.add(Company(siren=A, name=name))


@both_databases
async def test_one_reads_what_was_committed_while_a_verb_writes() -> None:
    """A reader never waits for the writer, nor sees its half."""
    await _add()
    async with transaction() as db:
        db.get_one(Company, A).name = "Other"
        db.flush()
        assert await asyncio.wait_for(read(_name), 5) == "Kerdrel"
    assert await asyncio.gather(*(read(_name) for _ in range(20))) == ["Other"] * 20


@both_databases
async def test_who_reads_cannot_write() -> None:
    """Fails without query_only on one engine, without read-only transactions on the other."""

    def add(db: DbSession) -> None:
        db.add(Company(siren=B, name="Horizon"))
        db.flush()

    with pytest.raises(DBAPIError):
        await read(add)
    assert await count(Company) == (0,)
    await _add()
    assert await read(_name) == "Kerdrel"


async def test_a_query_that_waits_for_anything_else_is_refused() -> None:
    """It would keep a thread from the others; the next one passes."""

    async def wait(db: DbSession) -> None:
        _name(db)
        await asyncio.sleep(0)

    with pytest.raises(TypeError, match="plain function"):
        await read(wait)  # type: ignore[unused-coroutine]
    assert await read(_name) is None


async def test_the_clock_is_the_callers() -> None:
    def look(_db: DbSession) -> bool:
        return clock.now() == NOW

    with clock.fixed(NOW):
        assert await read(look)


@both_databases
async def test_rows_are_the_same_by_both_ways() -> None:
    """In the verb's own session too, which sees what the verb wrote."""
    wanted = select(Company.siren, Company.name)
    await _add()
    assert [tuple(row) for row in await read(lambda db: find_rows(db, wanted))] == [(A, "Kerdrel")]
    async with transaction() as db:
        db.add(Company(siren=B, name="Horizon"))
        db.flush()
        assert len(find_rows(db, wanted)) == 2
