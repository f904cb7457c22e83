"""How fast something may come: evenly, with a burst after a quiet while."""

import asyncio
import time
from collections.abc import Callable

_MINUTE = 60.0


class Pace:
    """So many a minute, evenly, and `burst` at once.

    Args:
        most: how many a minute.
        burst: how many at once, after a quiet while.
        now: seconds of a clock that never goes back.
    """

    def __init__(self, most: int, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._each, self._burst, self._now = _MINUTE / most, burst, now
        self._next = now() - self._each * (burst - 1)
        """When the next one may come; in the past by what is saved up."""

    @property
    def has_room(self) -> bool:
        """Whether the next one need not wait."""
        return self._next <= self._now()

    @property
    def due(self) -> float:
        """In how many seconds the next one may come."""
        return max(0.0, self._next - self._now())

    @property
    def rested(self) -> bool:
        """Whether the whole burst is saved up: as new."""
        return self._next <= self._now() - self._each * (self._burst - 1)

    def wait(self) -> float:
        """Count one more: the seconds that it must wait."""
        now = self._now()
        due = max(self._next, now - self._each * (self._burst - 1))
        self._next = due + self._each
        return max(0.0, due - now)

    async def keep(self) -> None:
        """Count one more, and wait for its turn."""
        wait = self.wait()
        if wait:
            await asyncio.sleep(wait)
