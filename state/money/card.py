"""/payer: pay a customs debt by card, from its payment notice, without an account (PPR-31)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from models.identity.access.cookies import CARD_ASKED, CARD_FOUND
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.refusal import Refusal
from models.money.payments.card import Payable, from_ticket
from models.money.payments.words import NATURES
from state.kit.flash import flash_of
from state.kit.guard import allow, anyone
from state.kit.session import Session


@dataclass
class Due:
    """The debt of the notice, as the page shows it; empty until it is proven."""

    title: str = ""
    reference: str = ""
    amount: str = ""
    due_on: str = ""
    ticket: str = ""


class Card(rx.State):
    """The form, or the debt that it opened."""

    reference: str = ""
    error_title: str = ""
    error: str = ""
    due: Due = Due()

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Show the form, or what the last one opened."""
        session = await self.get_state(Session)
        session._welcome(viewer)
        asked, found = flash_of(self, CARD_ASKED), flash_of(self, CARD_FOUND)
        self.reference = asked.typed.get("reference", "") if asked else ""
        self.error_title, self.error = (asked.title, asked.sentence) if asked else ("", "")
        debt = await from_ticket(found.typed.get("ticket", "")) if found else None
        self.due = _due(debt) if isinstance(debt, Payable) else Due()

    async def _refuse(self, _refusal: Refusal, viewer: Viewer | None) -> Any:
        self.due, self.reference, self.error_title, self.error = Due(), "", "", ""
        session = await self.get_state(Session)
        session._greet(viewer)


def _due(debt: Payable) -> Due:
    period = f", {french.month(debt.period)}" if debt.period else ""
    title = NATURES.get(debt.nature, "Autre créance") + period
    return Due(title, debt.reference, french.money(debt.amount), french.day(debt.due_on), debt.ticket)
