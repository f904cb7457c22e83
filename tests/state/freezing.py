"""A tab as it stood at one moment, put back as often as asked: a page opened once serves all that is tried on it.

What is put back is all that one tab is: the State of every class (pickled, as Redis keeps it), the screen that the hub
watches, the open socket, and what the browser heard so far. The database is not: what was done there stays done.
"""

import pickle
from collections.abc import Iterator

from reflex.state import BaseState

from state.kit import watches
from tests.state.pipeline import Tab


class Frozen:
    """That moment of a tab, which is closed until it is put back."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._states = [(one, pickle.dumps(vars(one))) for one in _tree(tab.root)]
        self._heard = (list(tab.said), list(tab.raw), list(tab.asked))
        self._shown = {screen: dict(values) for screen, values in tab.shown.items()}
        self._watch = watches.of(tab.token)
        self.close()

    def thawed(self) -> Tab:
        """The tab, open, as it stood then; whatever happened to it since is gone."""
        tab = self._tab
        for state, fields in self._states:
            vars(state).clear()
            vars(state).update(pickle.loads(fields))  # noqa: S301 - our own, of a moment ago
            state._clean()  # type: ignore[no-untyped-call]
        said, raw, asked = self._heard
        tab.said, tab.raw, tab.asked = list(said), list(raw), list(asked)
        tab.shown = {screen: dict(values) for screen, values in self._shown.items()}
        tab.open()
        watches.drop(tab.token)
        if self._watch is not None:
            watches.keep(self._watch)
        return tab

    def close(self) -> None:
        """Until the next time."""
        self._tab.close()
        watches.drop(self._tab.token)


def _tree(state: BaseState) -> Iterator[BaseState]:
    yield state
    for below in state.substates.values():
        yield from _tree(below)
