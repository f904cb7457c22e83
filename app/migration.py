"""Bring a database to the present schema: all the steps or none, one process at a time."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from models.kernel.engines import make_short_lived_engine

_PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
_MIGRATION_LOCK = 0x9A55A7A48


async def migrate(url: str, target: str = "head") -> tuple[str, str]:
    """Upgrade or downgrade the database to `target`: head, base, or a revision such as 0001.

    Returns:
        The revisions before and after; "base" for an empty database.
    """
    async with migrating_connection(url) as connection:
        return await connection.run_sync(_move, target)


@asynccontextmanager
async def migrating_connection(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection in one transaction that no other migration can share."""
    _make_folder(url)
    engine = make_short_lived_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            yield connection
            await connection.run_sync(_check_foreign_keys)
    finally:
        await engine.dispose()


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, from pyproject.toml."""
    config = Config(toml_file=str(_PYPROJECT))
    config.attributes["connection"] = connection
    return config


def _move(connection: Connection, target: str) -> tuple[str, str]:
    config = alembic_config(connection)
    before = MigrationContext.configure(connection).get_current_revision() or "base"
    if target == "base" or (target != "head" and target < before != "base"):
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)
    return before, MigrationContext.configure(connection).get_current_revision() or "base"


def _make_folder(url: str) -> None:
    path = make_url(url).database
    if url.startswith("sqlite") and path:
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_uid == os.getuid():
            # One that an earlier version left readable; SQLite gives its other files the same mode.
            file.chmod(0o600)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: SQLite then undoes a half-made migration
    cursor = connection.cursor()
    # A batch migration rebuilds a table: with the keys on, dropping the old one would delete what refers to
    # it. They are checked as a whole at the end instead.
    for pragma in ("foreign_keys=OFF", "journal_mode=WAL", "busy_timeout=20000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"the migration left a row of {broken[0]} that refers to nothing")
