"""What every screen does when it may show nothing any more."""

from typing import Any

from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal
from state.kit import watches
from state.kit.guard import to_sign_in
from state.kit.session import Session


async def close(screen: Any, refusal: Refusal, viewer: Viewer | None) -> Any:
    """Say why the screen, which has let go of all that it showed, is closed (SES-04).

    It follows nothing any more but the session of whoever is there: that it ends is said on every page.

    Returns:
        The way to the sign-in page when nobody is signed in, and nothing for somebody who may not. A browser follows
        it after its own event; closed from elsewhere (state/hub/deliveries.py), the page shows `Session.ended` instead, so that
        nobody is led away from what they were reading without having asked for anything.
    """
    screen.refusal, screen.loaded = refusal.reason, True
    session = await screen.get_state(Session)
    session._greet(viewer)
    if viewer is None:
        watches.forget(screen)
    else:
        watches.stay(session, viewer)
    return None if viewer else to_sign_in(screen)
