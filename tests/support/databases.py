"""Databases for tests: migrated once per session, then copied; SQLite by default, PostgreSQL on demand."""

import asyncio
import filecmp
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from models.identity.accounts import passwords
from models.kernel import bus, clock, engines
from models.kernel import database as database_module
from models.kernel.database import DbSession, begin, engine
from models.kernel.settings.portal import settings
from tests.support.postgres import PostgresServer, migrate_apart

both_databases = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
"""Decorates a test that must hold on both engines; the test (or a fixture of it) asks for `database`."""


@asynccontextmanager
async def transaction() -> AsyncIterator[DbSession]:
    """Verbs called one by one, where `write()` would take them whole: committed at the end, then the bus is told."""
    with DbSession(engine(writes=True), expire_on_commit=False) as db:
        begin(db)
        yield db
        db.commit()
    await bus.announce()


@asynccontextmanager
async def aside() -> AsyncIterator[DbSession]:
    """Verbs that write no fact called one by one, where `write_aside()` would take them whole."""
    with DbSession(database_module._engine(database_module._Way.ASIDE), expire_on_commit=False) as db:
        yield db
        db.commit()


@asynccontextmanager
async def reading() -> AsyncIterator[DbSession]:
    """Queries called one by one, where `read()` would take them whole."""
    with DbSession(engine(), expire_on_commit=False) as db:
        yield db


_folders: list[Path] = []
"""Where this process keeps the files to copy, once there are any."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    _folders.append(tmp_path_factory.getbasetemp())
    return empty_file(_folders[-1])


@cache
def empty_file(folder: Path) -> Path:
    """A migrated SQLite file to copy, made once in that folder."""
    path = folder / "empty.db"
    migrate_apart(f"sqlite+aiosqlite:///{path}")
    return path


@cache
def filled_file(folder: Path, write: Callable[[], Awaitable[None]], at: datetime | None = None) -> Path:
    """The same with what `write` writes, now or `at` that time; passwords in it are cheap to check."""
    path = folder / f"{write.__module__}.{write.__name__}-{f'{at:%Y%m%d%H%M%S}' if at else 'now'}.db"
    shutil.copyfile(empty_file(folder), path)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setenv("PASSAVANT_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
        patch.setenv("PASSAVANT_DATA_DIR", str(folder))
        patch.setenv("PASSAVANT_DEMO", "1")
        patch.setattr(passwords, "COST", 4)
        settings.cache_clear()
        pool.submit(lambda: asyncio.run(_whole(write, at))).result()
    settings.cache_clear()
    return path


async def begin_from(write: Callable[[], Awaitable[None]]) -> None:
    """Write that first, into the database of this test: copied, when nothing was read or written there yet."""
    file = Path(settings().database_url.partition(":///")[2])
    folder = _folders[-1] if _folders else None
    if folder and settings().database_url.startswith("sqlite") and _untouched(file, folder):
        shutil.copyfile(filled_file(folder, write, clock._fixed.get()), file)
    else:
        await write()


def _untouched(file: Path, folder: Path) -> bool:
    unread = not database_module._engines
    return unread and file.exists() and filecmp.cmp(file, empty_file(folder), shallow=False)


async def _whole(write: Callable[[], Awaitable[None]], at: datetime | None) -> None:
    with clock.fixed(at) if at else nullcontext():
        await write()
    await database_module.dispose()  # the last connection brings all into the file


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
