"""Is it alive, is it ready: for whoever supervises the service (COM-31)."""

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.http.problems import problem
from models import bus
from models.database import reading

router = APIRouter(prefix="/health", include_in_schema=False)
log = structlog.get_logger()


@router.get("/live")
async def live() -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


@router.get("/ready")
async def ready() -> Response:
    """The database answers, and Redis when there is one; else 503 and which is away."""
    away = [
        name for name, answers in (("database", _database), ("redis", bus.reachable)) if not await answers()
    ]
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
