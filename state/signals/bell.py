"""The bell of every signed-in page: in step in all the tabs and devices of one person (SES-30).

Notices are told to one person, and read by one: unlike the facts of the journal, they do not depend on what a screen
shows. So the hub (state/hub/deliveries.py) brings here whose notices changed, and every open screen of theirs is told.
"""

import asyncio
from collections.abc import Collection, Hashable
from typing import Any

import reflex as rx
import structlog

from models.identity.access.queries.viewers import viewers_of
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession, read
from state.kit import watches
from state.kit.guard import refusal_by
from state.kit.session import Session, bell_of
from state.kit.watches import Watch, sight

log = structlog.get_logger()

_AT_ONCE = 8


async def deliver(app: rx.App, accounts: Collection[int]) -> None:
    """Tell every screen of these people, in this worker, that their notices changed."""
    here = watches.still_open(watches.of_accounts(accounts), watches.sockets(app))
    if not here:
        return
    behind = await read(_behind, {watch.viewer.session_id for watch in here})
    gate = asyncio.Semaphore(_AT_ONCE)
    tellings = [
        _tell(app, gate, watch, *behind[watch.viewer.session_id])
        for watch in here
        if watch.viewer.session_id in behind  # the hub closes the others
    ]
    await asyncio.gather(*tellings)


Bell = tuple[int, bool]
"""See state/kit/session.py, bell_of()."""


def _behind(db: DbSession, sessions: Collection[str]) -> dict[str, tuple[Viewer, Bell]]:
    """Who is behind each session, found anew, and what their bell says: read once for all the screens of one person."""
    bells: dict[Hashable, Bell] = {}
    rung: dict[str, tuple[Viewer, Bell]] = {}
    for session_id, viewer in viewers_of(sessions, db).items():
        key = (viewer.account_id, sight(viewer))
        if key not in bells:
            bells[key] = bell_of(db, viewer)
        rung[session_id] = viewer, bells[key]
    return rung


async def ring(screen: Any, viewer: Viewer) -> None:
    """Count anew what this person did not read, in the tab of `screen`."""
    session = await screen.get_state(Session)
    await session._ring(viewer)


async def _tell(app: rx.App, gate: asyncio.Semaphore, watch: Watch, viewer: Viewer, bell: Bell) -> None:
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=watch.token, cls=Session)) as root:
                await _update(root, watch, viewer, bell)
        except Exception:
            # One screen that fails must not keep the others waiting.
            log.exception("bell.screen_failed", screen=watch.screen.__name__)


async def _update(root: Any, asked: Watch, viewer: Viewer, bell: Bell) -> None:
    watch = watches.of(asked.token)
    if watch is None or watch.viewer.session_id != asked.viewer.session_id:
        return  # the tab went elsewhere while we waited for its state
    screen = await root.get_state(watch.screen)
    if screen.router.headers.cookie != watch.cookie or refusal_by(watch.policy, viewer) is not None:
        return  # nobody's any more: the hub closes it
    session = await root.get_state(Session)
    session._sound(*bell)
    hears = getattr(screen, "_hear_notices", None)
    if hears is not None:
        await hears(viewer)
