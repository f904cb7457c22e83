"""SQLite without a thread of its own, for a command that does nothing else meanwhile.

aiosqlite hands each call to another thread: some 200 crossings a message, two thirds of the time that taking
it in costs. A server must not wait for the disk in its loop; a command that fills a database may.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite
from sqlalchemy import event

from models import database


def use_one_thread() -> None:
    """Make the connections that this process opens from now on run their statements where they are called.

    Of no effect on PostgreSQL.
    """
    engine = database.engine().sync_engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _ask_for_ours)


def _ask_for_ours(_dialect: Any, _record: Any, _arguments: Any, named: dict[str, Any]) -> None:
    named["async_creator_fn"] = _connect


def _connect(path: str, **named: Any) -> aiosqlite.Connection:
    named["check_same_thread"] = False  # the worker of aiosqlite opens and closes it
    connection = _Inline(lambda: sqlite3.connect(path, **named), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection


class _Inline(aiosqlite.Connection):
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)
