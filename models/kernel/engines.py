"""Engines, with what each database needs to keep our promises (docs/decisions/0003, 0012)."""

from functools import partial
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from models.kernel.statements.patient import Patient

READERS = 4
"""Threads, and connections, that only read."""
ASIDE = 2
"""Those that write what is no fact."""
_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000")


def make_short_lived_engine(url: str) -> AsyncEngine:
    """An engine without a pool, for a command that runs once (migrations, tests across event loops)."""
    return create_async_engine(url, poolclass=NullPool)


def make_writing_engine(url: str, connections: int = 1) -> Engine:
    """An engine for threads that write."""
    if url.startswith("sqlite"):
        return _make_direct_sqlite(url, connections)  # no event at its statements: they cost at each
    engine = create_engine(url, pool_size=connections, hide_parameters=True)
    event.listen(engine, "do_connect", _connect_patiently)
    engine.dialect.use_insertmanyvalues_wo_returning = (
        True  # many rows in one statement: psycopg sends one each
    )
    return engine


def make_reading_engine(url: str, connections: int = READERS) -> Engine:
    """An engine for the threads that read; the database refuses its writes."""
    if url.startswith("sqlite"):
        engine = _make_direct_sqlite(url, connections)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "connect", partial(_set_once, "PRAGMA query_only=ON"))
        return engine
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",  # nothing to begin and end: each query sees what is committed anyway
        pool_pre_ping=True,
        pool_size=connections,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", partial(_set_once, "SET default_transaction_read_only = on"))
    return engine


def _connect_patiently(_dialect: Dialect, _record: Any, args: Any, named: Any) -> Patient:
    return Patient.connect(*args, **named)


def _make_direct_sqlite(url: str, connections: int) -> Engine:
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        connect_args={"timeout": 20},
        pool_size=connections,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")  # one moment for all that is read; who writes says so from the start


def _set_once(statement: str, connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(statement)
    cursor.close()
