"""What the last form post left to say, for the page that it is about."""

from typing import Any

from models.identity.access.cookies import Flash, read_flash_cookie

AGAIN = "encore="
"""In an address: show the form anew, whatever the last one left to say."""


def flash_of(state: Any, *kinds: str) -> Flash | None:
    """What was left about one of these kinds; what is about another page is left to it."""
    if AGAIN in state.router.url.query:
        return None
    flash = read_flash_cookie(state.router.headers.cookie)
    return flash if flash is not None and flash.kind in kinds else None
