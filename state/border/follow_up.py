"""/suivi: the list of consignments, live (SES-01)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx

from models.border.consignments.policy import enters, may_follow
from models.border.consignments.subject import consignment_of, of_consignments
from models.border.follow_up.queries import listing as queries
from models.border.matching.policy import may_match
from models.border.matching.queries.posts import count_waiting
from models.border.passage.vocabulary import ChedType
from models.border.passage.words import CHED_TYPES
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from state.border.address import Address
from state.border.chips import Chip, Said, said
from state.border.rows import Row, row
from state.hub.shared_rows import listable, news
from state.kit.deltas import put
from state.kit.ending import Ends
from state.kit.fields import Choice
from state.kit.guard import Line, Word, allow
from state.kit.listing import ListScreen, narrowed, showing_newcomers
from state.kit.screen import Scope
from state.kit.session import Session


@dataclass
class Filtering:
    """The filters as the page shows them; no fact changes them."""

    search: str = ""
    found: str = ""
    """How many consignments the search found, to be announced; empty while nothing is looked for."""
    post: str = ""
    ched_type: str = ""
    sort: str = "urgent"
    period: str = ""
    posts: list[Choice] = field(default_factory=list)
    next_href: str = ""
    previous_href: str = ""
    hint: str = ""
    clear_href: str = ""
    narrowed: bool = False


CHED_CHOICES = [("", "Tous les types"), *((str(kind), CHED_TYPES[kind]) for kind in ChedType)]
SORT_CHOICES = [("urgent", "Le plus urgent"), ("recent", "Le plus récent"), ("ancien", "Le plus ancien")]
PERIOD_CHOICES = [("", "7 derniers jours"), ("tout", "Toutes les dates")]
_FEW = 5
"""Rows sent apart, at most: beyond, the list is sent again."""


class FollowUp(ListScreen, rx.State):
    """The list, its filters and counters. Rows change in place; none moves under the user's finger."""

    _scope: ClassVar = Scope(may_follow, of_consignments)

    rows: list[Row] = []  # noqa: RUF012 - Reflex copies defaults for each state
    changed: dict[str, Row] = {}  # noqa: RUF012
    """What took the place of rows since they were sent, by reference: a var travels whole, so this one is small."""
    chips: list[Chip] = []  # noqa: RUF012
    filtering: Filtering = Filtering()
    subtitle: str = ""
    range_label: str = ""
    feed_title: str = ""
    feed_fact: str = ""
    feed_at: str = ""
    _opened: Address = Address()
    """The address when it was last shown: the tab may be on its way to another."""
    _new: int = 0

    @rx.event
    @allow(may_follow)
    async def load(self, viewer: Viewer) -> None:
        """Open the list as the address says, and follow it live from now on."""
        await self._open(viewer)
        if may_match(viewer) is None:  # the badge of the navigation
            session = await self.get_state(Session)
            session.unmatched_count = await read(lambda db: count_waiting(db, viewer))

    @rx.event
    @allow(may_follow)
    async def narrow(self, _viewer: Viewer, name: Word, value: Word) -> Any:
        """Change one filter: go to the address that says so."""
        address = self._address()
        if name == "period":
            return rx.redirect(address.link(all_dates=value == "tout"))
        return narrowed(address, {"post": "post", "type": "ched_type", "sort": "sort"}, name, value)

    @rx.event
    @allow(may_follow, ends=Ends.HERE)
    async def search(self, _viewer: Viewer, form: dict[Word, Line]) -> Any:
        """Look for a reference, goods or a vessel: go to the address that says so, once for all that is typed."""
        address = self._address()
        return rx.redirect(address.link(search=form.get("q", ""), state=""), replace=bool(address.search))

    show_newcomers = showing_newcomers(may_follow)

    def _address(self) -> Address:
        return Address.read(self.router.url.query_parameters)

    async def _fill(self, viewer: Viewer) -> None:
        address, now = self._address(), clock.now()
        filters = address.filters(now)
        page, counters, posts = await read(
            lambda db: queries.screen(db, viewer, filters, after=address.after, before=address.before)
        )
        self._opened = address
        self._list([row(listed, viewer, now) for listed in page.items])
        counted = said(address, counters, viewer)
        self.filtering = _filtering(address, page, [Choice(p.code, p.name) for p in posts], viewer)
        self.filtering.found = counted.subtitle if address.searched else ""
        self._new = 0
        await self._say(counted)

    def _list(self, rows: list[Row]) -> None:
        self.rows, self.changed = rows, {}
        self.range_label = french.plural(len(rows), "envoi affiché", "envois affichés")

    async def _say(self, counted: Said) -> None:
        put(self, chips=counted.chips, subtitle=counted.subtitle)
        if not self.get_value("_opened").narrowed:
            put(await self.get_state(Session), action_count=counted.mine)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        opened = self.get_value("_opened")
        shown = {row_shown.id for row_shown in self.get_value("rows")}
        if not shown and await listable(viewer, opened, entries):
            await self._show(viewer)  # nothing on screen that could move under a finger
            return
        read = await news(viewer, opened, entries)
        fresh = read.fresh
        gone = {consignment_of(entry) for entry in entries} - fresh.keys()  # to another company or post
        self._replace([fresh_row for key, fresh_row in fresh.items() if key in shown], gone & shown)
        new = {consignment_of(entry) for entry in entries if enters(viewer, entry)} - shown
        self._announce(fresh, new and new & await listable(viewer, opened, entries), entries)
        await self._say(read.said)

    def _replace(self, fresh: list[Row], gone: set[int | None]) -> None:
        changed = self.get_value("changed") | {fresh_row.reference: fresh_row for fresh_row in fresh}
        if gone or len(changed) > _FEW:
            kept = [row_shown for row_shown in self.get_value("rows") if row_shown.id not in gone]
            self._list([changed.get(row_shown.reference, row_shown) for row_shown in kept])
        elif fresh:
            self.changed = changed

    def _announce(
        self, fresh: dict[int | None, Row], new: set[int | None], entries: Sequence[JournalEntry]
    ) -> None:
        if new:
            self._new += len(new)
            self._offer(french.plural(self._new, "nouvel envoi", "nouveaux envois"))
        on_screen = [fresh[key] for key in map(consignment_of, entries) if key in fresh]
        if len({moved.id for moved in on_screen}) > 1:
            several = french.plural(len({moved.id for moved in on_screen}), "envoi")
            put(self, feed_title=several, feed_fact="viennent de changer")
        elif on_screen:
            put(self, feed_title=on_screen[-1].title, feed_fact=_fact(on_screen[-1]))
        if on_screen:
            self.feed_at = french.iso(clock.now())


def _fact(row: Row) -> str:
    return f"{french.lower_first(row.step_label)}, {row.state_label.lower()}"


def _filtering(address: Address, page: queries.Listing, posts: list[Choice], viewer: Viewer) -> Filtering:
    hint = "Tapez au moins 3 caractères\u00a0: d’une référence, d’une marchandise, d’un navire."
    return Filtering(
        search=address.search,
        post=address.post,
        ched_type=address.ched_type,
        sort=address.sort,
        period="tout" if address.all_dates else "",
        posts=[Choice("", "Tous les postes" if not viewer.posts else "Tous mes postes"), *posts],
        next_href=address.link(after=page.next) if page.next else "",
        previous_href=address.link(before=page.previous) if page.previous else "",
        hint=french.typeset(hint) if address.search_too_short else "",
        clear_href=Address(sort=address.sort).link(),
        narrowed=address.narrowed,
    )
