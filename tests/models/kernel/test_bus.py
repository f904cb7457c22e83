"""SES-01: the word that something was committed reaches every listener, in this process and in the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as Unreachable

from models.kernel import bus
from models.kernel.settings.portal import settings


@asynccontextmanager
async def _relaying() -> AsyncIterator[None]:
    task = asyncio.create_task(bus.relay())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def redis(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Redis]:
    """Another process's way to the same Redis; ours is set to it."""
    monkeypatch.setenv("PASSAVANT_REDIS_URL", redis_url)
    settings.cache_clear()
    monkeypatch.setattr(bus, "_redis", None)
    other = Redis.from_url(redis_url)
    yield other
    await other.aclose()
    ours = bus._redis
    if ours is not None:
        await ours.aclose()
    settings.cache_clear()


async def test_ses_01_every_listener_is_woken_and_none_once_it_left() -> None:
    """SES-01"""
    async with bus.listening() as first:
        async with bus.listening() as second:
            await bus.announce()
            assert (first.is_set(), second.is_set()) == (True, True)
        first.clear()
        second.clear()
        bus.wake()
        assert (first.is_set(), second.is_set()) == (True, False)
    assert not bus._listeners


async def test_ses_01_a_listener_that_fails_is_forgotten() -> None:
    """SES-01"""
    with suppress(RuntimeError):
        async with bus.listening():
            raise RuntimeError
    assert not bus._listeners


async def test_without_redis_there_is_nothing_to_relay_nor_to_reach() -> None:
    await asyncio.wait_for(bus.relay(), 1)
    assert await bus.reachable()


async def test_ses_01_what_another_process_announces_wakes_ours(redis: Redis) -> None:
    """SES-01: through Redis; fails when relay() forgets to wake, or only wakes now and then (each second)."""
    async with bus.listening() as told, _relaying():
        for _ in range(10_000):  # until the relay has subscribed, nobody hears
            if await redis.publish(bus._CHANNEL, b""):
                break
        await asyncio.wait_for(told.wait(), 0.8)


async def test_ses_01_what_we_announce_reaches_the_others(redis: Redis) -> None:
    """SES-01: the word carries no fact."""
    async with redis.pubsub() as channel:
        await channel.subscribe(bus._CHANNEL)
        await channel.get_message(timeout=2)
        await bus.announce()
        heard = await channel.get_message(timeout=2)
    assert heard is not None
    assert heard["data"] == b""
    assert await bus.reachable()


@pytest.mark.usefixtures("redis")
async def test_ses_01_a_redis_that_is_away_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-01: the fact is committed; this process's screens are woken all the same."""
    away = Redis.from_url("redis://127.0.0.1:1", socket_timeout=1)
    monkeypatch.setattr(bus, "_redis", away)
    async with bus.listening() as told:
        await bus.announce()
        assert told.is_set()
    assert not await bus.reachable()
    with pytest.raises(Unreachable):
        await bus._answers(away)
    await away.aclose()
