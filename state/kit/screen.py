"""What all screens have in common: how a page opens, shows itself, follows what it is about, and closes.

A State of a page says whom it is for and which facts change it (`_scope`), which other States are parts of it
(`_parts`), and how it reads (`_fill`). The rest is here, so that a new page has it for nothing:

- `PublicScreen`: a page that anybody may open;
- `Screen`: a page for some people alone, live, which closes when they may see it no longer;
- `ActScreen`: such a page on which one acts, and which says what became of it;
- `Part`: a piece of a page with a State of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import french
from models.kernel.refusal import Refusal
from state.kit import watches
from state.kit.deltas import put
from state.kit.guard import Policy, allow, to_sign_in
from state.kit.registration import Kept
from state.kit.session import Session
from state.kit.watches import About, of_nothing


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a page is for, and which facts of the journal change it."""

    policy: Policy
    about: About = of_nothing


class Part(Kept, mixin=True):
    """A piece of a page, with a State of its own: shown, redrawn and emptied by the page, which watches for it."""

    def _begin(self) -> None:
        """The page is opened: say what the last form left to say, or nothing."""

    async def _show(self, viewer: Viewer) -> Any:
        """Show everything anew."""
        raise NotImplementedError

    async def _refuse(self, _refusal: Refusal, _viewer: Viewer | None) -> Any:
        """Forget all that was shown: the page says why."""
        _forget(self)


class _Page(Kept, mixin=True):
    """What pages do, whoever may open them."""

    _parts: ClassVar[Sequence[type[Part]]] = ()
    """The States of its pieces."""

    def _begin(self) -> None:
        """The page is opened: say what the last form left to say, or nothing."""

    async def _fill(self, viewer: Any) -> None:
        """Read the page anew for this person, and set its vars."""

    async def _greet(self, viewer: Viewer | None) -> Session:
        """Show in the frame who is signed in; the State of the frame, which has the badges."""
        session = await self.get_state(Session)
        session._greet(viewer)
        return session

    async def _show(self, viewer: Any) -> None:
        """Show everything anew, with the frame around it."""
        await self._greet(viewer)
        await self._fill(viewer)
        for part in await self._pieces():
            await part._show(viewer)

    async def _pieces(self) -> list[Any]:
        return [await self.get_state(part) for part in type(self)._parts]


class PublicScreen(_Page, mixin=True):
    """A page that anybody may open: it follows the session of who is signed in, and no fact."""

    async def _open(self, viewer: Viewer | None) -> None:
        """Show the page; that the session ends is said on it."""
        session = await self.get_state(Session)
        session._welcome(viewer)
        self._begin()
        await self._fill(viewer)

    async def _open_still(self, viewer: Viewer | None) -> None:
        """Show the page of a form that is about signing in: nothing is said on it but what its form has to say."""
        watches.forget(self)
        self._begin()
        await self._show(viewer)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """No fact of the journal is shown here."""

    async def _refuse(self, _refusal: Refusal, viewer: Viewer | None) -> Any:
        """The session ended: the frame follows, and what is public stays."""
        await self._greet(viewer)


class Screen(_Page, mixin=True):
    """A page that some people may open: live, and closed when the person behind it may see it no longer (SES-04)."""

    loaded: bool = False
    refusal: str = ""
    """Why the page shows nothing."""

    _scope: ClassVar[Scope]

    async def _open(self, viewer: Viewer, about: About | None = None) -> None:
        """Follow what the page is about from now on, then show it: nothing committed in between is missed.

        `about`: narrower than the page's own, where the address names one thing.
        """
        self._follow(viewer, about)
        self._begin()
        for part in await self._pieces():
            part._begin()
        await self._show(viewer)

    def _follow(self, viewer: Viewer, about: About | None = None) -> None:
        """Hear of the facts of `about`, or of the page's own, instead of those followed until now."""
        scope = type(self)._scope
        watches.follow(self, viewer, scope.policy, about or scope.about)

    async def _show(self, viewer: Viewer) -> None:
        """Show everything anew: the page was opened, or what this person may see is no longer the same."""
        await super()._show(viewer)
        put(self, refusal="", loaded=True)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """Show what the entries changed; each of them concerns this viewer."""
        if entries:
            await self._show(viewer)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        """Forget all that was shown, and say why: the person behind may no longer see it.

        The tab follows nothing any more but the session of whoever is there: that it ends is said on every page.

        Returns:
            The way to the sign-in page when nobody is signed in, and nothing for somebody who may not. A browser
            follows it after its own event; closed from elsewhere (state/hub/deliveries.py), the page shows
            `Session.ended` instead, so that nobody is led away from what they were reading without having asked
            for anything.
        """
        for part in await self._pieces():
            await part._refuse(refusal, viewer)
        _forget(self)
        self.refusal, self.loaded = refusal.reason, True
        session = await self._greet(viewer)
        if viewer is None:
            watches.forget(self)
        else:
            watches.stay(session, viewer)
        return None if viewer else to_sign_in(self)


class Answers(rx.State, mixin=True):
    """What a page, or a piece of it, says of the last thing that was done there."""

    done: str = ""
    error: str = ""
    _spent: str = ""
    """The last act that was done, whose second click does nothing (state/kit/guard.py)."""

    def _begin(self) -> None:
        self._hush()

    def _hush(self) -> None:
        """Say nothing of it any more."""
        self.done = self.error = ""

    async def _after(self, viewer: Viewer, outcome: object, done: str) -> Refusal | None:
        """Say what became of an act, in French, and show everything as it is now; the refusal, for the guard."""
        refusal = outcome if isinstance(outcome, Refusal) else None
        self.done, self.error = ("", refusal.reason) if refusal else (french.typeset(done), "")
        await self._show_outcome(viewer)
        return refusal

    async def _show_outcome(self, viewer: Viewer) -> None:
        """Show what the act changed."""
        screen: Any = self
        await screen._show(viewer)


class ActScreen(Answers, Screen, mixin=True):
    """A page for some people on which one acts, and which says what became of it."""


def dismissing(policy: Policy) -> Any:
    """The handler that closes what was said of the last act, for whom `policy` allows."""

    @rx.event
    @allow(policy)
    async def dismiss(self: Any, _viewer: Viewer) -> None:
        """Close what was said."""
        self._hush()

    return dismiss


def _forget(state: Any) -> None:
    """Every var as it is before the page is opened, those that no browser sees among them."""
    state.reset()
