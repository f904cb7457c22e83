"""/agent: what waits for the officers of a post, in order and live, and who has it in hand (SES-05, SES-20)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import reflex as rx

from models.border.passage.words import AUTHORITIES
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.authorities import Authority
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.scheduling.calendars.queries.agenda import due_at_posts
from models.signals.alerts import actions as alerting
from models.signals.alerts.queries import alerts
from models.signals.worklist import actions
from models.signals.worklist.policy import may_work, of_work
from models.signals.worklist.queries import PER_PAGE, Narrowed, WorkPage, colleagues_of, work_list
from state.kit.deltas import put
from state.kit.fields import Choice, colleagues, read_key
from state.kit.guard import Stamp, Word, allow
from state.kit.listing import narrowed, range_of
from state.kit.screen import ActScreen, Scope, dismissing
from state.kit.session import Session
from state.signals.alert_rows import AlertCard, alert_card
from state.signals.work_address import WHOSE, WorkAddress
from state.signals.work_rows import WorkRow, told, work_row

ALERTS_SHOWN = 4
_WORDS = {"": "Tous", "moi": "À moi", "libres": "Libres"}


@dataclass
class Way:
    """One of the ways to look at the list: all of it, mine, free."""

    label: str = ""
    href: str = ""
    pressed: bool = False


@dataclass
class Around:
    """The words around the list."""

    subtitle: str = ""
    late: str = "0"
    is_late: bool = False
    median: str = ""
    alerts: str = "0"
    more_alerts: str = ""
    range_label: str = ""
    previous_href: str = ""
    next_href: str = ""
    narrowed: bool = False
    ched_type: str = ""
    step: str = ""
    post: str = ""
    posts: list[Choice] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    takes: bool = True
    """Whether the viewer takes consignments in hand; who does not is told the post instead."""


@dataclass
class Handing:
    """The consignment that is being handed to somebody, and to whom it can be."""

    reference: str = ""
    title: str = ""
    people: list[Choice] = field(default_factory=list)
    error: str = ""
    stamp: str = ""


class AgentHome(ActScreen, rx.State):
    """The list, the first alerts, and what was last done. No row moves under the officer's finger."""

    _scope: ClassVar = Scope(may_work, of_work)

    rows: list[WorkRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    alerts: list[AlertCard] = []  # noqa: RUF012
    around: Around = Around()
    reorder: str = ""
    """What is not shown yet; empty when the list stands in its order."""
    handing: Handing = Handing()

    @rx.event
    @allow(may_work)
    async def load(self, viewer: Viewer) -> None:
        """Open the list that the address names, and follow it live from now on."""
        self.handing = Handing()
        await self._open(viewer)

    @rx.event
    @allow(may_work)
    async def narrow(self, _viewer: Viewer, name: Word, value: Word) -> Any:
        """Change one filter: go to the address that says so."""
        return narrowed(self._address(), {"type": "ched_type", "etape": "step", "poste": "post"}, name, value)

    @rx.event
    @allow(may_work)
    async def sort(self, viewer: Viewer) -> None:
        """Put the list in its order, with what came meanwhile."""
        await self._show(viewer)

    @rx.event
    @allow(may_work, act=True)
    async def take(self, viewer: Viewer, reference: Word, shown: Stamp) -> Refusal | None:
        """Take a consignment in hand."""
        return await self._after(
            viewer, await actions.take(viewer, reference, shown), "Envoi pris en charge."
        )

    @rx.event
    @allow(may_work, act=True)
    async def release(self, viewer: Viewer, reference: Word, shown: Stamp) -> Refusal | None:
        """Give a consignment back."""
        refusal = await actions.release(viewer, reference, shown)
        return await self._after(viewer, refusal, "Envoi rendu à la file.")

    @rx.event
    @allow(may_work)
    async def hand(self, viewer: Viewer, reference: Word) -> None:
        """Open the dialog that hands a consignment of the list to a colleague."""
        rows: list[WorkRow] = self.get_value("rows")
        row = next(
            (candidate for candidate in rows if candidate.reference == reference and candidate.may_take), None
        )
        self.handing = Handing()
        if row is not None:
            people = await read(lambda db: _served_with(db, viewer))
            self.handing = Handing(row.reference, row.title, colleagues(people, viewer), stamp=row.stamp)

    @rx.event
    @allow(may_work, act=True)
    async def assign(self, viewer: Viewer, account: Word, shown: Stamp) -> Refusal | None:
        """Hand the consignment of the dialog to that colleague; the stamp says which one the dialog showed."""
        chosen = self.get_value("handing").reference
        refusal = await actions.assign(viewer, chosen, read_key(account), shown)
        self.handing = Handing()
        return await self._after(viewer, refusal, "Envoi attribué.")

    @rx.event
    @allow(may_work, act=True)
    async def acknowledge(self, viewer: Viewer, alert: Word, shown: Stamp) -> Refusal | None:
        """Say that an alert was seen; it stays listed."""
        refusal = await alerting.acknowledge(viewer, read_key(alert), shown)
        return await self._after(viewer, refusal, "Alerte acquittée.")

    dismiss = dismissing(may_work)

    async def _show_outcome(self, viewer: Viewer) -> None:
        await self._refresh(viewer)

    def _address(self) -> WorkAddress:
        return WorkAddress.read(self.router.url.query_parameters)

    async def _fill(self, viewer: Viewer) -> None:
        work_page = await self._read(viewer)
        now = clock.now()
        self.rows, self.reorder = [work_row(line, viewer, now) for line in work_page.lines], ""

    async def _read(self, viewer: Viewer, also: Sequence[int] = ()) -> WorkPage:
        """Everything but the rows, which only `_show` puts in order."""
        address, now = self._address(), clock.now()
        work_page, shown, (count, waiting) = await read(lambda db: _screen(db, viewer, address, also))
        session = await self.get_state(Session)
        put(session, alert_count=waiting)
        cards = [alert_card(visit, now, viewer.posts) for visit in shown]
        put(self, alerts=cards, around=_around(address, work_page, viewer, count))
        return work_page

    async def _refresh(self, viewer: Viewer) -> None:
        """Replace what is on screen where it stands; fill what is left of the page; offer the new order."""
        before: dict[int, WorkRow] = {kept_row.id: kept_row for kept_row in self.get_value("rows")}
        work_page = await self._read(viewer, list(before))
        now = clock.now()
        fresh = {line.id: work_row(line, viewer, now) for line in (*work_page.lines, *work_page.others)}
        kept = [told(fresh[key], row, now) for key, row in before.items() if key in fresh]
        new = [told(fresh[line.id], None, now) for line in work_page.lines if line.id not in before]
        rows = (kept + new)[: max(PER_PAGE, len(kept))]
        put(self, rows=rows, reorder=_reorder([kept_row.id for kept_row in rows], work_page))

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        if entries:
            await self._refresh(viewer)


def _screen(
    db: DbSession, viewer: Viewer, address: WorkAddress, also: Sequence[int]
) -> tuple[WorkPage, list[alerts.Shown], tuple[int, int]]:
    due = due_at_posts(db, viewer)
    work_page = work_list(db, viewer, address.narrowed, address.page, due, also)
    return work_page, alerts.open_for(db, viewer, ALERTS_SHOWN), alerts.count_open(db, viewer)


def _served_with(db: DbSession, viewer: Viewer) -> list[tuple[int, str]]:
    people = {colleague for post in viewer.posts for colleague in colleagues_of(db, viewer, post)}
    return sorted(people, key=lambda one: one[1])


def _reorder(shown: list[int], work_page: WorkPage) -> str:
    """What the button that sorts offers; empty when the list stands in its order."""
    ordered = [line.id for line in work_page.lines]
    missing = len(set(ordered) - set(shown))
    if missing:
        return french.typeset(f"{french.plural(missing, 'envoi plus urgent', 'envois plus urgents')} : trier")
    return "" if shown == ordered else french.typeset("L’ordre a changé : trier")


def _around(address: WorkAddress, work_page: WorkPage, viewer: Viewer, alert_count: int) -> Around:
    whom = AUTHORITIES[viewer.authority or Authority.SIVEP]
    service = (
        ("le " if whom == "SIVEP" else "la ") + french.lower_first(whom) if viewer.posts else "les postes"
    )
    waits = french.plural(work_page.total, "envoi attend", "envois attendent")
    more = alert_count - ALERTS_SHOWN
    return Around(
        f"{french.today(clock.now())}. {waits} {service}.",
        french.number(work_page.late),
        work_page.late > 0,
        words_of(work_page.median_wait),
        french.number(alert_count),
        french.plural(more, "autre alerte", "autres alertes") if more > 0 else "",
        range_of(work_page.page, PER_PAGE, len(work_page.lines), work_page.total),
        address.link(page=work_page.page - 1) if work_page.page > 1 else "",
        address.link(page=work_page.page + 1) if work_page.page < work_page.pages else "",
        address.narrowed != Narrowed(),
        address.ched_type,
        address.step,
        address.post,
        [Choice("", "Tous les postes" if not viewer.posts else "Tous mes postes")]
        + [Choice(code, name) for code, name in work_page.posts],
        [Way(_WORDS[word], address.link(whose=word), address.whose == word) for word in WHOSE],
        bool(viewer.posts),
    )


def words_of(minutes: int | None) -> str:
    """`48 min`; a dash when nothing waits."""
    return "–" if minutes is None else french.duration(timedelta(minutes=minutes))
