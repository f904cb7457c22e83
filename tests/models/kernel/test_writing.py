"""write(): a verb run whole in the writer's thread keeps the promises of transaction().

Seen to fail: with the bus told before the commit, with a verb that waits taken for done, without the caller's
context in the thread.
"""

import asyncio
import threading

import pytest
from sqlmodel import col, select

from models.identity.companies.tables import Company, CompanyIdentifier
from models.journal.record import record, record_at_once
from models.journal.tables import JournalEntry
from models.kernel import bus, clock
from models.kernel.database import DbSession, T, Verb, begin, dispose, one_transaction, read, write
from models.kernel.engines import make_writing_engine
from models.kernel.rows import find_rows, insert_object, insert_rows
from models.kernel.settings.portal import settings
from tests.factories import NOW, A, count
from tests.support.databases import both_databases, reading

pytestmark = pytest.mark.usefixtures("database")

_KINDS = select(JournalEntry.kind).order_by(col(JournalEntry.seq))


async def _name() -> str | None:
    async with reading() as db:
        return db.exec(select(Company.name).where(Company.siren == A)).first()


def _add(db: DbSession) -> str:
    db.add(Company(siren=A, name="0"))
    return "done"


def _elsewhere(verb: Verb[T]) -> T:
    """The same in a thread and on a connection of its own, as another process does."""
    apart = make_writing_engine(settings().database)
    with DbSession(apart, expire_on_commit=False) as db:
        begin(db)
        answer = verb(db)
        db.commit()
    apart.dispose()
    return answer


@both_databases
async def test_a_verb_is_kept_whole_or_not_at_all() -> None:
    """And the bus is told of what was committed, never of what was not. Fails with a commit before the verb's
    end, or an announcement in its place.
    """

    def fail(db: DbSession) -> None:
        _add(db)
        db.flush()
        raise ZeroDivisionError

    async with bus.listening() as told:
        with pytest.raises(ZeroDivisionError):
            await write(fail)
        assert (await _name(), told.is_set()) == (None, False)
        assert await write(_add) == "done"
        assert (await _name(), told.is_set()) == ("0", True)


async def test_a_verb_that_waits_for_anything_else_is_refused() -> None:
    """It would hold every writer up. Nothing of it is kept, and the next one passes."""

    async def wait(db: DbSession) -> None:
        _add(db)
        db.flush()
        await asyncio.sleep(0)

    with pytest.raises(TypeError, match="plain function"):
        await write(wait)  # type: ignore[unused-coroutine]
    assert await _name() is None
    await write(_add)


@both_databases
async def test_verbs_of_two_processes_take_turns() -> None:
    """Fails without BEGIN IMMEDIATE on one engine, without the advisory lock on the other: updates get lost."""
    await write(_add)

    def more(db: DbSession) -> None:
        company = db.exec(select(Company).where(col(Company.siren) == A)).one()
        company.name = str(int(company.name) + 1)
        db.add(company)

    ways = (write(more) if n % 2 else asyncio.to_thread(_elsewhere, more) for n in range(20))
    await asyncio.gather(*ways)
    assert await _name() == "20"


async def test_the_clock_is_the_callers() -> None:
    """A past is written by holding the clock around the verb: the thread must see it too."""

    def look(_db: DbSession) -> bool:
        return clock.now() == NOW

    with clock.fixed(NOW):
        assert await write(look)


@both_databases
async def test_many_rows_are_written_at_once() -> None:
    """None at all is no statement."""

    def fill(db: DbSession) -> None:
        _add(db)
        db.flush()
        rows = [{"siren": A, "scheme": "eori", "value": str(n)} for n in range(30)]
        insert_rows(db, CompanyIdentifier, rows)
        insert_rows(db, CompanyIdentifier, [])

    await write(fill)
    assert await count(CompanyIdentifier) == (30,)


@both_databases
async def test_an_object_written_as_a_row_is_held_as_if_read() -> None:
    """Its key is known, and what is changed of it later is written too. Fails when the session does not hold it."""

    def tell(db: DbSession) -> int | None:
        _add(db)
        learnt = CompanyIdentifier(siren=A, scheme="eori", value="1")
        insert_object(db, learnt)  # after the company, which was only added
        learnt.value = "2"
        return learnt.id

    number = await write(tell)
    async with reading() as db:
        assert [(one.id, one.value) for one in db.exec(select(CompanyIdentifier))] == [(number, "2")]


@both_databases
async def test_rows_come_after_what_the_session_holds() -> None:
    """Found, and written: the journal keeps the order in which things were told, whichever way each was."""

    def tell(db: DbSession) -> list[str]:
        record(db, "opinion.given")
        record_at_once(db, "opinion.read")
        record(db, "help.asked")
        return [kind for (kind,) in find_rows(db, _KINDS)]

    assert await write(tell) == ["opinion.given", "opinion.read", "help.asked"]


async def test_no_thread_outlives_the_connections() -> None:
    """What `make run` does before it serves is followed by a fork: with one left, no verb would ever end there."""
    await write(_add)
    await read(lambda db: find_rows(db, _KINDS))
    await dispose()
    left = [one.name for one in threading.enumerate() if one.name.startswith(("writer", "reader"))]
    assert left == []
    assert await _name() == "0"


@both_databases
async def test_many_verbs_are_one_transaction() -> None:
    """Reads in it see what was written; nobody else does, nor is told, before its end."""

    def name(db: DbSession) -> str | None:
        return db.exec(select(Company.name).where(Company.siren == A)).first()

    async with bus.listening() as told:
        async with one_transaction():
            await write(_add)
            assert await read(name) == "0"
            assert (await _name(), told.is_set()) == (None, False)
        assert (await _name(), told.is_set()) == ("0", True)


@both_databases
async def test_many_verbs_interrupted_leave_nothing() -> None:
    """And the writer's turn is free again."""

    async def interrupted() -> None:
        async with one_transaction():
            await write(_add)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await interrupted()
    assert await _name() is None
    await write(_add)
    assert await _name() == "0"


@both_databases
async def test_of_many_verbs_that_which_fails_leaves_nothing_and_the_others_stay() -> None:
    def fail(db: DbSession) -> None:
        db.add(CompanyIdentifier(siren=A, scheme="eori", value="FR"))
        db.flush()
        raise ZeroDivisionError

    async with one_transaction():
        await write(_add)
        with pytest.raises(ZeroDivisionError):
            await write(fail)
    assert (await _name(), await count(CompanyIdentifier)) == ("0", (0,))
