"""Databases for tests: migrated once per session, then copied; SQLite by default, PostgreSQL on demand."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import bus, engines
from models import database as database_module
from models.settings import settings
from tests.support.postgres import PostgresServer, migrate_apart

both_databases = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
"""Decorates a test that must hold on both engines; the test (or a fixture of it) asks for `database`."""


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
