"""/notifications: what one person was told, by day, live, in step with their other screens (SES-30)."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.signals.notifications.kinds import KINDS
from models.signals.notifications.marks import mark_all_read, mark_read
from models.signals.notifications.queries.notices import (
    PAGE,
    NoticeFilters,
    NoticeRow,
    kinds_present,
    page,
    some,
)
from state.border.chips import Chip
from state.kit.deltas import put
from state.kit.ending import Ends
from state.kit.fields import Choice
from state.kit.guard import Word, allow, signed_in
from state.kit.listing import ListScreen, showing_newcomers
from state.kit.screen import Scope
from state.kit.session import Session
from state.signals.bell import ring
from state.signals.notice_rows import Day, add_to, days, kind_of, replaced, slug

PATH = "/notifications"
UNREAD = "non-lues"


@dataclass
class Around:
    """The words and filters around the list."""

    chips: list[Chip] = field(default_factory=list)
    kinds: list[Choice] = field(default_factory=list)
    kind: str = ""
    unread: bool = False
    narrowed: bool = False


class Notifications(ListScreen, rx.State):
    """The list. No line moves under the reader's finger: newer ones are offered, the others change where they stand."""

    _scope: ClassVar = Scope(signed_in)

    days: list[Day] = []  # noqa: RUF012 - Reflex copies defaults for each state
    around: Around = Around()
    more: bool = False
    """Whether there are older ones."""
    error: str = ""

    @rx.event
    @allow(signed_in)
    async def load(self, viewer: Viewer) -> None:
        """Open the list that the address names, and follow it live from now on."""
        self.error = ""
        await self._open(viewer)

    @rx.event
    @allow(signed_in)
    async def narrow(self, _viewer: Viewer, value: Word) -> Any:
        """Show one kind of event alone: go to the address that says so."""
        asked = self._asked()
        return rx.redirect(_link(kind_of(value), unread=asked.unread))

    show_newcomers = showing_newcomers(signed_in)

    @rx.event
    @allow(signed_in)
    async def show_older(self, viewer: Viewer) -> None:
        """Add a page of older ones below."""
        shown: list[Day] = self.get_value("days")
        if shown:
            last = min(line.before for day in shown for line in day.lines)
            rows = await read(lambda db: page(db, viewer, self._asked(), last))
            put(self, days=add_to(shown, rows, clock.now()), more=len(rows) == PAGE)

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def read(self, viewer: Viewer, key: Word) -> None:
        """One was read."""
        if key.isascii() and key.isdecimal() and len(key) < 16:
            await self._say(viewer, await mark_read(viewer, [int(key)]))

    @rx.event
    @allow(signed_in, ends=Ends.ANSWER)
    async def read_all(self, viewer: Viewer) -> None:
        """All were read, shown or not."""
        await self._say(viewer, await mark_all_read(viewer))

    async def _say(self, viewer: Viewer, refusal: Refusal | None) -> None:
        put(self, error=refusal.reason if refusal else "")
        await ring(self, viewer)
        await self._hear_notices(viewer)

    def _asked(self) -> NoticeFilters:
        parameters = self.router.url.query_parameters
        kind = kind_of(str(parameters.get("type", "")))
        return NoticeFilters((kind,) if kind else (), unread=parameters.get("etat") == UNREAD)

    async def _fill(self, viewer: Viewer) -> None:
        asked = self._asked()
        rows, kinds = await read(lambda db: _first(db, viewer, asked))
        session = await self.get_state(Session)
        await session._ring(viewer)
        self.days, self.more = days(rows, clock.now()), len(rows) == PAGE
        put(self, around=_around(asked, kinds, session.unread_count))

    async def _hear_notices(self, viewer: Viewer) -> None:
        """Their notices changed, here or on another screen: what is shown changes where it stands."""
        asked, shown = self._asked(), self.get_value("days")
        keys = {line.key for day in shown for line in day.lines}
        if not keys:
            await self._show(viewer)
            return
        fresh, (rows, kinds) = await read(lambda db: _again(db, viewer, asked, keys))
        newest = max(line.before for day in shown for line in day.lines)
        new = sum(str(row.id) not in keys and row.before > newest for row in rows)
        self._offer(french.plural(new, "nouvelle notification", "nouvelles notifications") if new else "")
        session = await self.get_state(Session)
        put(
            self,
            days=replaced(shown, {str(row.id): row for row in fresh}),
            around=_around(asked, kinds, session.unread_count),
        )


def _first(db: DbSession, viewer: Viewer, asked: NoticeFilters) -> tuple[list[NoticeRow], list[str]]:
    return page(db, viewer, asked), [str(notice_kind) for notice_kind in kinds_present(db, viewer)]


def _again(
    db: DbSession, viewer: Viewer, asked: NoticeFilters, keys: set[str]
) -> tuple[list[NoticeRow], tuple[list[NoticeRow], list[str]]]:
    return some(db, viewer, [int(key) for key in keys]), _first(db, viewer, asked)


def _link(kind: str, *, unread: bool) -> str:
    parameters = (f"etat={UNREAD}" if unread else "", f"type={slug(kind)}" if kind else "")
    query = "&".join(parameter for parameter in parameters if parameter)
    return f"{PATH}?{query}" if query else PATH


def _around(asked: NoticeFilters, kinds: list[str], unread: int) -> Around:
    kind = asked.kinds[0] if asked.kinds else ""
    known = kinds if not kind or kind in kinds else [*kinds, kind]
    count = "99+" if unread > 99 else french.number(unread)
    return Around(
        [
            Chip(_link(kind, unread=False), "Toutes", "", not asked.unread),
            Chip(_link(kind, unread=True), "Non lues", count, asked.unread),
        ],
        [
            Choice("", "Tous les types"),
            *[Choice(slug(kind_known), KINDS[kind_known].label) for kind_known in known],
        ],
        slug(kind) if kind else "",
        asked.unread,
        asked.unread or bool(kind),
    )
