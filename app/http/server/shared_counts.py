"""Counts over sliding windows that all workers share, in Redis (SES-53)."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from models.kernel import clock
from models.kernel.settings.portal import settings

PAUSE = timedelta(seconds=5)
"""How long a Redis that was away is not asked again: who signs in must not wait for it each time."""
_PATIENCE = 0.5
_ENTER = """
local now, life, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest = redis.call('LINDEX', KEYS[1], 0)
while oldest and tonumber(oldest) <= now - life do
  redis.call('LPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], 0)
end
if redis.call('LLEN', KEYS[1]) >= most then
  return oldest and tonumber(oldest) + life - now or life
end
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], life)
return 0
"""
"""One script, so that nothing comes between the look and the count. Times are milliseconds."""
log = structlog.get_logger()


class Away(Exception):
    """Redis does not answer, or there is none: each worker counts for itself."""


class SharedCounts:
    """The way to Redis, made at first use; without PASSAVANT_REDIS_URL there is none."""

    def __init__(self) -> None:
        self._redis: Redis | None = None
        self._away_until: datetime | None = None

    async def enter(self, window: str, who: str, most: int, life: timedelta) -> timedelta:
        """Count one more of `who` in that window, unless `most` are there already.

        Returns:
            How long to wait until there is room; nothing when it was counted.

        Raises:
            Away: nothing was counted.
        """
        now, lasts = round(clock.now().timestamp() * 1000), round(life / timedelta(milliseconds=1))
        wait = await self._ask("EVAL", _ENTER, "1", _key(window, who), str(now), str(lasts), str(most))
        return timedelta(milliseconds=wait or 0)

    async def take_back(self, window: str, who: str) -> bool:
        """Take back the newest of `who`; False when there was none.

        Raises:
            Away: nothing was taken back.
        """
        return await self._ask("RPOP", _key(window, who)) is not None

    async def close(self) -> None:
        """Leave Redis, and ask it anew the next time."""
        if self._redis is not None:
            await self._redis.aclose()
        self._redis, self._away_until = None, None

    async def _ask(self, *words: str) -> int | None:
        url = settings().redis_url
        if not url or (self._away_until is not None and clock.now() < self._away_until):
            raise Away
        if self._redis is None:
            self._redis = _connect(url)
        ask: Any = self._redis.execute_command  # untyped there
        try:
            answer = await ask(*words)
        except (RedisError, OSError) as error:
            self._note_away(error)
            raise Away from error
        if self._away_until is not None:
            log.info("limits.shared_again")
            self._away_until = None
        return None if answer is None else int(answer)

    def _note_away(self, error: Exception) -> None:
        """Said once, not at each attempt."""
        if self._away_until is None:
            log.warning("limits.counted_apart", error=type(error).__name__)
        self._away_until = clock.now() + PAUSE


def _connect(url: str) -> Redis:
    # One more attempt at once: a connection that was idle may have been closed at the other end.
    once_more: Retry = Retry(NoBackoff(), 1)
    return Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE, retry=once_more)


def _key(window: str, who: str) -> str:
    """Without the address or network itself, which are personal data."""
    return f"passavant:limit:{window}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"


shared = SharedCounts()
"""This worker's."""
