"""/connexion/verification: a sign-in half-way, which waits for its second factor."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from models.accounts.cookies import FACTOR_REFUSED, read_ceremony_cookie
from models.accounts.viewer import Viewer
from models.consignments.policy import Refusal
from models.factors import passkeys
from models.factors.signing_in import waiting
from models.journal.tables import JournalEntry
from state import watches
from state.flash import flash_of
from state.guard import allow, anyone
from state.session import Session

_LONGEST_PATH = 200


class FactorAsked(rx.State):
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
        watches.forget(self)
        session = await self.get_state(Session)
        session._greet(viewer)
        found = await waiting(read_ceremony_cookie(self.router.headers.cookie))
        if found is None:
            return rx.redirect("/connexion")
        if found.ways.passkeys:
            await passkeys.ready()
        self.options = passkeys.to_get(found.challenge, found.ways.passkeys) if found.ways.passkeys else ""
        self.has_totp, self.has_codes = found.ways.totp, found.ways.codes > 0
        said = flash_of(self, FACTOR_REFUSED)
        self.problem_title, self.problem = (said.title, said.sentence) if said else ("", "")
        self.next_path = str(self.router.url.query_parameters.get("next", ""))[:_LONGEST_PATH]
        self.loaded = True
        return None

    async def _show(self, viewer: Viewer | None) -> None:
        session = await self.get_state(Session)
        session._greet(viewer)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """Nothing here is live."""

    async def _refuse(self, _refusal: Refusal, viewer: Viewer | None) -> Any:
        await self._show(viewer)
