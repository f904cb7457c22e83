"""One database, two ways in: `read()` for queries, `write()` for a verb; each whole, in a thread.

`reading()` and `transaction()` are the same for who must wait for something else between two queries.

There is one writer at a time, on both engines (docs/decisions/0003): SQLite by nature, PostgreSQL by an
advisory lock held until the commit. The journal's order is therefore the order of the commits, and a verb
never meets another half-way.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar, copy_context
from functools import cached_property, partial
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from models.kernel import bus
from models.kernel.engines import READERS, make_engine, make_reading_engine, make_writing_engine
from models.kernel.settings.portal import settings
from models.kernel.threads import close_all

_WRITER_LOCK = 0x9A55A7A47
_DOMAIN = "models.assembly"
"""What must be there before the first query, by its name alone: nothing here knows who stands on it."""
_LOCK = text(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

T = TypeVar("T")
Verb = Callable[[AsyncSession], Awaitable[T]]

_engine: AsyncEngine | None = None
_direct: dict[bool, Engine] = {}
"""Over drivers that answer at once: one that writes, one that only reads."""
_threads: dict[bool, ThreadPoolExecutor] = {}
"""Where they are used: the writer, and the readers."""
_whole: ContextVar["AtOnce | None"] = ContextVar("whole", default=None)
"""The session of the `one_transaction()` that is open here, if one is."""


def engine() -> AsyncEngine:
    """This process's engine, made at first use."""
    global _engine
    if _engine is None:
        import_module(_DOMAIN)
        _engine = make_engine(settings().database)
    return _engine


async def dispose() -> None:
    """Close every connection: at the end of a command, and between tests.

    Their threads end too: a server that forks afterwards would leave its child waiting for them for ever.
    """
    global _engine
    for executor in _threads.values():
        executor.shutdown()
    _threads.clear()
    close_all()
    if _engine is not None:
        await _engine.dispose()
        _engine = None
    for made in _direct.values():
        made.dispose()
    _direct.clear()


@asynccontextmanager
async def reading() -> AsyncIterator[AsyncSession]:
    """A session for queries; nothing it does is kept."""
    async with AsyncSession(engine(), expire_on_commit=False) as session:
        yield session


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    """A session for one verb: commits at the end of the block, then tells the bus; rolls back on error.

    Raises:
        RuntimeError: inside `one_transaction()`, which it would wait for.
    """
    if _whole.get() is not None:
        raise RuntimeError("a verb of one_transaction() goes through write()")
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

    async def execute(self, statement: Any, params: Any = None, **kwargs: Any) -> Any:
        """As any session does."""
        return self.sync_session.execute(statement, params, **kwargs)


async def read(query: Verb[T]) -> T:
    """`reading()` for a query that awaits nothing but its session: the same, in one thread, and much faster.

    The session is the usual one over a driver that answers at once, on a connection that cannot write
    (docs/decisions/0012).

    Raises:
        RuntimeError: when the query waited for something else.
        DBAPIError: when it would write.
    """
    return await _in_thread(partial(_answer, query), writes=False)


async def write(verb: Verb[T]) -> T:
    """`transaction()` for a verb that awaits nothing but its session: the same, in one thread, and ten times faster.

    The session is the usual one over a driver that answers at once: the verb runs from its beginning to its
    commit without the event loop, which is told only at the end (docs/decisions/0012).

    Raises:
        RuntimeError: when the verb waited for something else; nothing is kept.
    """
    if _whole.get() is not None:
        return await _in_thread(partial(_keep_apart, verb), writes=True)
    done = await _in_thread(partial(_commit, verb), writes=True)
    await bus.announce()
    return done


@asynccontextmanager
async def one_transaction() -> AsyncIterator[None]:
    """Make of all that `write()` does in the block one transaction: all of it is kept at the end, or nothing.

    Each verb is still whole: one that raises leaves nothing. What `read()` asks in the block sees what was written.
    Nobody else writes meanwhile: it is for a command that fills a database, not for a portal at work.
    """
    session = AtOnce(_direct_engine(writes=True))
    token = _whole.set(session)
    try:
        await _in_thread(_begin, writes=True)
        yield
        await _in_thread(_commit_whole, writes=True)
    finally:
        _whole.reset(token)
        await asyncio.get_running_loop().run_in_executor(
            _direct_threads(writes=True), session.sync_session.close
        )
    await bus.announce()


Run = Callable[[AtOnce], Coroutine[Any, Any, T]]


async def _in_thread(run: Run[T], *, writes: bool) -> T:
    loop, whole = asyncio.get_running_loop(), _whole.get()
    if whole is not None:
        threads = _direct_threads(writes=True)
        return await loop.run_in_executor(threads, copy_context().run, _as_part, whole, run)
    threads, bind = _direct_threads(writes=writes), _direct_engine(writes=writes)
    return await loop.run_in_executor(threads, copy_context().run, _in_session, bind, run)


def _in_session(bind: Engine, run: Run[T]) -> T:
    session = AtOnce(bind)
    try:
        return _to_its_end(session, run)
    finally:
        session.sync_session.close()


def _as_part(session: AtOnce, run: Run[T]) -> T:
    """Nothing of it stays in memory: what a later verb finds there may have been written past the session since."""
    try:
        return _to_its_end(session, run)
    finally:
        session.sync_session.expunge_all()


def _to_its_end(session: AtOnce, run: Run[T]) -> T:
    running = run(session)
    try:
        running.send(None)
    except StopIteration as end:
        done: T = end.value
        return done
    finally:
        running.close()
    raise RuntimeError("it waited for something else than its database")


async def _answer(query: Verb[T], session: AtOnce) -> T:
    return await query(session)


async def _commit(verb: Verb[T], session: AtOnce) -> T:
    await _begin(session)
    done = await verb(session)
    session.sync_session.commit()
    return done


async def _begin(session: AtOnce) -> None:
    if session.held.dialect.name == "postgresql":
        session.held.execute(_LOCK)
    else:
        session.held.exec_driver_sql("BEGIN IMMEDIATE")


async def _keep_apart(verb: Verb[T], session: AtOnce) -> T:
    with session.sync_session.begin_nested():
        return await verb(session)


async def _commit_whole(session: AtOnce) -> None:
    session.sync_session.commit()


def _direct_engine(*, writes: bool) -> Engine:
    if writes not in _direct:
        import_module(_DOMAIN)
        make = make_writing_engine if writes else make_reading_engine
        _direct[writes] = make(settings().database)
    return _direct[writes]


def _direct_threads(*, writes: bool) -> ThreadPoolExecutor:
    if writes not in _threads:
        number, name = (1, "writer") if writes else (READERS, "reader")
        _threads[writes] = ThreadPoolExecutor(number, thread_name_prefix=name)
    return _threads[writes]
