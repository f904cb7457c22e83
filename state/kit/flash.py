"""What the last form post left to say, for the page that it is about."""

from typing import Any

from models.identity.access.cookies import Flash, read_flash_cookie
from models.kernel.forms.declaration import Form
from state.kit.form import Draft, blank, prefilled, with_faults

AGAIN = "encore="
"""In an address: show the form anew, whatever the last one left to say."""


def flash_of(state: Any, *kinds: str) -> Flash | None:
    """What was left about one of these kinds; what is about another page is left to it."""
    if AGAIN in state.router.url.query:
        return None
    flash = read_flash_cookie(state.router.headers.cookie)
    return flash if flash is not None and flash.kind in kinds else None


def from_flash(form: type[Form], was: Draft, flash: Flash | None) -> Draft:
    """The form as it was sent the last time, with what is wrong; anew when nothing is left to say of it."""
    if flash is None:
        return prefilled(was)
    typed = {"email": flash.email, **flash.typed} if flash.email else dict(flash.typed)
    return with_faults(form, blank(was, typed), flash.errors)
