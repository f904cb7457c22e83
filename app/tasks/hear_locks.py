"""Hears from the start that a page's state is free, where states are in Redis.

Reflex 0.10.1 subscribes to that word at the first lock that it has to wait for, and gives up waiting for the subscription
after two seconds. A worker that has just started, on a machine that has much to do, may take longer: it then misses the
word, and the page stays empty until the lock lapses, ten seconds later.
"""

from typing import Any

from reflex.istate.manager.redis import StateManagerRedis


async def hear_locks(manager: Any) -> None:
    """Once, when the worker starts; returns at once where states are in this very memory."""
    if isinstance(manager, StateManagerRedis):
        manager._ensure_lock_task()
