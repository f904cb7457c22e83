"""The word that something was committed. It carries no fact: the journal does.

Listeners wake up and read the journal after the last entry they saw. A word lost costs a fraction of a
second, never a fact: listeners also look by themselves now and then.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from models.kernel.settings.portal import settings

_CHANNEL = "passavant:journal"
_listeners: set[asyncio.Event] = set()
_redis: Redis | None = None
log = structlog.get_logger()


def _client() -> Redis | None:
    global _redis
    if _redis is None and settings().redis_url:
        _redis = Redis.from_url(settings().redis_url, socket_timeout=2)
    return _redis


async def dispose() -> None:
    """Close the connection to Redis: it belongs to the event loop that opened it, and another one may follow."""
    global _redis
    client, _redis = _redis, None
    if client is not None:
        await client.aclose()


async def announce() -> None:
    """Wake every listener of this process and, through Redis when there is one, of the others."""
    wake()
    client = _client()
    if client is not None:
        try:
            await client.publish(_CHANNEL, b"")
        except RedisError as error:
            # The fact is committed: the other processes will find it at their next look.
            log.warning("bus.unreachable", error=type(error).__name__)


async def reachable() -> bool:
    """Whether Redis answers; True where there is none to ask."""
    client = _client()
    try:
        return client is None or await _answers(client)
    except (RedisError, OSError):
        return False


async def _answers(client: Redis) -> bool:
    reply: Any = client.ping()  # typed as if it could also be a plain bool
    return bool(await reply)


def wake() -> None:
    """Wake the listeners of this process."""
    for listener in _listeners:
        listener.set()


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[asyncio.Event]:
    """An event that is set whenever something was committed; the listener clears it."""
    listener = asyncio.Event()
    _listeners.add(listener)
    try:
        yield listener
    finally:
        _listeners.discard(listener)


async def relay() -> None:
    """Pass on what other processes announce through Redis, for ever. Returns at once without Redis."""
    client = _client()
    while client is not None:
        try:
            async with client.pubsub() as channel:
                await channel.subscribe(_CHANNEL)
                while True:
                    await channel.get_message(ignore_subscribe_messages=True, timeout=1.0)
                    wake()
        except RedisError as error:
            log.warning("bus.unreachable", error=type(error).__name__)
            await asyncio.sleep(1)
