"""What a worker keeps of closed tabs: nothing (SES-01). Seen to fail when who waits is not looked at."""

import asyncio
from typing import Any

import pytest
from redis.asyncio import Redis
from reflex.istate.manager.redis import StateManagerRedis

from app.tasks import drop_idle_locks
from app.tasks.drop_idle_locks import drop_unused


async def test_a_lock_goes_unless_it_is_used_held_or_waited_for() -> None:
    locks = {name: asyncio.Lock() for name in ("closed", "used", "held", "waited")}
    await locks["held"].acquire()
    await locks["waited"].acquire()
    waiting = asyncio.create_task(locks["waited"].acquire())
    await asyncio.sleep(0)
    locks["waited"].release()  # free for a moment, until who waits is given its turn
    assert not locks["waited"].locked()
    drop_unused(locks, {"used"})
    assert set(locks) == {"used", "held", "waited"}
    await waiting


async def test_reflex_still_keeps_them_where_we_look(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when Reflex renames what we clean."""
    async with Redis.from_url(redis_url) as redis:
        kind: Any = StateManagerRedis  # abstract, to the type checker alone
        manager = kind(redis=redis)
        manager._cached_states_locks["closed"] = asyncio.Lock()
        monkeypatch.setattr(drop_idle_locks, "INTERVAL", 0)
        task = asyncio.create_task(drop_idle_locks.drop_idle_locks(manager))
        for _ in range(10):
            await asyncio.sleep(0)
        assert manager._cached_states_locks == {}
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_states_in_memory_have_none() -> None:
    await asyncio.wait_for(drop_idle_locks.drop_idle_locks(object()), 1)
