"""The background task that learns how long steps take, in each worker: whoever comes first does it (SES-03)."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.border.expectations.actions import learn

INTERVAL = timedelta(minutes=10)
"""Between two looks: how late what was learnt may be."""
log = structlog.get_logger()


async def learn_times() -> None:
    """Learn for as long as this worker lives; what fails is tried again."""
    while True:
        await learn_once()
        await asyncio.sleep(INTERVAL.total_seconds())


async def learn_once() -> None:
    """One round; a database that is away ends the round, not the task."""
    try:
        await learn(older_than=INTERVAL / 2)
    except SQLAlchemyError as error:
        log.warning("expectations.not_learnt", error=type(error).__name__)
