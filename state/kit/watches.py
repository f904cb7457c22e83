"""Which screens are open in this worker, what each follows, and whom it was last seen to belong to.

The hub (state/hub/deliveries.py) asks here whom a fact concerns, from memory: who is behind a screen is then found anew
before anything is sent.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.identity.access.subjects import touches
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.subject import Subject
from state.kit.guard import Policy, holder

About = Callable[[Viewer, JournalEntry], bool]
"""Whether a fact changes what a screen shows to this person. It looks at nothing of them but their `sight`."""


@dataclass(frozen=True, slots=True)
class Watch:
    """An open screen: the tab it is in, what it shows, and who sits behind it."""

    token: str
    socket: str
    """Reflex's name of the connection: another connection under the same token is not this screen."""
    screen: type[Any]
    viewer: Viewer
    """As last found: enough to tell whom a fact concerns, never enough to show it."""
    cookie: str = field(repr=False)
    """The browser's, which named that person's session."""
    policy: Policy
    about: About
    """Which facts of the journal change what it shows."""

    @property
    def alike(self) -> Hashable:
        """The same for all the screens that the same facts concern."""
        return (self.about, sight(self.viewer))


def sight(viewer: Viewer) -> Hashable:
    """All that decides what a person may see: another sight, another screen."""
    return (
        viewer.role,
        viewer.siren,
        viewer.posts,
        viewer.held,
        viewer.choices,
        viewer.owes_terms,
        viewer.owes_factor,
    )


_watches: dict[str, Watch] = {}
_alike: defaultdict[Hashable, dict[str, Watch]] = defaultdict(dict)
"""The same watches, those that the same facts concern together: a commit asks each group once."""


@dataclass(frozen=True, slots=True)
class OfSubject:
    """Whether the entry is about that subject, and this person sees it, or saw it until then."""

    subject: Subject

    def __call__(self, viewer: Viewer, entry: JournalEntry) -> bool:
        """For one entry."""
        same = (entry.subject_kind, entry.subject_id) == (self.subject.kind, self.subject.id)
        return same and touches(viewer, entry)


def of_nothing(_viewer: Viewer, _entry: JournalEntry) -> bool:
    """A screen that shows the person's own account, and no fact of the journal."""
    return False


def follow(state: Any, viewer: Viewer, policy: Policy, about: About) -> None:
    """From now on, tell this screen of what concerns it; replaces what the same tab showed before.

    Called before the screen reads the database, so that nothing committed in between is missed.
    """
    here, cookie = state.router.session, state.router.headers.cookie
    keep(Watch(here.client_token, here.session_id, type(state), viewer, cookie, policy, about))


def stay(state: Any, viewer: Viewer) -> None:
    """From now on, close this screen when its session ends, redraw it when rights change, and no more."""
    follow(state, viewer, holder, of_nothing)


def forget(state: Any) -> None:
    """This tab shows nothing live any more."""
    drop(state.router.session.client_token)


def keep(watch: Watch) -> None:
    """Watch this screen, and no other of the same tab."""
    drop(watch.token)
    _watches[watch.token] = _alike[watch.alike][watch.token] = watch


def drop(token: str) -> None:
    """Watch this tab no more."""
    watch = _watches.pop(token, None)
    if watch is not None:
        group = _alike[watch.alike]
        del group[token]
        if not group:
            del _alike[watch.alike]


def of(token: str) -> Watch | None:
    """What this tab shows live."""
    return _watches.get(token)


def everyone() -> list[Watch]:
    """Every screen."""
    return list(_watches.values())


def of_accounts(account_ids: Collection[int]) -> list[Watch]:
    """The screens of these people, whatever they show: their bell is on each of them."""
    return [watch for watch in _watches.values() if watch.viewer.account_id in account_ids]


def concerned(entries: Sequence[JournalEntry]) -> list[Watch]:
    """The screens that some of the entries concern, as far as is known of who sits behind them."""
    return [watch for group in _alike.values() if _told(group, entries) for watch in group.values()]


def _told(group: dict[str, Watch], entries: Sequence[JournalEntry]) -> bool:
    watch = next(iter(group.values()))
    return any(watch.about(watch.viewer, entry) for entry in entries)


def still_open(watches: Collection[Watch], sockets: dict[str, Any]) -> list[Watch]:
    """Those whose connection is there; the others are forgotten. `sockets`: Reflex's records, by token."""
    there = {watch.token for watch in watches if _socket(sockets.get(watch.token)) == watch.socket}
    for watch in watches:
        if watch.token not in there:
            drop(watch.token)
    return [watch for watch in watches if watch.token in there]


def sockets(app: Any) -> dict[str, Any]:
    """Reflex's records of the connections of this worker, by token."""
    namespace = app.event_namespace
    return namespace._token_manager.token_to_socket if namespace else {}


def _socket(record: Any) -> str | None:
    return record.sid if record is not None else None


def clear() -> None:
    """Watch no screen any more: between tests."""
    _watches.clear()
    _alike.clear()
