"""Forgets the tabs of who never signed in: two minutes after they are closed, and sooner when there are many.

Reflex keeps the state of each tab for an hour after its last event: about 60 kB, for whoever opens a websocket.
"""

import asyncio
import time
from collections.abc import Callable

import structlog
from reflex.app import App
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.redis import StateManagerRedis
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState, State

LIFE = 120.0
"""Seconds for which a closed tab may be opened again as it was."""
MOST = 500
"""Closed tabs that one worker keeps meanwhile: of more, the oldest go."""
INTERVAL = 5.0
log = structlog.get_logger()


class Strangers:
    """The closed tabs of this worker that nobody signed in behind, oldest first."""

    def __init__(self, app: App, now: Callable[[], float] = time.monotonic) -> None:
        self._app, self._now = app, now
        self._closed: dict[str, float] = {}

    def opened(self, token: str) -> None:
        """The tab is there again."""
        self._closed.pop(token, None)

    def closed(self, token: str) -> None:
        """The tab is gone, for now."""
        self._closed.pop(token, None)
        self._closed[token] = self._now() + LIFE

    async def forget(self) -> None:
        """Forget those whose time has come, and the oldest of too many."""
        now, kept = self._now(), len(self._closed)
        due = [
            token
            for number, (token, until) in enumerate(self._closed.items())
            if until <= now or number < kept - MOST
        ]
        for token in due:
            del self._closed[token]
            await _drop(self._app, token)

    async def run(self) -> None:
        """For as long as this worker lives."""
        while True:
            await asyncio.sleep(INTERVAL)
            try:
                await self.forget()
            except Exception:
                # Redis may be away: what it keeps ends by itself after an hour.
                log.exception("strangers.not_forgotten")


async def _drop(app: App, token: str) -> None:
    """The state of that tab, unless it is open somewhere: in another worker, perhaps."""
    namespace, manager = app.event_namespace, app.state_manager
    if namespace is None or await namespace._token_manager.is_token_connected(token):
        return
    if isinstance(manager, StateManagerMemory):
        _drop_here(manager, BaseStateToken(ident=token, cls=State))
    elif isinstance(manager, StateManagerRedis):
        await _drop_from_redis(manager, token)


def _drop_here(manager: StateManagerMemory, token: BaseStateToken) -> None:
    lock = manager._states_locks.get(token.lock_key)
    if lock is None or not lock.locked():
        manager._purge_token(token)


async def _drop_from_redis(manager: StateManagerRedis, token: str) -> None:
    keys = [BaseStateToken(ident=token, cls=each)._state_key(each) for each in _all_states(State)]
    await manager.redis.unlink(*keys)


def _all_states(state: type[BaseState]) -> list[type[BaseState]]:
    return [state, *(each for sub in state.get_substates() for each in _all_states(sub))]
