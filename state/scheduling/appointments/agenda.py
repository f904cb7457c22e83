"""The addresses under which an agenda reads one's appointments: a part of /profil (SES-10, SES-13)."""

from dataclasses import dataclass

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.settings.portal import settings
from models.scheduling.calendars import feeds
from models.scheduling.calendars.feeds import Address
from state.kit.ending import Ends
from state.kit.guard import Word, allow, signed_in
from state.kit.screen import Answers, Part


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


class Agenda(Answers, Part, rx.State):
    """Shown and redrawn by the page that it is a part of, which watches for it."""

    calendars: list[AgendaRow] = []  # noqa: RUF012 - Reflex copies defaults for each state

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def give(self, viewer: Viewer, code: Word) -> None:
        """Draw up the address of a calendar."""
        await self._after(viewer, await feeds.address(viewer, code), "Adresse créée.")

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def renew(self, viewer: Viewer, code: Word) -> None:
        """Another address: the former one opens nothing any more."""
        sentence = "Adresse renouvelée\u00a0: donnez la nouvelle à votre agenda."
        await self._after(viewer, await feeds.renew(viewer, code), sentence)

    async def _show(self, viewer: Viewer) -> None:
        addresses = [] if viewer.is_held_back else await read(lambda db: feeds.addresses(db, viewer))
        self.calendars = [_row(address) for address in addresses]


def _row(address: Address) -> AgendaRow:
    href = f"{settings().public_url}/calendar/{address.secret}.ics" if address.secret else ""
    read_ = (
        f"Lue le {french.moment(address.read_at, clock.now())}"
        if address.read_at
        else "Pas encore lue par un agenda"
    )
    return AgendaRow(
        f"agenda-{address.post_code.lower() or 'moi'}",
        address.post_code,
        f"Planning\u00a0: {address.post_name}" if address.post_code else "Vos rendez-vous",
        href,
        read_ if href else "",
    )
