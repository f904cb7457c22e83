"""Live updates: from the journal to the open screens that a fact concerns, and to no other (SES-01, SES-04).

One hub per worker. It wakes up on the bus's word, and looks by itself four times a second in case the word was
lost or the fact was written by another program. It reads the journal after the last entry it saw, finds out anew
who sits behind each screen concerned, and asks the policy before anything is sent.

Every verb that ends a session or changes a right writes an entry, so that screens close at once. What ends by
itself at a given time (a session, a mandate, a posting) writes none: the hub also looks at every screen then
and again.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Protocol

import reflex as rx
import structlog

from models import bus
from models.accounts.queries import viewers_of
from models.accounts.viewer import Viewer
from models.consignments.policy import Refusal, may_follow, touches
from models.database import read
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from state import shared_reading
from state.guard import Policy, session_id_of, signed_in

log = structlog.get_logger()

_LOOK_EVERY = 0.25
_LOOK_AT_EVERYONE = 10.0
"""Seconds between two looks at who is behind each screen: three queries, however many screens there are."""
_AT_ONCE = 8


class LiveScreen(Protocol):
    """A State whose screen is closed, or redrawn, when the rights of the person behind it change."""

    async def _show(self, viewer: Viewer) -> None:
        """Show everything anew: what this person may see is no longer the same."""

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """Show what the entries changed; every one concerns this viewer. For those that follow consignments."""

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        """Forget all that was shown, and say why: the person behind may no longer see it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """An open screen: the tab it is in, what it shows, and whose session it is."""

    token: str
    socket: str
    """Reflex's name of the connection: another connection under the same token is not this screen."""
    screen: type[Any]
    session_id: str
    scope: tuple[Any, ...]
    """What the person could see when it was shown: another scope, another screen."""
    policy: Policy
    follows: bool
    """Whether it shows consignments, rather than only the person's own account."""
    about: "About"
    """Which facts of the journal change what it shows."""


_watches: dict[str, Watch] = {}

About = Callable[[Viewer, JournalEntry], bool]


def of_consignments(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the entry is about a consignment that this person sees, or saw until then."""
    return entry.consignment_id is not None and touches(viewer, entry)


def follow(state: Any, viewer: Viewer, policy: Policy = may_follow, about: About = of_consignments) -> None:
    """From now on, tell this screen of what concerns it; replaces what the same tab showed before.

    Called before the screen reads the database, so that nothing committed in between is missed.
    """
    _watch(state, viewer, policy, follows=True, about=about)


def stay(state: Any, viewer: Viewer) -> None:
    """From now on, close this screen when its session ends, redraw it when rights change, and no more."""
    _watch(state, viewer, signed_in, follows=False)


def _watch(
    state: Any, viewer: Viewer, policy: Policy, *, follows: bool, about: About = of_consignments
) -> None:
    here = state.router.session
    token, scope = here.client_token, _scope(viewer)
    _watches[token] = Watch(
        token, here.session_id, type(state), viewer.session_id, scope, policy, follows, about
    )


def _scope(viewer: Viewer) -> tuple[Any, ...]:
    return (viewer.role, viewer.siren, viewer.posts, viewer.rights, viewer.choices)


def forget(state: Any) -> None:
    """This tab shows nothing live any more."""
    _watches.pop(state.router.session.client_token, None)


async def run(app: rx.App) -> None:
    """Deliver what the journal tells, for as long as the worker lives."""
    async with bus.listening() as word:
        seq = await _start()
        looked = monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(word.wait(), _LOOK_EVERY)
            word.clear()
            try:
                seq = await _deliver_after(app, seq)
                if monotonic() - looked > _LOOK_AT_EVERYONE:
                    await deliver(app, [])
                    looked = monotonic()
            except Exception:
                # The database may be away for a while: the journal keeps what we have not told yet.
                log.exception("live.failed")
                await asyncio.sleep(1)


async def _start() -> int:
    while True:
        try:
            return await read(last_seq)
        except Exception:
            log.exception("live.not_started")
            await asyncio.sleep(1)


async def _deliver_after(app: rx.App, seq: int) -> int:
    entries = await read(lambda db: after(db, seq))
    if not entries:
        return seq
    await deliver(app, entries)
    return entries[-1].seq or seq


async def deliver(app: rx.App, entries: Sequence[JournalEntry]) -> None:
    """Tell every open screen of this worker what concerns it among `entries`; close or redraw those that must."""
    watches = _still_open(app)
    if not watches:
        return
    viewers = await read(lambda db: viewers_of({watch.session_id for watch in watches}, db))
    gate = asyncio.Semaphore(_AT_ONCE)
    shared_reading.begin()
    told = [_tell(app, gate, watch, viewers.get(watch.session_id), entries) for watch in watches]
    await asyncio.gather(*told)


def _still_open(app: rx.App) -> list[Watch]:
    namespace = app.event_namespace
    sockets = namespace._token_manager.token_to_socket if namespace else {}
    gone = [token for token, watch in _watches.items() if _socket(sockets.get(token)) != watch.socket]
    for token in gone:
        del _watches[token]
    return list(_watches.values())


def _socket(record: Any) -> str | None:
    return record.sid if record is not None else None


async def _tell(
    app: rx.App,
    gate: asyncio.Semaphore,
    watch: Watch,
    viewer: Viewer | None,
    entries: Sequence[JournalEntry],
) -> None:
    mine = [e for e in entries if viewer and watch.follows and watch.about(viewer, e)]
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
    behind = viewer if session_id_of(screen) == watch.session_id else None
    refusal = watch.policy(behind)
    if behind is None or refusal is not None:
        _watches.pop(watch.token, None)
        await screen._refuse(refusal, behind)
    elif _scope(behind) != watch.scope:
        _watches[watch.token] = replace(watch, scope=_scope(behind))
        await screen._show(behind)
    else:
        await screen._catch_up(behind, entries)
