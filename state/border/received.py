"""/agent/messages: the messages that were refused or wait, live, with what can be done about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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
from state.kit import watches
from state.kit.closure import close
from state.kit.fields import read_page
from state.kit.guard import Stamp, Word, allow
from state.kit.session import Session

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


class ReceivedMessages(rx.State):
    """The list, and what was last done."""

    loaded: bool = False
    refusal: str = ""
    rows: list[MessageRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    around: Around = Around()
    done: str = ""
    error_title: str = ""
    error: str = ""
    _spent: str = ""
    _query: dict[str, str] = {}  # noqa: RUF012

    @rx.event
    @allow(may_handle)
    async def load(self, viewer: Viewer) -> None:
        """Open the list that the address names, and follow it live from now on."""
        watches.follow(self, viewer, may_handle, about_messages)
        self._query = dict(self.router.url.query_parameters)
        self.done = self.error_title = self.error = ""
        flash = read_flash_cookie(self.router.headers.cookie)
        if flash and flash.kind == COPY_TAKEN:
            self.done = f"{flash.title}. {flash.sentence}"
        elif flash and flash.kind == COPY_REFUSED:
            self.error_title, self.error = flash.title, flash.sentence
        await self._show(viewer)

    @rx.event
    @allow(may_handle, act=True)
    async def replay(self, viewer: Viewer, message_id: Word, shown: Stamp) -> Refusal | None:
        """Take a message in again, and say what became of it."""
        outcome = await replay(viewer, message_id, shown)
        self.done = self.error_title = self.error = ""
        if isinstance(outcome, Refusal):
            self.error_title, self.error = "Le message n’a pas été rejoué", outcome.reason
        elif outcome.refusal is not None:
            self.error_title, self.error = "Le message reste refusé", outcome.refusal.detail
        else:
            self.done = became(outcome)
        await self._show(viewer)
        return outcome if isinstance(outcome, Refusal) else None

    @rx.event
    @allow(may_handle)
    async def dismiss(self, _viewer: Viewer) -> None:
        """Close what was said."""
        self.done = self.error_title = self.error = ""

    async def _show(self, viewer: Viewer) -> None:
        waiting = self._query.get("etat") == WAITING
        status = MessageStatus.WAITING if waiting else MessageStatus.REFUSED
        counts = await read(queries.counts, viewer)
        pages = max(1, -(-counts[status] // queries.PER_PAGE))
        page = min(read_page(self._query.get("page", "")), pages)
        found = await read(queries.unsettled, viewer, status, page)
        session = await self.get_state(Session)
        session._greet(viewer)
        now = clock.now()
        self.rows = [message_row(one, now) for one in found]
        self.around = _around(counts, waiting, page, pages, len(found))
        self.refusal, self.loaded = "", True

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        if entries:
            await self._show(viewer)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        self.rows, self.around = [], Around()
        self.done = self.error_title = self.error = ""
        return await close(self, refusal, viewer)


def about_messages(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change the lists: a message refused, replayed, replaced, applied."""
    return may_handle(viewer) is None and entry.kind.startswith("message.")


def _around(counts: dict[MessageStatus, int], waiting: bool, page: int, pages: int, shown: int) -> Around:
    refused, others = counts[MessageStatus.REFUSED], counts[MessageStatus.WAITING]
    base = f"{PATH}?etat={WAITING}&page=" if waiting else f"{PATH}?page="
    first = (page - 1) * queries.PER_PAGE + 1
    total = french.number(others if waiting else refused)
    return Around(
        f"{french.plural(refused, 'message refusé', 'messages refusés')}, {french.number(others)} en attente",
        waiting,
        f"{base}{page - 1}" if page > 1 else "",
        f"{base}{page + 1}" if page < pages else "",
        f"{first} à {first + shown - 1} sur {total}" if shown else "",
        [
            Chip(PATH, "Refusés", french.number(refused), not waiting, "blocked"),
            Chip(f"{PATH}?etat={WAITING}", "En attente", french.number(others), waiting, "waiting"),
        ],
    )
