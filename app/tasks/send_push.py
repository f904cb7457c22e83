"""The background task that sends web push messages, in each worker: whoever comes first takes one."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.push.delivery import NotPushed, deliver
from app.tasks.loop import for_ever
from models.kernel.database import read
from models.kernel.outbox.queries import any_due
from models.signals.notifications import subscriptions
from models.signals.notifications.preparation import push_of
from models.signals.notifications.tables import PushMessage

AT_ONCE = 8
log = structlog.get_logger()


async def send_push() -> None:
    """Send what is due, for as long as this worker lives; what fails is tried again."""
    await for_ever(push_due)


async def push_due() -> int:
    """One round: how many messages left. A database that is away ends the round, not the task."""
    sent = 0
    try:
        while await read(lambda db: any_due(db, PushMessage)):
            taken = await subscriptions.take_due_pushes(AT_ONCE)
            if not taken:
                break  # another worker was quicker
            sent += sum(await asyncio.gather(*map(_send, taken)))
    except (SQLAlchemyError, OSError) as error:
        log.warning("push.outbox_away", error=type(error).__name__)
    return sent


async def _send(taken: PushMessage) -> bool:
    push = await read(lambda db: push_of(db, taken))
    if push is None:
        await subscriptions.settle_push_withheld(taken.id)
        return False
    try:
        await deliver(push)
    except NotPushed as failed:
        log.warning("push.not_delivered", attempts=taken.attempts, gone=failed.gone, given_up=failed.for_ever)
        if failed.gone:
            await subscriptions.forget_device(taken.id)
        else:
            await subscriptions.settle_push_failed(taken.id, str(failed), for_ever=failed.for_ever)
        return False
    await subscriptions.settle_pushed(taken.id)
    return True
