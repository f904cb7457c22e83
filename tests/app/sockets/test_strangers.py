"""Closed tabs that nobody signed in behind leave little, and not for long (SES-53).

Seen to fail: without `forget`, and when a tab that is open again is forgotten all the same.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from reflex.istate.manager.redis import StateManagerRedis

from app.app import app
from app.sockets import strangers as forgetting
from app.sockets.strangers import LIFE, Strangers
from tests.state.fixtures import pipeline
from tests.state.pipeline import Pipeline

__all__ = ["pipeline"]

assert app is not None


class _Clock:
    """Seconds, as the test says."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def _connected(token: str, open_: set[str]) -> bool:
    return token in open_


def _app(manager: Any, open_: set[str] | None = None) -> Any:
    """What `Strangers` asks of the application."""
    manager_of_tokens = SimpleNamespace(is_token_connected=lambda token: _connected(token, open_ or set()))
    return SimpleNamespace(
        state_manager=manager, event_namespace=SimpleNamespace(_token_manager=manager_of_tokens)
    )


async def test_ses_53_a_closed_tab_is_forgotten_after_two_minutes(pipeline: Pipeline) -> None:
    """SES-53: its whole state; one that came back, here or in another worker, stays."""
    tabs = [pipeline.tab() for _ in range(4)]
    for tab in tabs:
        await tab.connect("/")
    gone, again, elsewhere, known = tabs
    states = pipeline.manager.states
    assert {tab.token for tab in tabs} <= set(states)
    clock = _Clock()
    strangers = Strangers(_app(pipeline.manager, {elsewhere.token}), clock)
    for tab in (gone, again, elsewhere):
        strangers.closed(tab.token)
    strangers.opened(again.token)
    clock.seconds = LIFE - 1
    await strangers.forget()
    assert gone.token in states
    clock.seconds = LIFE
    await strangers.forget()
    assert gone.token not in states
    assert {again.token, elsewhere.token, known.token} <= set(states)


async def test_of_many_closed_tabs_the_oldest_go_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: however many are opened and closed in two minutes, a worker keeps few."""
    monkeypatch.setattr(forgetting, "MOST", 3)
    dropped: list[str] = []

    async def drop(_app: Any, token: str) -> None:
        dropped.append(token)

    monkeypatch.setattr(forgetting, "_drop", drop)
    strangers = Strangers(_app(None), _Clock())
    for number in range(5):
        strangers.closed(str(number))
    await strangers.forget()
    assert dropped == ["0", "1"]


async def test_where_states_are_in_redis_they_are_forgotten_there(redis_url: str) -> None:
    """SES-53: every part of the tab's state, and nothing of another's."""
    from redis.asyncio import Redis
    from reflex.istate.manager.token import BaseStateToken
    from reflex.state import State

    redis = Redis.from_url(redis_url)
    manager = StateManagerRedis(redis=redis)  # type: ignore[abstract]
    for token in ("gone", "other"):
        async with manager.modify_state(BaseStateToken(ident=token, cls=State)) as state:
            state.is_hydrated = True
    assert await redis.keys("gone*")
    clock = _Clock()
    strangers = Strangers(_app(manager), clock)
    strangers.closed("gone")
    clock.seconds = LIFE
    await strangers.forget()
    assert await redis.keys("gone*") == []
    assert await redis.keys("other*")
    await manager.close()  # type: ignore[no-untyped-call]
    await redis.aclose()
