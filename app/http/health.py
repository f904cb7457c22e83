"""Is it alive, is it ready: for whoever supervises the service (COM-31)."""

import asyncio
import shutil
import tempfile

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.http.problems import problem
from models import bus
from models.database import reading
from models.settings import settings

router = APIRouter(prefix="/health", include_in_schema=False)
LEAST_FREE = 32 * 1024 * 1024
"""Bytes that must be free in the data folder: below, the next messages may not fit."""
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
    checks = (("database", _database), ("disk", _disk), ("redis", bus.reachable))
    away = [name for name, answers in checks if not await answers()]
    if away:
        return problem(503, "Service indisponible", "Un composant ne répond pas.", away=away)
    return JSONResponse({"status": "ready"})


async def _database() -> bool:
    try:
        async with reading() as db:
            await db.execute(text("SELECT 1 FROM alembic_version"))
    except (SQLAlchemyError, OSError) as error:
        log.warning("database.unreachable", error=type(error).__name__)
        return False
    return True


async def _disk() -> bool:
    try:
        return await asyncio.to_thread(_takes_files)
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
