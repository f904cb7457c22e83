"""What runs beside the pages: in each worker that serves, or in a program of its own (`passavant worker`).

Each task may run in several processes at once: whoever comes first does the work, and the database says who did.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from app.tasks.examine_attachments import examine_attachments, keep_attachments
from app.tasks.finish_documents import finish_documents
from app.tasks.learn_times import learn_times
from app.tasks.relay_notices import relay_notices
from app.tasks.seal_journal import seal_journal
from app.tasks.send_anchors import send_anchors
from app.tasks.send_mail import send_mail
from app.tasks.send_push import send_push
from app.tasks.settle_appointments import settle_appointments
from app.tasks.watch_alerts import watch_alerts
from models.kernel import bus

BACKGROUND: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = (
    seal_journal,
    finish_documents,
    send_anchors,
    settle_appointments,
    relay_notices,
    send_mail,
    send_push,
    watch_alerts,
    learn_times,
    examine_attachments,
    keep_attachments,
)
"""None of them needs an open page."""


async def run_apart() -> None:
    """All of them, and the word of what other processes commit, until it is cancelled."""
    async with asyncio.TaskGroup() as group:
        for task in (bus.relay, *BACKGROUND):
            group.create_task(task(), name=task.__name__)
