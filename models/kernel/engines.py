"""Engines, with what each database needs to keep our promises (docs/decisions/0003, 0012)."""

from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

READERS = 4
"""Threads, and connections, that only read."""
_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000")


def make_engine(url: str) -> AsyncEngine:
    """An engine for the event loop."""
    if url.startswith("sqlite"):
        made = create_async_engine(url, connect_args={"timeout": 20}, hide_parameters=True)
        event.listen(made.sync_engine, "connect", _set_pragmas)
        event.listen(made.sync_engine, "begin", _begin_sqlite)
        return made
    # With the writer's and the readers', 21 connections a worker: four workers stay below PostgreSQL's usual hundred.
    return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=6, hide_parameters=True)


def make_short_lived_engine(url: str) -> AsyncEngine:
    """An engine without a pool, for a command that runs once (migrations, tests across event loops)."""
    return create_async_engine(url, poolclass=NullPool)


def make_writing_engine(url: str) -> Engine:
    """An engine for the thread that writes, over a driver that answers at once."""
    if url.startswith("sqlite"):
        return _make_direct_sqlite(url, pool_size=1)  # no event at its statements: they cost at each
    made = create_engine(url, pool_pre_ping=True, pool_size=1, hide_parameters=True)
    made.dialect.use_insertmanyvalues_wo_returning = (
        True  # many rows in one statement: psycopg sends one each
    )
    return made


def make_reading_engine(url: str) -> Engine:
    """An engine for the threads that read, over a driver that answers at once; the database refuses its writes."""
    if url.startswith("sqlite"):
        made = _make_direct_sqlite(url, pool_size=READERS)
        event.listen(made, "begin", _begin_sqlite)
        event.listen(made, "connect", partial(_set_once, "PRAGMA query_only=ON"))
        return made
    made = create_engine(
        url,
        isolation_level="AUTOCOMMIT",  # nothing to begin and end: each query sees what is committed anyway
        pool_pre_ping=True,
        pool_size=READERS,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(made, "connect", partial(_set_once, "SET default_transaction_read_only = on"))
    return made


def _make_direct_sqlite(url: str, pool_size: int) -> Engine:
    made = create_engine(
        make_url(url).set(drivername="sqlite"),
        connect_args={"timeout": 20},
        pool_size=pool_size,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(made, "connect", _set_pragmas)
    return made


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


def _set_once(statement: str, connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(statement)
    cursor.close()
