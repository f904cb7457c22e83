"""Fixtures: the demonstration’s people in front of the real pipeline. For tests/state and tests/attacks."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models import database as database_module
from models.accounts import passwords
from models.settings import settings
from tests.state.pipeline import Pipeline, running
from tests.state.world import World, fill, world_of
from tests.support.postgres import migrate_apart


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Instead of an empty database: the demonstration's people and the dossiers, written once."""
    folder = tmp_path_factory.mktemp("world")
    path = folder / "passavant.db"
    url = f"sqlite+aiosqlite:///{path}"
    migrate_apart(url)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setenv("PASSAVANT_DATABASE_URL", url)
        patch.setenv("PASSAVANT_DATA_DIR", str(folder))
        patch.setenv("PASSAVANT_DEMO", "1")
        patch.setattr(passwords, "COST", 4)
        settings.cache_clear()
        pool.submit(lambda: asyncio.run(_write())).result()
    settings.cache_clear()
    whole = folder / "whole.db"
    shutil.copyfile(path, whole)
    return whole


async def _write() -> None:
    await fill()
    async with database_module.engine().connect() as connection:
        await connection.exec_driver_sql("COMMIT")
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await database_module.dispose()


@pytest.fixture
async def pipeline(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pipeline]:  # noqa: ARG001
    """The event pipeline over a fresh copy of the world."""
    async with running(monkeypatch) as made:
        yield made


@pytest.fixture
async def world(pipeline: Pipeline) -> World:
    """The demonstration's people, and one consignment for each company and post that matters."""
    return await world_of(pipeline)
