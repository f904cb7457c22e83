"""Counted together by all workers, through Redis; apart while it is away (SES-53).

Seen to fail: with windows that count in memory alone, with a script that never empties the window, and with a refusal
that counts.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.http.server import limits
from app.http.server.limits import FAILURES, WINDOW, Window, failures
from app.http.server.problems import Problem
from app.http.server.shared_counts import PAUSE, SharedCounts
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests.support.accounts import NOW


def _window(name: str = "failures") -> Window:
    """What another worker has: the same name, a memory of its own."""
    return Window(name, lambda: FAILURES, WINDOW, failures.refused)


async def _set_redis(monkeypatch: pytest.MonkeyPatch, url: str) -> AsyncIterator[SharedCounts]:
    monkeypatch.setenv("PASSAVANT_REDIS_URL", url)
    settings.cache_clear()
    ours = SharedCounts()
    monkeypatch.setattr(limits, "shared", ours)
    yield ours
    await ours.close()
    settings.cache_clear()


@pytest.fixture
async def shared(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SharedCounts]:
    """Windows count in that Redis."""
    async for one in _set_redis(monkeypatch, redis_url):
        yield one


@pytest.fixture
async def away(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SharedCounts]:
    """A Redis is set, and nobody answers there."""
    async for one in _set_redis(monkeypatch, "redis://127.0.0.1:1"):
        yield one


async def _refused(window: Window, who: str) -> str:
    with pytest.raises(Problem) as refusal:
        await window.enter(who)
    assert refusal.value.status == 429
    return str((refusal.value.headers or {})["Retry-After"])


@pytest.mark.usefixtures("shared")
async def test_ses_53_two_workers_count_together() -> None:
    """SES-53: thirty in ten minutes, whichever worker answers; another network and another window are apart."""
    one, two = _window(), _window()
    with clock.fixed(NOW):
        for window in (one, two) * (FAILURES // 2):
            await window.enter("192.0.2.1")
    with clock.fixed(NOW + WINDOW / 2):
        for window in (one, two):
            assert await _refused(window, "192.0.2.1") == "300"
        await one.enter("192.0.2.2")
        await _window("notices").enter("192.0.2.1")
    assert not one._tries
    assert not two._tries


@pytest.mark.usefixtures("shared")
async def test_ses_53_the_shared_window_slides() -> None:
    """SES-53: one more each time that the oldest leaves the window, and what was refused did not count."""
    one, two = _window(), _window()
    with clock.fixed(NOW):
        await one.enter("a")
    with clock.fixed(NOW + WINDOW / 2):
        for _ in range(FAILURES - 1):
            await two.enter("a")
        for _ in range(3):
            await _refused(one, "a")
    with clock.fixed(NOW + WINDOW):
        await one.enter("a")
        assert await _refused(two, "a") == "300"


@pytest.mark.usefixtures("shared")
async def test_ses_53_many_at_once_do_not_slip_through() -> None:
    """SES-53: of 80 that come together to two workers, thirty are let in."""
    one, two = _window(), _window()
    with clock.fixed(NOW):
        came = await asyncio.gather(
            *(window.enter("a") for window in (one, two) * 40), return_exceptions=True
        )
    assert sum(outcome is None for outcome in came) == FAILURES
    assert all(outcome is None or isinstance(outcome, Problem) for outcome in came)


@pytest.mark.usefixtures("shared")
async def test_ses_53_what_one_worker_counted_another_forgives() -> None:
    one, two = _window(), _window()
    with clock.fixed(NOW):
        for _ in range(FAILURES):
            await one.enter("a")
        await two.forgive("a")
        await two.enter("a")
        await _refused(one, "a")
        await two.forgive("nobody")


async def test_redis_keeps_neither_addresses_nor_what_is_over(shared: SharedCounts, redis_url: str) -> None:
    """Whom it counts cannot be read there, and each count goes with its window."""
    await _window().enter("lise.marchand@kerdrel.example")
    async with Redis.from_url(redis_url) as redis:
        keys = [key.decode() for key in await redis.keys("*")]
        assert len(keys) == 1
        assert "lise" not in keys[0]
        assert 0 < await redis.pttl(keys[0]) <= WINDOW.total_seconds() * 1000
    assert shared._redis is not None


@pytest.mark.usefixtures("away")
async def test_ses_53_while_redis_is_away_each_worker_counts_for_itself() -> None:
    """SES-53: nobody is kept out by that, the limit holds in each worker, and the log says so once."""
    one, two = _window(), _window()
    with capture_logs() as said, clock.fixed(NOW):
        for _ in range(FAILURES):
            await one.enter("a")
        await _refused(one, "a")
        await two.enter("a")
        await one.forgive("a")
        await one.enter("a")
    with capture_logs() as later, clock.fixed(NOW + PAUSE):
        await two.enter("a")
    assert [entry["event"] for entry in said] == ["limits.counted_apart"]
    assert later == []


async def test_a_redis_that_is_back_is_shared_again(
    away: SharedCounts, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a pause: until then nobody waits for it."""
    window = _window()
    with clock.fixed(NOW):
        await window.enter("a")
        monkeypatch.setenv("PASSAVANT_REDIS_URL", redis_url)
        settings.cache_clear()
        if away._redis is not None:
            await away._redis.aclose()
            away._redis = None
        await window.enter("a")
        assert len(window._tries["a"]) == 2
    with capture_logs() as said, clock.fixed(NOW + PAUSE):
        await window.enter("a")
        assert len(window._tries["a"]) == 2
    assert [entry["event"] for entry in said] == ["limits.shared_again"]
