"""/tableau-de-bord: what I owe, what I must declare, what needs me today, live (PPR-20 to PPR-31)."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.money.declarations.policy import calendars_seen
from models.money.payments.policy import may_open, may_see_mandates
from models.money.payments.queries.lines import LONGEST_SEARCH, PAGE_SIZE, Narrowing, Start
from state.dashboard import rows as show
from state.dashboard.reader import FIGURES, Position, Reading, concerns, read, read_awaited, still_there
from state.dashboard.rows import Bar, Button, DateRow, DebtLine, MandateRow, PaymentLine, ServiceRow
from state.dashboard.summary import (
    CURRENT,
    FISCAL,
    HISTORY,
    SERVICES,
    Payments,
    Summary,
    address,
    counted,
    dates,
    fiscal,
    summary,
)
from state.dashboard.todo import (
    CONSIGNMENT,
    SHOWN,
    VISIT,
    Todo,
    count_others,
    count_to_answer,
    found_of,
    of_visits,
    todo,
    told,
    visits_found,
)
from state.dashboard.withheld import Withheld, withheld
from state.kit.ending import Ends
from state.kit.guard import Line, Word, allow
from state.kit.listing import ListScreen, in_place, showing_newcomers, still_listed
from state.kit.screen import Scope
from state.kit.session import Session


class Dashboard(ListScreen, rx.State):
    """The home of an operator. Lines change in place; none moves under the user's finger."""

    _scope: ClassVar = Scope(may_open, concerns)

    summary: Summary = Summary()
    todo: list[Todo] = []  # noqa: RUF012 - Reflex copies defaults for each state
    bars: list[Bar] = []  # noqa: RUF012
    payments: Payments = Payments()
    debts: list[DebtLine] = []  # noqa: RUF012
    history: list[PaymentLine] = []  # noqa: RUF012
    notes: list[str] = []  # noqa: RUF012
    declarations: str = SERVICES
    services: list[ServiceRow] = []  # noqa: RUF012
    fiscal: list[Button] = []  # noqa: RUF012
    services_note: str = ""
    sees_mandates: bool = False
    mandates: list[MandateRow] = []  # noqa: RUF012
    mandates_note: str = ""
    dates: list[DateRow] = []  # noqa: RUF012
    dates_notes: list[str] = []  # noqa: RUF012
    withheld: list[Withheld] = []  # noqa: RUF012
    _debt_starts: list[Start] = []  # noqa: RUF012
    """Where each page after the first began, up to the one shown."""
    _history_starts: list[Start] = []  # noqa: RUF012
    _last: Start = (date.min, 0)
    """Where the page shown ends."""
    _newest: tuple[int, int] = (0, 0)
    """The keys of the last debt and of the last payment that there were."""
    _siren: str | None = None
    _others: int = 0
    """How many things there are to do beside the consignments."""
    _visits: int = 0
    """How many of them are appointments."""

    @rx.event
    @allow(may_open)
    async def load(self, viewer: Viewer) -> None:
        """Open the dashboard, and follow it live from now on."""
        self._forget_place()
        await self._open(viewer)

    @rx.event
    @allow(may_open)
    async def show_tab(self, viewer: Viewer, name: Word) -> None:
        """Debts to pay, or the history of what was paid (PPR-22)."""
        if name in (CURRENT, HISTORY) and name != self.payments.tab:
            self.payments.tab = name
            await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def show_declarations(self, _viewer: Viewer, name: Word) -> None:
        """Customs' services, or the links to social and tax declarations (PPR-21, PPR-25)."""
        if name in (SERVICES, FISCAL):
            self.declarations = name

    @rx.event
    @allow(may_open, ends=Ends.HERE)
    async def search(self, viewer: Viewer, form: dict[Word, Line]) -> None:
        """Narrow the history by reference or nature, and by period."""
        self.payments.search = " ".join(form.get("q", "").split())[:LONGEST_SEARCH]
        self.payments.since, self.payments.until = form.get("du", "")[:10], form.get("au", "")[:10]
        self._history_starts = []
        await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def turn(self, viewer: Viewer, way: Word) -> None:
        """Go to the next page of the lines shown, or back to the previous one."""
        starts = self._starts()
        if way == "next" and self.payments.next:
            starts.append(self._last)
        elif way == "previous" and starts:
            starts.pop()
        await self._show(viewer)

    show_newcomers = showing_newcomers(may_open)

    def _from_first(self) -> None:
        self._starts().clear()

    def _starts(self) -> list[Start]:
        return self._debt_starts if self.payments.tab == CURRENT else self._history_starts

    def _position(self) -> Position:
        shown = self.payments.tab == HISTORY
        return Position(
            self._debt_starts[-1] if self._debt_starts else None,
            self._history_starts[-1] if self._history_starts else None,
            Narrowing.read(self.payments.search, self.payments.since, self.payments.until) if shown else None,
        )

    def _forget_place(self) -> None:
        self.payments, self.declarations = Payments(), SERVICES
        self._debt_starts, self._history_starts = [], []

    async def _fill(self, viewer: Viewer) -> None:
        if (
            viewer.siren != self._siren
        ):  # chosen in another tab: a place in the lines of one company is none in another's
            self._forget_place()
            self._siren = viewer.siren
        reading = await read(viewer, clock.now(), self._position())
        self.debts = [show.debt_line(owed, reading.today) for owed in reading.debts[:PAGE_SIZE]]
        self.history = [show.payment_line(payment) for payment in reading.history[:PAGE_SIZE]]
        self._page(reading)
        self._newest = (reading.figures.newest_debt, reading.figures.newest_payment)
        self.todo, self.dates = todo(reading), dates(reading)
        await self._around(viewer, reading)

    def _page(self, reading: Reading) -> None:
        if self.payments.tab == CURRENT:
            keys = [(owed.debt.due_on, owed.debt.id or 0) for owed in reading.debts]
        else:
            keys = [(payment.paid_on, payment.id or 0) for payment in reading.history]
        shown = keys[:PAGE_SIZE]
        if shown:
            self._last = shown[-1]
        self.payments.next, self.payments.previous = len(keys) > PAGE_SIZE, bool(self._starts())

    async def _around(self, viewer: Viewer, reading: Reading) -> None:
        """All that no finger is on: sums, words, notes, and what is not shown."""
        session = await self.get_state(Session)
        session.action_count = reading.awaited_count
        session.answer_count = count_to_answer(reading.visits, reading.now)
        now, received = reading.now, reading.figures.received
        self.bars = show.bars(reading.figures, now)
        self.summary, self._others = summary(viewer, reading), count_others(reading)
        self._visits = sum(1 for _ in of_visits(reading))
        address(self.payments)
        more = self.payments.next or self.payments.previous
        self.payments.found = counted(len(self.history), more=more) if self.payments.narrowed else ""
        self.notes = show.notes(received, reading.figures.shares, ("debts", "payments"), now)
        self.services = [show.service_row(service_line, reading.today) for service_line in reading.services]
        self.services_note = show.freshness(received, CoOwner.DGDDI, ("declarations",), now)
        self.fiscal = fiscal(viewer)
        if not self.fiscal or not self.services:
            self.declarations = SERVICES if self.services else FISCAL
        self.sees_mandates = may_see_mandates(viewer)
        self.mandates = [show.mandate_row(signed, viewer) for signed in reading.mandates]
        self.mandates_note = show.freshness(received, CoOwner.DGDDI, ("mandates",), now)
        self.dates_notes = show.notes(received, calendars_seen(viewer), ("due-dates",), now)
        self.withheld = withheld(viewer)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """Lines keep their places; those that are settled say so, and what is new is announced."""
        if all(entry.kind != FIGURES for entry in entries):
            await self._look_at_consignments(viewer)
            return
        reading = await read(viewer, clock.now(), self._position())
        debts, history = list(self.get_value("debts")), list(self.get_value("history"))
        owed, paid = await still_there(
            viewer, [shown_line.id for shown_line in debts], [shown_line.id for shown_line in history]
        )
        fresh = {owed.debt.id: show.debt_line(owed, reading.today) for owed in owed}
        fresh_paid = {payment.id: show.payment_line(payment) for payment in paid}
        self.debts = still_listed(debts, fresh, "id")
        self.history = still_listed(history, fresh_paid, "id")
        if not (debts if self.payments.tab == CURRENT else history):
            await self._show(viewer)  # nothing on screen that could move under a finger
            return
        self._announce(reading)
        self.todo = in_place(list(self.get_value("todo")), todo(reading), "key")
        self.dates = in_place(list(self.get_value("dates")), dates(reading), "id")
        await self._around(viewer, reading)

    async def _look_at_consignments(self, viewer: Viewer) -> None:
        """What a fact about a consignment changes, and no more: facts come all day long."""
        waiting, number, visits = await read_awaited(viewer)
        now, lines = clock.now(), list(self.get_value("todo"))
        others = [line for line in lines if not line.key.startswith((CONSIGNMENT, VISIT))]
        fresh = [found_todo.todo for found_todo in (*visits_found(visits, now), *found_of(waiting, now))]
        self._others += len(list(visits_found(visits, now))) - self._visits
        self._visits = len(list(visits_found(visits, now)))
        self.todo = in_place(lines, [*fresh, *others], "key")[:SHOWN]
        self.summary.todo, self.summary.more = told(number + self._others, len(self.get_value("todo")))
        session = await self.get_state(Session)
        session.action_count = number
        session.answer_count = count_to_answer(visits, now)

    def _announce(self, reading: Reading) -> None:
        debts, payments = self._newest
        if self.payments.tab == CURRENT and reading.figures.newest_debt > debts:
            self._offer("De nouvelles créances sont arrivées")
        if self.payments.tab == HISTORY and reading.figures.newest_payment > payments:
            self._offer("De nouveaux paiements sont arrivés")
