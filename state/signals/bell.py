"""The bell of every signed-in page: in step in all the tabs and devices of one person (SES-30).

Notices are told to one person, and read by one: unlike the facts of the journal, they do not depend on what a screen
shows. So the hub (state/hub/deliveries.py) brings here whose notices changed, and every open screen of theirs is told.
"""

import asyncio
from collections.abc import Collection
from typing import Any

import reflex as rx
import structlog

from models.identity.access.queries.viewers import viewers_of
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read
from state.kit import watches
from state.kit.guard import refusal_by
from state.kit.session import Session
from state.kit.watches import Watch

log = structlog.get_logger()

_AT_ONCE = 8


async def deliver(app: rx.App, accounts: Collection[int]) -> None:
    """Tell every screen of these people, in this worker, that their notices changed."""
    here = watches.still_open(watches.of_accounts(accounts), watches.sockets(app))
    if not here:
        return
    viewers = await read(lambda db: viewers_of({watch.viewer.session_id for watch in here}, db))
    gate = asyncio.Semaphore(_AT_ONCE)
    await asyncio.gather(*[_tell(app, gate, watch, viewers.get(watch.viewer.session_id)) for watch in here])


async def ring(screen: Any, viewer: Viewer) -> None:
    """Count anew what this person did not read, in the tab of `screen`."""
    session = await screen.get_state(Session)
    await session._ring(viewer)


async def _tell(app: rx.App, gate: asyncio.Semaphore, watch: Watch, viewer: Viewer | None) -> None:
    if viewer is None:
        return  # the hub closes that screen
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=watch.token, cls=Session)) as root:
                await _update(root, watch, viewer)
        except Exception:
            # One screen that fails must not keep the others waiting.
            log.exception("bell.screen_failed", screen=watch.screen.__name__)


async def _update(root: Any, asked: Watch, viewer: Viewer) -> None:
    watch = watches.of(asked.token)
    if watch is None or watch.viewer.session_id != asked.viewer.session_id:
        return  # the tab went elsewhere while we waited for its state
    screen = await root.get_state(watch.screen)
    if screen.router.headers.cookie != watch.cookie or refusal_by(watch.policy, viewer) is not None:
        return  # nobody's any more: the hub closes it
    await ring(root, viewer)
    told = getattr(screen, "_hear_notices", None)
    if told is not None:
        await told(viewer)
