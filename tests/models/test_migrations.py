"""The migrations make what models/tables.py says, on both engines, and the journal refuses changes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from app.migrating import migrate
from models.engines import make_short_lived_engine
from models.journal.tables import JournalEntry
from models.tables import metadata
from tests.support.databases import both_databases


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("postgres_server").fresh(migrated=False) as url:
            yield url


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


@both_databases
async def test_the_migrated_schema_is_that_of_the_tables(database: str) -> None:
    """If this fails, a table changed without a migration: `make migration NAME=what_changes`."""
    engine = make_short_lived_engine(database)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_every_migration_goes_up_down_and_up_again(empty: str) -> None:
    before, head = await migrate(empty)
    assert before == "base"
    assert await migrate(empty, "base") == (head, "base")
    assert await migrate(empty) == ("base", head)
    assert await migrate(empty) == (head, head)


async def test_an_emptied_database_has_no_table_left(empty: str) -> None:
    await migrate(empty)
    await migrate(empty, "base")
    engine = make_short_lived_engine(empty)
    async with engine.connect() as connection:
        left = await connection.run_sync(lambda c: set(c.dialect.get_table_names(c)))
    await engine.dispose()
    assert left == {"alembic_version"}


@both_databases
@pytest.mark.parametrize("change", ["UPDATE journal_entry SET actor = 'other'", "DELETE FROM journal_entry"])
async def test_the_journal_refuses_changes(database: str, change: str) -> None:
    engine = make_short_lived_engine(database)
    entry = {
        "at": dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC),
        "kind": "test.done",
        "actor": "system",
        "payload": {},
    }
    async with engine.begin() as connection:
        await connection.execute(insert(JournalEntry), entry)
    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(change))
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT actor FROM journal_entry")) == "system"
    await engine.dispose()
