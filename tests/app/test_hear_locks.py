"""A worker hears from its start that locks are free (COM-31). Seen to fail with nothing done at the start."""

import asyncio
from typing import Any

from redis.asyncio import Redis
from reflex.istate.manager.redis import StateManagerRedis

from app.tasks.hear_locks import hear_locks


async def test_it_hears_before_anybody_waits(redis_url: str) -> None:
    """Fails when Reflex renames what we start, too."""
    async with Redis.from_url(redis_url) as redis:
        kind: Any = StateManagerRedis  # abstract, to the type checker alone
        # Made where no loop runs, as when the module is read.
        manager = await asyncio.to_thread(kind, redis=redis)
        assert manager._lock_task is None
        await hear_locks(manager)
        await asyncio.wait_for(manager._lock_updates_subscribed.wait(), 10)
        await manager.close()


async def test_states_in_memory_have_no_locks() -> None:
    await hear_locks(object())
