"""The background task that sends what the outbox holds, in each worker: whoever comes first takes a letter."""

import asyncio
import contextlib

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.mail.delivery import NotDelivered, deliver
from app.mail.message import compose
from models import bus, clock
from models.database import reading
from models.notifications import actions
from models.notifications.letters import letter
from models.notifications.queries import any_due
from models.notifications.tables import Email
from models.settings import settings

LOOK_EVERY = 5.0
"""Seconds between two looks when nobody says that something was written."""
_PAUSE = 0.2
"""Seconds between two looks when much is written: the bus speaks of every fact, few of which are letters."""
log = structlog.get_logger()


async def send_mail() -> None:
    """Send what is due, for as long as this worker lives; what fails is tried again."""
    async with bus.listening() as word:
        while True:
            await send_due()
            await asyncio.sleep(_PAUSE)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(word.wait(), LOOK_EVERY)
            word.clear()


async def send_due() -> int:
    """One round: how many letters left. A database that is away ends the round, not the task."""
    sent = 0
    try:
        while await _any_due():
            taken = await actions.take_due()
            if taken is None:
                break  # another worker was quicker
            sent += await _send(taken)
    except (SQLAlchemyError, OSError) as error:
        log.warning("mail.outbox_away", error=type(error).__name__)
    return sent


async def _any_due() -> bool:
    async with reading() as db:
        return await any_due(db)


async def _send(taken: Email) -> bool:
    try:
        written = letter(taken.kind, taken.details)
        message = compose(written, id_=taken.id, to=taken.to, at=clock.now(), set_=settings())
    except (KeyError, ValueError) as error:
        log.exception("mail.not_written", kind=taken.kind)
        await actions.settle_failed(taken.id, f"not written: {type(error).__name__}", for_ever=True)
        return False
    try:
        await deliver(message, f"{taken.created_at:%Y%m%dT%H%M%S}_{taken.id}", settings())
    except NotDelivered as failed:
        log.warning("mail.not_delivered", kind=taken.kind, attempts=taken.attempts, given_up=failed.for_ever)
        await actions.settle_failed(taken.id, str(failed), for_ever=failed.for_ever)
        return False
    await actions.settle_sent(taken.id)
    return True
