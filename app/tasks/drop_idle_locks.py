"""Forgets what Reflex 0.10.1 keeps of each tab that ever was: a lock of the worker's memory, with states in Redis."""

import asyncio
from collections.abc import Collection, MutableMapping
from typing import Any

from reflex.istate.manager.redis import StateManagerRedis

INTERVAL = 60.0
"""Seconds between two looks."""


async def drop_idle_locks(manager: Any) -> None:
    """For as long as this worker lives; returns at once where states are in this very memory."""
    while isinstance(manager, StateManagerRedis):
        await asyncio.sleep(INTERVAL)
        used = manager._local_leases.keys() | manager._cached_states.keys()
        drop_unused(manager._cached_states_locks, used)


def drop_unused(locks: MutableMapping[str, asyncio.Lock], used: Collection[str]) -> None:
    """Drop the locks that nobody holds or waits for, but those of states that are `used` here.

    Whoever comes later makes another one.
    """
    for key, lock in list(locks.items()):
        if key not in used and not lock.locked() and not getattr(lock, "_waiters", None):
            del locks[key]
