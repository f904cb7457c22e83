"""One engine, two ways in: `reading()` for queries, `transaction()` for a verb.

There is one writer at a time, on both engines (docs/decisions/0003): SQLite by nature, PostgreSQL by an
advisory lock held until the commit. The journal's order is therefore the order of the commits, and a verb
never meets another half-way.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

import models.tables  # noqa: F401 - every table must be known before the first query
from models import bus
from models.settings import settings

_WRITER_LOCK = 0x9A55A7A47
_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000")

_engine: AsyncEngine | None = None


def engine() -> AsyncEngine:
    """This process's engine, made at first use."""
    global _engine
    if _engine is None:
        _engine = make_engine(settings().database)
    return _engine


async def dispose() -> None:
    """Close every connection: at the end of a command, and between tests."""
    global _engine
    if _engine is not None:
        await _engine.dispose()
        _engine = None


def make_engine(url: str) -> AsyncEngine:
    """An engine for `url`, with what each database needs to keep our promises."""
    if url.startswith("sqlite"):
        made = create_async_engine(url, connect_args={"timeout": 20}, hide_parameters=True)
        event.listen(made.sync_engine, "connect", _set_pragmas)
        event.listen(made.sync_engine, "begin", _begin_sqlite)
        return made
    return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True)


def make_short_lived_engine(url: str) -> AsyncEngine:
    """An engine without a pool, for a command that runs once (migrations, tests across event loops)."""
    return create_async_engine(url, poolclass=NullPool)


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer half-way gets SQLITE_BUSY at once, whatever the timeout: a writer says so
    # from the start, and then waits for its turn.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@asynccontextmanager
async def reading() -> AsyncIterator[AsyncSession]:
    """A session for queries; nothing it does is kept."""
    async with AsyncSession(engine(), expire_on_commit=False) as session:
        yield session


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    """A session for one verb: commits at the end of the block, then tells the bus; rolls back on error."""
    async with AsyncSession(engine(), expire_on_commit=False) as session:
        connection = await session.connection(execution_options={"writes": True})
        if connection.dialect.name == "postgresql":
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})"))
        yield session
        await session.commit()
    await bus.announce()
