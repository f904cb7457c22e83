"""/connexion/verification: a sign-in half-way, which waits for its second factor."""

from typing import Any

import reflex as rx

from models.identity.access.cookies import FACTOR_REFUSED, read_ceremony_cookie
from models.identity.access.second_step import waiting
from models.identity.accounts.viewer import Viewer
from models.identity.factors import passkeys
from state.kit.flash import flash_of
from state.kit.guard import allow, anyone
from state.kit.screen import PublicScreen

_LONGEST_PATH = 200


class FactorAsked(PublicScreen, rx.State):
    """By what the sign-in can be completed; the browser's cookie names it."""

    loaded: bool = False
    options: str = ""
    """What to hand to the browser for a passkey, as JSON; empty when the account has none."""
    has_totp: bool = False
    has_codes: bool = False
    problem_title: str = ""
    problem: str = ""
    next_path: str = ""

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> Any:
        """Show what is asked; the password comes first where none was given."""
        await self._open_still(viewer)
        ceremony = await waiting(read_ceremony_cookie(self.router.headers.cookie))
        if ceremony is None:
            return rx.redirect("/connexion")
        if ceremony.ways.passkeys:
            await passkeys.ready()
        self.options = (
            passkeys.to_get(ceremony.challenge, ceremony.ways.passkeys) if ceremony.ways.passkeys else ""
        )
        self.has_totp, self.has_codes = ceremony.ways.totp, ceremony.ways.codes > 0
        flash = flash_of(self, FACTOR_REFUSED)
        self.problem_title, self.problem = (flash.title, flash.sentence) if flash else ("", "")
        self.next_path = str(self.router.url.query_parameters.get("next", ""))[:_LONGEST_PATH]
        self.loaded = True
        return None
