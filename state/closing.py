"""What every screen does when it may show nothing any more."""

from typing import Any

from models.accounts.viewer import Viewer
from models.consignments.policy import Refusal
from state import watches
from state.guard import to_sign_in
from state.session import Session


async def close(screen: Any, refusal: Refusal, viewer: Viewer | None) -> Any:
    """Say why the screen, which has let go of all that it showed, is closed, and follow nothing any more (SES-04).

    Returns:
        The way to the sign-in page when nobody is signed in, and nothing for somebody who may not.
    """
    watches.forget(screen)
    screen.refusal, screen.loaded = refusal.reason, True
    session = await screen.get_state(Session)
    session._greet(viewer)
    return None if viewer else to_sign_in(screen)
