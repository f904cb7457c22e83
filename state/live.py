"""Live updates: from the journal to the open screens that a fact concerns, and to no other (SES-01, SES-04).

One hub per worker. It wakes up on the bus's word, and looks by itself four times a second in case the word was
lost or the fact was written by another program. It reads the journal after the last entry it saw, finds out anew
who sits behind each screen concerned, and asks the policy before anything is sent.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import reflex as rx
import structlog

from models import bus
from models.accounts.queries import viewers_of
from models.accounts.viewer import Viewer
from models.consignments.policy import concerns, may_follow
from models.database import reading
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from state.guard import session_id_of

log = structlog.get_logger()

_LOOK_EVERY = 0.25
_AT_ONCE = 8


class LiveScreen(Protocol):
    """A State that follows consignments."""

    async def _show(self, viewer: Viewer) -> None:
        """Show everything anew: what this person may see is no longer the same."""

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """Show what the entries changed; every one concerns this viewer."""

    def _close(self) -> None:
        """Forget all that was shown: the person behind may no longer see it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """An open screen: the tab it is in, what it shows, and whose session it is."""

    token: str
    screen: type[Any]
    session_id: str
    scope: tuple[Any, ...]
    """What the person could see when it was shown: another scope, another screen."""


_watches: dict[str, Watch] = {}


def follow(state: Any, viewer: Viewer) -> None:
    """From now on, tell this screen of what concerns it; replaces what the same tab showed before.

    Called before the screen reads the database, so that nothing committed in between is missed.
    """
    token = state.router.session.client_token
    _watches[token] = Watch(token, type(state), viewer.session_id, _scope(viewer))


def _scope(viewer: Viewer) -> tuple[Any, ...]:
    return (viewer.role, viewer.siren, viewer.posts, may_follow(viewer) is None)


def forget(state: Any) -> None:
    """This tab shows nothing live any more."""
    _watches.pop(state.router.session.client_token, None)


async def run(app: rx.App) -> None:
    """Deliver what the journal tells, for as long as the worker lives."""
    async with bus.listening() as word:
        seq = await _start()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(word.wait(), _LOOK_EVERY)
            word.clear()
            try:
                seq = await _deliver_after(app, seq)
            except Exception:
                # The database may be away for a while: the journal keeps what we have not told yet.
                log.exception("live.failed")
                await asyncio.sleep(1)


async def _start() -> int:
    while True:
        try:
            async with reading() as db:
                return await last_seq(db)
        except Exception:
            log.exception("live.not_started")
            await asyncio.sleep(1)


async def _deliver_after(app: rx.App, seq: int) -> int:
    async with reading() as db:
        entries = await after(db, seq)
    if not entries:
        return seq
    await deliver(app, entries)
    return entries[-1].seq or seq


async def deliver(app: rx.App, entries: Sequence[JournalEntry]) -> None:
    """Tell every open screen of this worker what concerns it among `entries`."""
    watches = _still_open(app)
    if not watches:
        return
    async with reading() as db:
        viewers = await viewers_of({watch.session_id for watch in watches}, db)
    gate = asyncio.Semaphore(_AT_ONCE)
    told = [_tell(app, gate, watch, viewers.get(watch.session_id), entries) for watch in watches]
    await asyncio.gather(*told)


def _still_open(app: rx.App) -> list[Watch]:
    namespace = app.event_namespace
    sockets = namespace._token_manager.token_to_socket if namespace else {}
    for token in [token for token in _watches if token not in sockets]:
        del _watches[token]
    return list(_watches.values())


async def _tell(
    app: rx.App,
    gate: asyncio.Semaphore,
    watch: Watch,
    viewer: Viewer | None,
    entries: Sequence[JournalEntry],
) -> None:
    mine = [e for e in entries if viewer and e.consignment_id and concerns(viewer, e.siren, e.post_code)]
    if viewer is not None and not mine and _scope(viewer) == watch.scope:
        return
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=watch.token, cls=watch.screen)) as root:
                await _update(await root.get_state(watch.screen), watch, viewer, mine)
        except Exception:
            # One screen that fails must not keep the others waiting.
            log.exception("live.screen_failed", screen=watch.screen.__name__)


async def _update(screen: Any, watch: Watch, viewer: Viewer | None, entries: Sequence[JournalEntry]) -> None:
    if viewer is None or session_id_of(screen) != watch.session_id or may_follow(viewer):
        screen._close()
        _watches.pop(watch.token, None)
    elif _scope(viewer) != watch.scope:
        _watches[watch.token] = replace(watch, scope=_scope(viewer))
        await screen._show(viewer)
    else:
        await screen._catch_up(viewer, entries)
