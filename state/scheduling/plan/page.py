"""/agent/planning: the plan of a post by day or week, live; one appointment's panel; the gate (SES-13, SES-11)."""

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED
from models.scheduling.appointments.forms import AnswerForm, DayForm, DropForm, GateForm
from models.scheduling.appointments.policy import AboutPost, may_plan, may_run
from models.scheduling.calendars.plan import places_for
from state.kit.days import read_day
from state.kit.deltas import put
from state.kit.ending import Ends
from state.kit.form import FormScreen
from state.kit.guard import Stamp, Typed, Word, allow, refusal_by
from state.kit.screen import Scope, Screen
from state.scheduling.plan.acts import AT_ONCE, Wish, carry_out
from state.scheduling.plan.days import DayPlan
from state.scheduling.plan.gate import Gate, check_in, unknown
from state.scheduling.plan.panel import Panel
from state.scheduling.plan.questions import QUESTIONS, Asked, bay_choices, fault, nearest, slot_choices
from state.scheduling.plan.reader import Around, Opened, Wanted, open_one, open_plan, post_of


class Planning(FormScreen, Screen, rx.State):
    """The plan that is open, the appointment in the panel, what the gate was told."""

    _scope: ClassVar = Scope(may_plan)

    around: Around = Around()
    day: DayPlan = DayPlan()
    week: list[DayPlan] = []  # noqa: RUF012 - Reflex copies defaults for each state
    panel: Panel = Panel()
    asked: Asked = Asked()
    said: str = ""
    error: str = ""
    gate: Gate = Gate()
    _spent: str = ""
    _post: str = ""
    _wanted: Wanted = Wanted()
    """What the address said when it was last read: the tab may be on its way to another."""

    @rx.event
    @allow(may_plan)
    async def load(self, viewer: Viewer) -> None:
        """Open the plan that the address names, and follow it live from now on."""
        self._leave()
        self.gate, self._post = Gate(), ""
        self._wanted = Wanted.read(self.router.url.query_parameters)
        await self._show(viewer)

    @rx.event
    @allow(may_plan, ends=Ends.HERE)
    async def go(self, _viewer: Viewer, form: Typed) -> Any:
        """Another post or another day: go to the address that says so."""
        typed = DayForm.read(form).values or DayForm()
        wanted = Wanted(typed.post or self._post, read_day(typed.day), self.around.weekly)
        return rx.redirect(wanted.href)

    @rx.event
    @allow(may_plan)
    async def show(self, viewer: Viewer, reference: Word) -> None:
        """Open the panel of one appointment."""
        self._leave()
        await self._look(viewer, reference)

    @rx.event
    @allow(may_run)
    async def ask(self, viewer: Viewer, what: Word) -> None:
        """Ask what must be known before it is done."""
        self.said = self.error = ""
        opened = await open_one(viewer, self.panel.reference)
        if opened is None or what not in QUESTIONS:
            return
        asked = replace(QUESTIONS[what], bays=bay_choices(opened.offer), stamp=opened.panel.stamp)
        appointment = opened.shown.appointment
        if asked.times:
            await self._offer_times(
                opened, asked, opened.offer.local(appointment.starts_at).date().isoformat()
            )
            asked.bay = str(appointment.bay_id) if what == "move" else "0"
        self.asked = asked
        self._blank()

    @rx.event
    @allow(may_run)
    async def pick_day(self, viewer: Viewer, value: Word) -> None:
        """Look for places on another day."""
        opened = await open_one(viewer, self.panel.reference)
        if opened is not None and read_day(value) is not None:
            asked = replace(self.get_value("asked"), error="")
            await self._offer_times(opened, asked, value)
            self.asked = asked

    @rx.event
    @allow(may_run)
    async def back(self, _viewer: Viewer) -> None:
        """Do nothing of it."""
        self.asked, self.error = Asked(), ""

    @rx.event
    @allow(may_run, act=True)
    async def answer(self, viewer: Viewer, form: Typed, shown: Stamp) -> Refusal | None:
        """Do what was asked, with the reason and the time that were chosen; what was typed stays when refused."""
        asked: Asked = self.get_value("asked")
        if not asked.what:
            return None
        typed = self._read(AnswerForm, form)
        if typed is None:
            return Refusal(next(iter(self.draft.errors.values())))
        lacking = fault(asked.what, typed)
        if lacking:
            self._fault(AnswerForm, **lacking)
            return Refusal(next(iter(lacking.values())))
        bay = int(typed.bay) if typed.bay in {choice.value for choice in asked.bays} else 0
        at = _time(typed.slot)
        wish = Wish(asked.what, self.panel.reference, typed.reason, typed.details, at, bay, shown)
        return await self._do(viewer, wish)

    @rx.event
    @allow(may_run, act=True)
    async def act(self, viewer: Viewer, what: Word, shown: Stamp) -> Refusal | None:
        """Do at once what needs no question."""
        if what not in AT_ONCE:
            return None
        return await self._do(viewer, Wish(what, self.panel.reference, shown=shown))

    @rx.event
    @allow(may_run, act=True)
    async def shift(self, viewer: Viewer, way: Word, shown: Stamp) -> Refusal | None:
        """Move it by one step of the post, in its bay: `later`, or earlier (SES-11)."""
        opened = await open_one(viewer, self.panel.reference)
        if opened is None:
            return None
        appointment, step = opened.shown.appointment, opened.offer.step
        at = appointment.starts_at + (step if way == "later" else -step)
        return await self._do(
            viewer, Wish("move", appointment.reference, starts_at=at, bay=appointment.bay_id, shown=shown)
        )

    @rx.event
    @allow(may_run, ends=Ends.HERE)
    async def drop(self, viewer: Viewer, form: Typed) -> None:
        """It was dragged to another place of the plan: ask before the operator is told."""
        self._leave()
        dropped = DropForm.read(form).values or DropForm()
        at, bay = _time(dropped.slot), dropped.bay
        opened = await self._look(viewer, dropped.reference)
        if opened is None or at is None:
            return
        elsewhere = at == opened.shown.appointment.starts_at and self.panel.can.rebay
        if not self.panel.can.change and not elsewhere:
            return
        asked = replace(QUESTIONS["move"], bays=bay_choices(opened.offer), stamp=opened.panel.stamp)
        await self._offer_times(opened, asked, opened.offer.local(at).date().isoformat(), at)
        asked.bay = bay if bay in {choice.value for choice in asked.bays} else "0"
        if asked.slot and asked.slot != french.iso(at):
            asked.error = (
                "L’heure où vous l’avez déposé n’est pas libre\u00a0: la plus proche est proposée ici."
            )
            asked.error = french.typeset(asked.error)
        self.asked = asked
        self._blank()

    @rx.event
    @allow(may_run)
    async def check_in(self, viewer: Viewer, form: Typed) -> None:
        """A reference was typed or scanned at the gate."""
        typed = GateForm.read(form)
        opened = await open_one(viewer, typed.values.reference) if typed.values else None
        if opened is None:
            self.gate = unknown(typed.typed["reference"])
            return
        self.gate = await check_in(viewer, opened.shown, opened.offer, clock.now())
        await self._show(viewer)

    def _leave(self) -> None:
        self.panel, self.asked, self.said, self.error = Panel(), Asked(), "", ""

    async def _do(self, viewer: Viewer, wish: Wish) -> Refusal | None:
        opened = await open_one(viewer, wish.reference)
        if opened is None:
            self._leave()
            return None
        outcome = await carry_out(viewer, wish, opened.offer)
        self.said = outcome.said
        if outcome.error == CHANGED.reason:  # what was asked was about something else
            self.asked, self.error = Asked(), outcome.error
        elif outcome.error and self.asked.what:
            self.asked = replace(self.get_value("asked"), error=outcome.error)
        else:
            self.error = outcome.error
        if outcome.said:
            self.asked = Asked()
        await self._show(viewer)
        return Refusal(outcome.error) if outcome.error else None

    async def _offer_times(
        self, opened: Opened, asked: Asked, day: str, chosen: datetime | None = None
    ) -> None:
        when = read_day(day)
        if when is None:
            return
        appointment, offer = opened.shown.appointment, opened.offer
        slots = await read(lambda db: places_for(db, appointment, when))
        asked.day, asked.slots = day, slot_choices(slots, offer)
        asked.slot = nearest(asked.slots, chosen or appointment.starts_at)

    async def _look(self, viewer: Viewer, reference: str) -> Opened | None:
        opened = await open_one(viewer, reference)
        put(self, panel=opened.panel if opened else Panel())
        return opened

    async def _fill(self, viewer: Viewer) -> None:
        wanted = self.get_value("_wanted")
        post = await post_of(viewer, wanted)
        if post != self._post or not post:
            self._post = post
            self._follow(viewer, AboutPost(post))
        opened_plan = await open_plan(viewer, wanted)
        put(self, around=opened_plan.around, day=opened_plan.day, week=opened_plan.week)
        if self.panel.reference:
            await self._look(viewer, self.panel.reference)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        if refusal_by(may_plan, viewer) is None:  # who may look, and not do this
            self.error = refusal.reason
            return None
        return await super()._refuse(refusal, viewer)


def _time(iso: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return at if at.tzinfo else None
