"""The background task that takes the newest anchor out of this machine, in each worker: whoever comes first does it.

It reads the anchor file, and the database only for a time stamp. What fails is logged, and tried again a minute later.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.anchoring import authority, letter, sent, syslog
from app.anchoring.failures import NotSent
from models.journal.sealing import anchors
from models.journal.sealing.anchors import Anchor
from models.kernel.settings.portal import Settings, settings

INTERVAL = 5.0
"""Seconds between two looks."""
Send = Callable[[Anchor], Awaitable[None]]
log = structlog.get_logger()


async def send_anchors() -> None:
    """Send for as long as this worker lives; nothing at all where no way is set."""
    while ways(settings()):
        await send_once()
        await asyncio.sleep(INTERVAL)


async def send_once() -> None:
    """One round: the newest anchor, each way that is due."""
    try:
        anchor = anchors.newest()
        if anchor:
            for way, (every, send) in ways(settings()).items():
                if sent.take(way, anchor, every):
                    await _send(way, anchor, send)
    except OSError as error:
        log.warning("journal.anchor_not_sent", error=type(error).__name__)


def ways(set_: Settings) -> dict[str, tuple[timedelta, Send]]:
    """The ways out that are set: how much time must pass between two, and what sends."""
    server, seldom = set_.anchor.syslog_server, timedelta(minutes=set_.anchor.minutes)
    by_way: dict[str, tuple[timedelta, Send]] = {}
    if server:
        by_way["syslog"] = timedelta(), lambda anchor: syslog.send(anchor, server)
    if set_.anchor.mail:
        by_way["mail"] = seldom, lambda anchor: letter.send(anchor, set_)
    if set_.anchor.tsa_url:
        by_way["tsa"] = seldom, lambda anchor: authority.send(anchor, set_.anchor)
    return by_way


async def _send(way: str, anchor: Anchor, send: Send) -> None:
    try:
        await send(anchor)
    except (NotSent, SQLAlchemyError, OSError, ValueError) as error:
        reason = str(error) if isinstance(error, NotSent) else type(error).__name__
        log.warning("journal.anchor_not_sent", by=way, batch=anchor.batch, error=reason)
        return
    sent.settle(way, anchor)
