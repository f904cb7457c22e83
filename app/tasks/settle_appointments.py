"""The background task that gives back, in each worker, the places that nobody confirmed or answered in time."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.scheduling.appointments.expiry import close_unrecorded, expire

INTERVAL = 2.0
"""Seconds between two looks: how much longer than said a place may be kept."""
log = structlog.get_logger()


async def settle_appointments() -> None:
    """Give back what is due, for as long as this worker lives; what fails is tried again."""
    while True:
        await settle_once()
        await asyncio.sleep(INTERVAL)


async def settle_once() -> None:
    """One round; a database that is away ends the round, not the task."""
    try:
        await expire()
        await close_unrecorded()
    except (SQLAlchemyError, OSError) as error:
        log.warning("appointments.not_settled", error=type(error).__name__)
