"""Whose tab is it: what a tab showed to one person is forgotten before another one gets it (SES-04).

Reflex keeps the state of a tab under a token that outlives sign-out, and sends all of it again whenever the tab
connects. So before it does, we look who is there now: signed out, another person or another company, and the
screens start from nothing.
"""

from typing import Any

from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from models.identity.accounts.viewer import Viewer
from state.kit import watches
from state.kit.guard import who
from state.kit.registration import states
from state.kit.session import Session

_WHOLE_STATE = ("hydrate", "hydrate_and_load")


class TabOwner(Middleware):
    """Runs before Reflex sends a tab its whole state."""

    async def preprocess(
        self,
        app: Any,  # noqa: ARG002 - Reflex names it in its call
        state: BaseState,
        event: Event,
    ) -> StateUpdate | None:
        """Forget what the tab showed, unless it showed it to whoever is there now."""
        if event.name.rsplit(".", 1)[-1] in _WHOLE_STATE:
            await _hand_over(state._get_root_state())
        return None


async def _hand_over(root: BaseState) -> None:
    session = await root.get_state(Session)
    viewer = await who(session)
    if viewer is not None and session._owner == _owner(viewer):
        return
    watches.forget(session)
    for state in states():
        shown: Any = await root.get_state(state)
        shown.reset()
    session._owner = _owner(viewer)


def _owner(viewer: Viewer | None) -> str:
    return f"{viewer.session_id} {viewer.siren}" if viewer else ""
