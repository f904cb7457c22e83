"""One database, two ways in: `read()` for a query, `write()` for a verb; each whole, in a thread.

Queries and verbs are plain functions of a session: they wait for nothing but their database, so they have nothing to
await. What truly waits (passwords, other services, large parses) is done before or after.

There is one writer at a time, on both engines (docs/decisions/0003): SQLite by nature, PostgreSQL by an
advisory lock held until the commit. The journal's order is therefore the order of the commits, and a verb
never meets another half-way.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar, copy_context
from enum import StrEnum
from functools import cached_property, partial
from importlib import import_module
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from models.kernel import bus
from models.kernel.engines import ASIDE, READERS, make_reading_engine, make_writing_engine
from models.kernel.settings.portal import settings
from models.kernel.statements.patient import Patient
from models.kernel.threads import close_all

_WRITER_LOCK = 0x9A55A7A47
_LOCK = f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})"
_DOMAIN = "models.assembly"
"""What must be there before the first query, by its name alone: nothing here knows who stands on it."""


class DbSession(Session):
    """What a query or a verb is given: its session, in the thread that runs it. (A sign-in is a session as well.)"""

    @cached_property
    def held(self) -> Connection:
        """Its connection, for all that it does."""
        return self.connection()

    @cached_property
    def driver(self) -> Any:
        """The driver's own, for what goes past SQLAlchemy (models/kernel/rows.py)."""
        return self.held.connection.dbapi_connection

    def begin_nested(self) -> SessionTransaction:
        """A savepoint, made at once: SQLAlchemy would wait for its next statement, and rows go past it."""
        within = super().begin_nested()
        self.connection()
        return within

    def forget_connection(self) -> None:
        """Take another one at the next need."""
        self.rollback()
        self.__dict__.pop("held", None)
        self.__dict__.pop("driver", None)


P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[[DbSession], T]
Run = Callable[Concatenate[DbSession, P], T]


class _Way(StrEnum):
    """A way to the database, with threads of its own."""

    READ = "reader"
    WRITE = "writer"
    ASIDE = "aside"
    PROBE = "probe"
    """For whoever supervises the service: it answers while all others wait."""


_CONNECTIONS = {_Way.READ: READERS, _Way.WRITE: 1, _Way.ASIDE: ASIDE, _Way.PROBE: 1}
"""And threads: one each."""
_engines: dict[_Way, Engine] = {}
_threads: dict[_Way, ThreadPoolExecutor] = {}
_whole: ContextVar[DbSession | None] = ContextVar("whole", default=None)
"""The session of the `one_transaction()` that is open here, if one is."""


def engine(*, writes: bool = False) -> Engine:
    """This process's engine to read, or to write, made at first use."""
    return _engine(_Way.WRITE if writes else _Way.READ)


async def dispose() -> None:
    """Close every connection: at the end of a command, and between tests.

    Their threads end too: a server that forks afterwards would leave its child waiting for them for ever.
    """
    for executor in _threads.values():
        executor.shutdown()
    _threads.clear()
    close_all()
    for opened in _engines.values():
        opened.dispose()
    _engines.clear()


async def read(query: Run[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What a query answers, from a thread that only reads; its session comes first, then these arguments.

    Raises:
        DBAPIError: when the query would write (docs/decisions/0012).
        TypeError: for a coroutine function, which would have waited.
    """
    return await _in_thread(_Way.READ, _answer, partial(query, **named), *args)


async def write(verb: Run[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What a verb answers, once all that it did is committed, and the bus was told; an exception keeps nothing.

    Its session comes first, then these arguments.
    """
    whole = _whole.get()
    if whole is not None:
        kept: T = await _in_thread(_Way.WRITE, _keep_apart, partial(verb, **named), *args)
        return kept
    answer: T = await _in_thread(_Way.WRITE, _commit, partial(verb, **named), *args)
    await bus.announce()
    return answer


async def write_aside(verb: Run[P, T], *args: P.args, **named: P.kwargs) -> T:
    """The same for what is no fact: the bus is not told, and on PostgreSQL it waits for no other writer."""
    return await _in_thread(_Way.ASIDE, _commit_aside, partial(verb, **named), *args)


async def probe(query: Run[P, T], *args: P.args, **named: P.kwargs) -> T:
    """The same as `read()`, in a thread and on a connection that nobody else keeps busy."""
    return await _in_thread(_Way.PROBE, _answer, partial(query, **named), *args)


@asynccontextmanager
async def one_transaction() -> AsyncIterator[None]:
    """Make of all that `write()` does in the block one transaction: all of it is kept at the end, or nothing.

    Each verb is still whole: one that raises leaves nothing. What `read()` asks in the block sees what was written.
    Nobody else writes meanwhile: it is for a command that fills a database, not for a portal at work.
    """
    session = _session(_Way.WRITE)
    token = _whole.set(session)
    try:
        await _in_thread(_Way.WRITE, begin)
        yield
        await _in_thread(_Way.WRITE, DbSession.commit)
    finally:
        _whole.reset(token)
        await asyncio.get_running_loop().run_in_executor(_executor(_Way.WRITE), session.close)
    await bus.announce()


def begin(session: DbSession) -> None:
    """Become the one writer: from here to its end, the transaction meets no other."""
    connection = session.held
    if connection.dialect.name == "postgresql":
        try:
            _lock(session)
        except psycopg.OperationalError:  # the server went since: a new connection is tried, once
            connection.invalidate()
            session.forget_connection()
            _lock(session)
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _lock(session: DbSession) -> None:
    """BEGIN and the lock, in one way to the server and back."""
    driver: Patient = session.driver
    driver.later(_LOCK)
    driver.send()


async def _in_thread(way: _Way, run: Callable[..., T], *args: object) -> T:
    loop, whole = asyncio.get_running_loop(), _whole.get()
    if whole is not None:
        way = _Way.WRITE
    work = partial(_as_part, whole) if whole is not None else partial(_in_session, way)
    answer: T = await loop.run_in_executor(_executor(way), copy_context().run, work, run, *args)
    if isinstance(answer, Coroutine):
        answer.close()
        raise TypeError("a query or a verb is a plain function")  # nothing of a coroutine has run
    return answer


def _in_session(way: _Way, run: Callable[..., T], *args: object) -> T:
    with _session(way) as session:
        return run(session, *args)


def _as_part(session: DbSession, run: Callable[..., T], *args: object) -> T:
    """Nothing of it stays in memory: what a later verb finds there may have been written past the session since."""
    try:
        return run(session, *args)
    finally:
        session.expunge_all()


def _answer(session: DbSession, query: Callable[..., T], *args: object) -> T:
    return query(session, *args)


def _commit(session: DbSession, verb: Callable[..., T], *args: object) -> T:
    begin(session)
    answer = verb(session, *args)
    session.commit()
    return answer


def _keep_apart(session: DbSession, verb: Callable[..., T], *args: object) -> T:
    with session.begin_nested():
        return verb(session, *args)


def _commit_aside(session: DbSession, verb: Callable[..., T], *args: object) -> T:
    connection = session.held
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    answer = verb(session, *args)
    session.commit()
    return answer


def _session(way: _Way) -> DbSession:
    return DbSession(_engine(way), expire_on_commit=False)


def _engine(way: _Way) -> Engine:
    if way not in _engines:
        import_module(_DOMAIN)
        url, connections = settings().database, _CONNECTIONS[way]
        make = make_reading_engine if way in (_Way.READ, _Way.PROBE) else make_writing_engine
        _engines[way] = make(url, connections)
    return _engines[way]


def _executor(way: _Way) -> ThreadPoolExecutor:
    if way not in _threads:
        _threads[way] = ThreadPoolExecutor(_CONNECTIONS[way], thread_name_prefix=way)
    return _threads[way]
