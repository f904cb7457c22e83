"""The background task that sends what the outbox holds, in each worker: whoever comes first takes a letter."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.mail.delivery import NotDelivered, deliver
from app.mail.message import compose
from app.tasks.loop import for_ever
from models.identity.letters import actions
from models.identity.letters.kinds import letter
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.database import read
from models.kernel.outbox.queries import any_due
from models.kernel.settings.portal import settings
from models.signals.notifications.letters import NOTICES
from models.signals.notifications.preparation import letter_of

AT_ONCE = 8
"""Letters handed over at the same time: a slow answer to one does not hold the others up."""
log = structlog.get_logger()


async def send_mail() -> None:
    """Send what is due, for as long as this worker lives; what fails is tried again."""
    await for_ever(send_due)


async def send_due() -> int:
    """One round: how many letters left. A database that is away ends the round, not the task."""
    sent = 0
    try:
        while await read(lambda db: any_due(db, Email)):
            taken = await actions.take_due(AT_ONCE)
            if not taken:
                break  # another worker was quicker
            sent += sum(await asyncio.gather(*map(_send, taken)))
    except (SQLAlchemyError, OSError) as error:
        log.warning("mail.outbox_away", error=type(error).__name__)
    return sent


async def _send(taken: Email) -> bool:
    to, details = taken.to, taken.details
    if taken.kind == NOTICES:
        prepared = await read(lambda db: letter_of(db, taken))
        if prepared is None:
            await actions.settle_withheld(taken.id)
            return False
        to, details = prepared
    try:
        written = letter(taken.kind, details)
        message = compose(written, id_=taken.id, to=to, at=clock.now(), set_=settings())
    except (KeyError, ValueError) as error:
        log.exception("mail.not_written", kind=taken.kind)
        await actions.settle_failed(taken.id, f"not written: {type(error).__name__}", for_ever=True)
        return False
    try:
        await deliver(message, f"{taken.created_at:%Y%m%dT%H%M%S}_{taken.id}", settings())
    except NotDelivered as failed:
        log.warning("mail.not_delivered", kind=taken.kind, attempts=taken.attempts, given_up=failed.for_ever)
        await actions.settle_failed(
            taken.id, str(failed), for_ever=failed.for_ever, unreachable=failed.unreachable
        )
        return False
    await actions.settle_sent(taken.id)
    return True
