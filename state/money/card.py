"""/payer: pay a customs debt by card, from its payment notice, without an account (PPR-31)."""

from dataclasses import dataclass

import reflex as rx

from models.identity.access.cookies import CARD_ASKED, CARD_FOUND
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.money.payments.card import Payable, from_ticket
from models.money.payments.forms import NoticeForm
from models.money.payments.words import NATURES
from state.kit.flash import flash_of, from_flash
from state.kit.form import FormScreen
from state.kit.guard import allow, anyone
from state.kit.screen import PublicScreen


@dataclass
class Due:
    """The debt of the notice, as the page shows it; empty until it is proven."""

    title: str = ""
    reference: str = ""
    amount: str = ""
    due_on: str = ""
    ticket: str = ""


class Card(FormScreen, PublicScreen, rx.State):
    """The form, or the debt that it opened."""

    error_title: str = ""
    error: str = ""
    due: Due = Due()

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Show the form, or what the last one opened."""
        await self._open(viewer)

    async def _fill(self, _viewer: Viewer | None) -> None:
        asked, flash = flash_of(self, CARD_ASKED), flash_of(self, CARD_FOUND)
        self.draft = from_flash(NoticeForm, self.draft, asked)
        self.error_title, self.error = (asked.title, asked.sentence) if asked else ("", "")
        debt = await from_ticket(flash.typed.get("ticket", "")) if flash else None
        self.due = _due(debt) if isinstance(debt, Payable) else Due()


def _due(debt: Payable) -> Due:
    period = f", {french.month(debt.period)}" if debt.period else ""
    title = NATURES.get(debt.nature, "Autre créance") + period
    return Due(title, debt.reference, french.money(debt.amount), french.day(debt.due_on), debt.ticket)
