"""The addresses under which an agenda reads one's appointments: a part of /profil (SES-10, SES-13)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.scheduling.calendars import feeds
from models.scheduling.calendars.feeds import Address
from state.kit.guard import Word, allow, signed_in


@dataclass
class AgendaRow:
    """One calendar."""

    id: str = ""
    """For the page's own elements."""
    code: str = ""
    label: str = ""
    href: str = ""
    """Its whole address; empty while nobody asked for it."""
    detail: str = ""


class Agenda(rx.State):
    """Shown and redrawn by the page that it is a part of, which watches for it."""

    calendars: list[AgendaRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    done: str = ""
    error: str = ""

    @rx.event
    @allow(signed_in)
    async def give(self, viewer: Viewer, code: Word) -> None:
        """Draw up the address of a calendar."""
        self._said(await feeds.address(viewer, code), "Adresse créée.")
        await self._show(viewer)

    @rx.event
    @allow(signed_in)
    async def renew(self, viewer: Viewer, code: Word) -> None:
        """Another address: the former one opens nothing any more."""
        self._said(
            await feeds.renew(viewer, code), "Adresse renouvelée\u00a0: donnez la nouvelle à votre agenda."
        )
        await self._show(viewer)

    def _said(self, outcome: str | Refusal, done: str) -> None:
        self.done, self.error = ("", outcome.reason) if isinstance(outcome, Refusal) else (done, "")

    async def _show(self, viewer: Viewer) -> None:
        found = [] if viewer.is_held_back else await read(lambda db: feeds.addresses(db, viewer))
        self.calendars = [_row(one) for one in found]

    async def _refuse(self, _refusal: Refusal, _viewer: Viewer | None) -> Any:
        self.calendars, self.done, self.error = [], "", ""


def _row(one: Address) -> AgendaRow:
    href = f"{settings().public_url}/calendar/{one.secret}.ics" if one.secret else ""
    read_ = (
        f"Lue le {french.moment(one.read_at, clock.now())}" if one.read_at else "Pas encore lue par un agenda"
    )
    return AgendaRow(
        f"agenda-{one.post_code.lower() or 'moi'}",
        one.post_code,
        f"Planning\u00a0: {one.post_name}" if one.post_code else "Vos rendez-vous",
        href,
        read_ if href else "",
    )
