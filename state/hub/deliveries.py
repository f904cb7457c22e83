"""Live updates: from the journal to the open screens that a fact concerns, and to no other (SES-01, SES-04).

One hub per worker. It wakes up on the bus's word, and looks by itself four times a second in case the word was
lost or the fact was written by another program. It reads the journal after the last entry it saw, finds out anew
who sits behind each screen concerned, and asks the policy before anything is sent.

Whom an entry concerns is told from who was last seen behind each screen (state/kit/watches.py), so that the screens it
does not concern cost nothing. Every verb that ends a session or changes a right writes an entry, at which the hub
looks at every screen, so that they close at once. What ends by itself at a given time (a session, a mandate, a
posting) writes none: the hub also looks at every screen then and again.

What a person was told, and read on another device, is no fact of the journal: the hub asks for it at the same
time, and state/signals/bell.py tells that person's screens, whatever they show (SES-30). An alert about a service that starts
or ends may concern any page, signed in or not: state/signals/service_banner.py tells every tab (MET-11).
"""

import asyncio
import contextlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import reflex as rx
import structlog

from models.identity.access.queries.viewers import viewers_of
from models.identity.accounts.viewer import Viewer
from models.journal.kinds import may_change_rights
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from models.kernel import bus
from models.kernel.database import DbSession, read
from models.signals.notifications.cursors import last_revision
from models.signals.notifications.queries.cursors import changed_since
from state.hub import shared_rows
from state.kit import watches
from state.kit.guard import refusal_by
from state.kit.watches import Watch, sight
from state.signals import bell, service_banner

log = structlog.get_logger()

_LOOK_EVERY = 0.25
_LOOK_AT_EVERYONE = 10.0
"""Seconds between two looks at who is behind each screen: three queries, however many screens there are."""
_AT_ONCE = 8


async def run(app: rx.App) -> None:
    """Deliver what the journal tells, for as long as the worker lives."""
    async with bus.listening() as word:
        heard = await _start()
        looked = monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                # not wait_for(), which in Python 3.11 may swallow the end of the task
                async with asyncio.timeout(_LOOK_EVERY):
                    await word.wait()
            word.clear()
            try:
                heard = await _deliver_after(app, heard)
                if monotonic() - looked > _LOOK_AT_EVERYONE:
                    await deliver(app, [])
                    looked = monotonic()
            except Exception:
                # The database may be away for a while: the journal keeps what we have not told yet.
                log.exception("live.failed")
                await asyncio.sleep(1)


@dataclass(frozen=True, slots=True)
class _Heard:
    """How far this worker's screens were told."""

    seq: int
    """The last entry of the journal."""
    revision: int
    """The last change of somebody's notices, which is no entry of it (models/signals/notifications/cursors.py)."""


async def _start() -> _Heard:
    while True:
        try:
            return _Heard(await read(last_seq), await read(last_revision))
        except Exception:
            log.exception("live.not_started")
            await asyncio.sleep(1)


async def _deliver_after(app: rx.App, heard: _Heard) -> _Heard:
    entries, (revision, accounts) = await read(lambda db: _news(db, heard))
    if entries:
        await deliver(app, entries)
    if accounts:
        await bell.deliver(app, accounts)
    if any(entry.kind in service_banner.KINDS for entry in entries):
        await service_banner.deliver(app)
    return _Heard((entries[-1].seq if entries else None) or heard.seq, revision)


def _news(db: DbSession, heard: _Heard) -> tuple[list[JournalEntry], tuple[int, set[int]]]:
    return after(db, heard.seq), changed_since(db, heard.revision)


async def deliver(app: rx.App, entries: Sequence[JournalEntry]) -> None:
    """Tell every open screen of this worker what concerns it among `entries`; close or redraw those that must.

    Without entries, or when one may have changed rights, who is behind is found anew for every screen; else for
    those alone that an entry concerns, and the others cost nothing.
    """
    all_of_them = not entries or any(may_change_rights(entry.kind) for entry in entries)
    asked = watches.everyone() if all_of_them else watches.concerned(entries)
    here = watches.still_open(asked, watches.sockets(app)) if asked else []
    if not here:
        return
    viewers = await read(lambda db: viewers_of({watch.viewer.session_id for watch in here}, db))
    gate = asyncio.Semaphore(_AT_ONCE)
    shared_rows.begin()
    shares = _Mine(entries)
    coroutines = [_tell(app, gate, watch, viewers.get(watch.viewer.session_id), shares) for watch in here]
    await asyncio.gather(*coroutines)


class _Mine:
    """Which entries concern whom, worked out once for all who see the same."""

    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        self._entries = entries
        self._known: dict[Hashable, list[JournalEntry]] = {}

    def of(self, watch: Watch) -> list[JournalEntry]:
        """Those that concern this screen."""
        if watch.alike not in self._known:
            about = [entry for entry in self._entries if watch.about(watch.viewer, entry)]
            self._known[watch.alike] = about
        return self._known[watch.alike]


async def _tell(
    app: rx.App, gate: asyncio.Semaphore, watch: Watch, viewer: Viewer | None, shares: _Mine
) -> None:
    if viewer is not None and sight(viewer) == sight(watch.viewer) and not shares.of(watch):
        return
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=watch.token, cls=watch.screen)) as root:
                await _update(root, watch, viewer, shares)
        except Exception:
            # One screen that fails must not keep the others waiting.
            log.exception("live.screen_failed", screen=watch.screen.__name__)


async def _update(root: Any, asked: Watch, viewer: Viewer | None, shares: _Mine) -> None:
    watch = watches.of(asked.token)
    if watch is None or watch.viewer.session_id != asked.viewer.session_id:
        return  # the tab went elsewhere while we waited for its state
    screen = await root.get_state(watch.screen)
    behind = viewer if screen.router.headers.cookie == watch.cookie else None
    refusal = refusal_by(watch.policy, behind)
    if behind is None or refusal is not None:
        watches.drop(watch.token)
        await screen._refuse(refusal, behind)
        await service_banner.look(root, behind)
        return
    if sight(behind) != sight(watch.viewer):
        watches.keep(replace(watch, viewer=behind))
        await screen._show(behind)
        await bell.ring(root, behind)
        await service_banner.look(root, behind)
    else:
        await screen._catch_up(behind, shares.of(watch))
