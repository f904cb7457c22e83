"""Is it alive, is it ready: for whoever supervises the service (COM-31)."""

import asyncio
import shutil
import tempfile

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.http.server.problems import problem
from models.kernel import bus, threads
from models.kernel.database import probe
from models.kernel.settings.portal import settings

router = APIRouter(prefix="/health", include_in_schema=False)
LEAST_FREE = 32 * 1024 * 1024
"""Bytes that must be free in the data folder: below, the next messages may not fit."""
_PATIENCE = 5.0
"""Seconds for the database to answer."""
log = structlog.get_logger()


@router.get("/live")
async def live() -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


@router.get("/ready")
async def ready() -> Response:
    """The database answers, the data folder takes files, Redis answers when there is one.

    Else 503 and which are away: database, disk, redis.
    """
    away = await _check.together()
    if away:
        return problem(503, "Service indisponible", "Un composant ne répond pas.", away=away)
    return JSONResponse({"status": "ready"})


class _Check:
    """One look at everything, for all who ask while it goes on: asking costs the same however many ask."""

    def __init__(self) -> None:
        self._going_on: asyncio.Task[list[str]] | None = None

    async def together(self) -> list[str]:
        """What is away."""
        if self._going_on is None:
            self._going_on = asyncio.create_task(self._look())
        return await asyncio.shield(self._going_on)  # who goes away takes it from nobody else

    async def _look(self) -> list[str]:
        checks = (("database", _database), ("disk", _disk), ("redis", bus.reachable))
        try:
            return [name for name, answers in checks if not await answers()]
        finally:
            self._going_on = None


_check = _Check()


async def _database() -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            await probe(lambda db: db.execute(text("SELECT 1 FROM alembic_version")))
    except (SQLAlchemyError, OSError) as error:  # TimeoutError is one
        log.warning("database.unreachable", error=type(error).__name__)
        return False
    return True


async def _disk() -> bool:
    try:
        return await threads.health.run(_takes_files)
    except OSError as error:
        log.warning("disk.unusable", error=type(error).__name__)
        return False


def _takes_files() -> bool:
    """The seals' anchors are written there, as is SQLite's file unless it was put elsewhere."""
    folder = settings().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"0" * 4096)
        file.flush()
    return shutil.disk_usage(folder).free >= LEAST_FREE
