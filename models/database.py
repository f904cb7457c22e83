"""One engine, two ways in: `reading()` for queries, `transaction()` for a verb.

There is one writer at a time, on both engines (docs/decisions/0003): SQLite by nature, PostgreSQL by an
advisory lock held until the commit. The journal's order is therefore the order of the commits, and a verb
never meets another half-way.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

import models.tables  # noqa: F401 - every table must be known before the first query
from models import bus
from models.settings import settings

_WRITER_LOCK = 0x9A55A7A47
_LOCK = text(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000")

T = TypeVar("T")
Verb = Callable[[AsyncSession], Awaitable[T]]

_engine: AsyncEngine | None = None
_writing: Engine | None = None
_writer = ThreadPoolExecutor(1, thread_name_prefix="writer")


def engine() -> AsyncEngine:
    """This process's engine, made at first use."""
    global _engine
    if _engine is None:
        _engine = make_engine(settings().database)
    return _engine


async def dispose() -> None:
    """Close every connection: at the end of a command, and between tests."""
    global _engine, _writing
    if _engine is not None:
        await _engine.dispose()
        _engine = None
    if _writing is not None:
        _writing.dispose()
        _writing = None


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
            await connection.execute(_LOCK)
        yield session
        await session.commit()
    await bus.announce()


class AtOnce(AsyncSession):
    """A session over a driver that answers at once: nothing is waited for, so nothing goes through a greenlet."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(expire_on_commit=False)
        self.sync_session.bind = engine

    @cached_property
    def held(self) -> Connection:
        """Its connection, for all that it does."""
        return self.sync_session.connection()

    async def exec(self, statement: Any, **kwargs: Any) -> Any:
        """As any session does."""
        return self.sync_session.exec(statement, **kwargs)


async def write(verb: Verb[T]) -> T:
    """`transaction()` for a verb that awaits nothing but its session: the same, in one thread, and ten times faster.

    The session is the usual one over a driver that answers at once: the verb runs from its beginning to its
    commit without the event loop, which is told only at the end (docs/decisions/0012).

    Raises:
        RuntimeError: when the verb waited for something else; nothing is kept.
    """
    loop = asyncio.get_running_loop()
    done = await loop.run_in_executor(_writer, copy_context().run, _to_its_end, verb)
    await bus.announce()
    return done


def _to_its_end(verb: Verb[T]) -> T:
    session = AtOnce(_writing_engine())
    running = _commit(session, verb)
    try:
        running.send(None)
    except StopIteration as end:
        done: T = end.value
        return done
    finally:
        running.close()
        session.sync_session.close()
    raise RuntimeError("the verb waited for something else than its database")


async def _commit(session: AtOnce, verb: Verb[T]) -> T:
    if session.held.dialect.name == "postgresql":
        session.held.execute(_LOCK)
    else:
        session.held.exec_driver_sql("BEGIN IMMEDIATE")
    done = await verb(session)
    session.sync_session.commit()
    return done


def _writing_engine() -> Engine:
    global _writing
    if _writing is None:
        _writing = _make_writing_engine(settings().database)
    return _writing


def _make_writing_engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        plain = make_url(url).set(drivername="sqlite")
        made = create_engine(plain, connect_args={"timeout": 20}, pool_size=1, hide_parameters=True)
        event.listen(made, "connect", _set_pragmas)  # and no other event: they cost at every statement
        return made
    made = create_engine(url, pool_pre_ping=True, pool_size=1, hide_parameters=True)
    made.dialect.use_insertmanyvalues_wo_returning = (
        True  # many rows in one statement: psycopg sends one each
    )
    return made
