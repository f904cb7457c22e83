"""/agent/messages: the messages that were refused or wait, live, with what can be done about them."""

from dataclasses import dataclass, field
from typing import ClassVar

import reflex as rx

from models.border.messages import queries
from models.border.messages.policy import may_handle
from models.border.messages.replay import replay
from models.border.messages.rules import MessageStatus
from models.identity.access.cookies import COPY_REFUSED, COPY_TAKEN, read_flash_cookie
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from state.border.chips import Chip
from state.border.received_rows import MessageRow, became, message_row
from state.kit.fields import read_page
from state.kit.guard import Stamp, Word, allow
from state.kit.listing import range_of
from state.kit.screen import ActScreen, Scope, dismissing

PATH = "/agent/messages"
WAITING = "attente"


@dataclass
class Around:
    """The words around the list."""

    subtitle: str = ""
    waiting: bool = False
    previous_href: str = ""
    next_href: str = ""
    range_label: str = ""
    tabs: list[Chip] = field(default_factory=list)


def about_messages(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change the lists: a message refused, replayed, replaced, applied."""
    return may_handle(viewer) is None and entry.kind.startswith("message.")


class ReceivedMessages(ActScreen, rx.State):
    """The list, and what was last done."""

    _scope: ClassVar = Scope(may_handle, about_messages)

    rows: list[MessageRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    around: Around = Around()
    error_title: str = ""
    _query: dict[str, str] = {}  # noqa: RUF012

    @rx.event
    @allow(may_handle)
    async def load(self, viewer: Viewer) -> None:
        """Open the list that the address names, and follow it live from now on."""
        self._query = dict(self.router.url.query_parameters)
        await self._open(viewer)

    def _begin(self) -> None:
        self._hush()
        flash = read_flash_cookie(self.router.headers.cookie)
        if flash and flash.kind == COPY_TAKEN:
            self.done = f"{flash.title}. {flash.sentence}"
        elif flash and flash.kind == COPY_REFUSED:
            self.error_title, self.error = flash.title, flash.sentence

    def _hush(self) -> None:
        self.done = self.error_title = self.error = ""

    @rx.event
    @allow(may_handle, act=True)
    async def replay(self, viewer: Viewer, message_id: Word, shown: Stamp) -> Refusal | None:
        """Take a message in again, and say what became of it."""
        outcome = await replay(viewer, message_id, shown)
        self._hush()
        if isinstance(outcome, Refusal):
            self.error_title, self.error = "Le message n’a pas été rejoué", outcome.reason
        elif outcome.refusal is not None:
            self.error_title, self.error = "Le message reste refusé", outcome.refusal.detail
        else:
            self.done = became(outcome)
        await self._show(viewer)
        return outcome if isinstance(outcome, Refusal) else None

    dismiss = dismissing(may_handle)

    async def _fill(self, viewer: Viewer) -> None:
        waiting = self._query.get("etat") == WAITING
        status = MessageStatus.WAITING if waiting else MessageStatus.REFUSED
        counts = await read(queries.counts, viewer)
        pages = max(1, -(-counts[status] // queries.PER_PAGE))
        page = min(read_page(self._query.get("page", "")), pages)
        unsettleds = await read(queries.unsettled, viewer, status, page)
        now = clock.now()
        self.rows = [message_row(unsettled, now) for unsettled in unsettleds]
        self.around = _around(counts, waiting, page, pages, len(unsettleds))


def _around(counts: dict[MessageStatus, int], waiting: bool, page: int, pages: int, shown: int) -> Around:
    refused, others = counts[MessageStatus.REFUSED], counts[MessageStatus.WAITING]
    base = f"{PATH}?etat={WAITING}&page=" if waiting else f"{PATH}?page="
    return Around(
        f"{french.plural(refused, 'message refusé', 'messages refusés')}, {french.number(others)} en attente",
        waiting,
        f"{base}{page - 1}" if page > 1 else "",
        f"{base}{page + 1}" if page < pages else "",
        range_of(page, queries.PER_PAGE, shown, others if waiting else refused),
        [
            Chip(PATH, "Refusés", french.number(refused), not waiting, "blocked"),
            Chip(f"{PATH}?etat={WAITING}", "En attente", french.number(others), waiting, "waiting"),
        ],
    )
