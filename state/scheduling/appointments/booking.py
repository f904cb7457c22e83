"""/rendez-vous/nouveau: what, when, and who to call: a place is held while the rest is typed; live (SES-10, SES-12)."""

from datetime import date, timedelta
from typing import Any

import reflex as rx

from models.border.passage.keys import canonical
from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import booking, changes
from models.scheduling.appointments.booking import NoPlace
from models.scheduling.appointments.forms import VisitForm
from models.scheduling.appointments.policy import may_open, person
from models.scheduling.appointments.queries import last_contact
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control, Goods
from state.kit.ending import Ends
from state.kit.form import as_typed, blank
from state.kit.guard import Ticked, Word, allow
from state.scheduling.appointments import choice
from state.scheduling.appointments.reader import Asked, look
from state.scheduling.appointments.rows import HOME
from state.scheduling.appointments.screen import CHOOSE, DETAILS, SLOT, STEP, BookingScreen
from state.scheduling.appointments.slots import monday
from state.scheduling.appointments.words import Hold, read_time


class Booking(BookingScreen, rx.State):
    """One appointment in the making, or one that is being moved: what the person does."""

    @rx.event
    @allow(may_open)
    async def load(self, viewer: Viewer) -> None:
        """Open the page for the consignment, or for the appointment to move, that the address names.

        Back and Forward of the browser change the step alone: what was chosen stays, and no place is taken by them.
        """
        asked = self.router.url.query_parameters
        moving, named = str(asked.get("deplacer", ""))[:64], canonical(str(asked.get("envoi", ""))[:64])
        if self._goes_on(moving, named):
            await self._turn_to(viewer, str(asked.get(STEP, "")) or self._first)
            return
        screen: Any = self
        screen.reset()
        self._follow(viewer)
        self._moving, self._named = moving, named
        self._references = [named] if named else []
        contact = await read(lambda db: last_contact(db, viewer))
        self.draft = blank(
            self.draft, {"contact_name": contact[0] or viewer.name, "contact_phone": contact[1]}
        )
        await self._begin_at(viewer)
        self._first = self.stage if self.stage != DETAILS else SLOT

    async def _begin_at(self, viewer: Viewer) -> None:
        """Go on with the place that is held, or straight to the hours when there is nothing to choose."""
        asked = Asked(self._references, moving=self._moving, choosing=True)
        seen = await read(lambda db: look(db, viewer, asked))
        held = seen.held
        if held is not None and not self._moving:
            references = [consignment.reference for consignment in held.consignments]
            if set(self._references) <= set(references):
                self._references, self.control, self.stage = references, held.appointment.control, DETAILS
                self.cold = Goods.COLD in held.appointment.goods.split()
                self._slot = french.iso(held.appointment.starts_at)
        chosen = choice.together(seen.bookable, self._references)
        if self.stage == CHOOSE and (chosen or self._moving):
            self.control = next((possible.value for possible in choice.controls(chosen)), "")
            self.stage = SLOT if self.control or self._moving else CHOOSE
        if self.stage == CHOOSE:
            self._references = [bookable.consignment.reference for bookable in chosen]
        await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def toggle(self, viewer: Viewer, reference: Word) -> None:
        """Choose a consignment, or leave it out."""
        chosen = list(self._references)
        self._references = (
            [*chosen, reference]
            if reference not in chosen
            else [kept for kept in chosen if kept != reference]
        )
        self.error = ""
        await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def for_control(self, viewer: Viewer, value: Word) -> None:
        """Choose the control: identity, physical, or both in one go."""
        if value in {str(control) for control in Control}:
            self.control = value
        await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def toggle_cold(self, _viewer: Viewer) -> None:
        """Whether the goods must stay in the cold."""
        self.cold = not self.cold

    @rx.event
    @allow(may_open, ends=Ends.HEADING)
    async def to_hours(self, viewer: Viewer) -> Any:
        """Go on to the day and the hour."""
        if not self._references or not self.control:
            self._fail("Choisissez au moins un envoi.")
            return None
        self.stage, self._day, self._slot, self.error = SLOT, "", "", ""
        await self._show(viewer)
        return rx.redirect(self._link())

    @rx.event
    @allow(may_open, ends=Ends.HEADING)
    async def back(self, viewer: Viewer) -> Any:
        """Choose other consignments, or another control."""
        self._slot = ""
        await self._turn_to(viewer, CHOOSE)
        return rx.redirect(self._link(), replace=True)

    @rx.event
    @allow(may_open)
    async def open_day(self, viewer: Viewer, value: Word) -> None:
        """Show the hours of a day."""
        self._day, self._slot, self._taken, self.error = _read_day(value), "", "", ""
        await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def turn_week(self, viewer: Viewer, way: Word) -> None:
        """The week after, or before."""
        today = french.local(clock.now()).date()
        shown = monday(date.fromisoformat(self._day) if self._day else today)
        step = timedelta(days=-7 if way == "previous" else 7)
        self._day, self._slot, self._taken, self.error = max(shown + step, today).isoformat(), "", "", ""
        await self._show(viewer)
        days = self.grid.days
        if not any(day_tile.chosen and day_tile.open for day_tile in days):
            self._day = next((day_tile.value for day_tile in days if day_tile.open), self._day)
            await self._show(viewer)

    @rx.event
    @allow(may_open)
    async def choose_slot(self, viewer: Viewer, value: Word) -> None:
        """Choose an hour; nothing is held yet."""
        self._slot, self._taken, self.error, self.nearest = value, "", "", []
        await self._show(viewer)

    @rx.event
    @allow(may_open, ends=Ends.HEADING)
    async def keep(self, viewer: Viewer) -> Any:
        """Hold the place chosen for five minutes; or move the appointment there (SES-10, SES-11)."""
        return await self._keep(viewer)

    @rx.event
    @allow(may_open, ends=Ends.HEADING)
    async def take(self, viewer: Viewer, value: Word) -> Any:
        """Hold one of the places suggested instead of the one that was taken."""
        self._slot = value
        at = read_time(value)
        self._day = french.local(at).date().isoformat() if at else self._day
        return await self._keep(viewer)

    @rx.event
    @allow(may_open, ends=Ends.HEADING)
    async def again(self, viewer: Viewer) -> Any:
        """Give the place back, and choose another hour."""
        await self._turn_to(viewer, SLOT)
        return rx.redirect(self._link(), replace=True)

    @rx.event
    @allow(may_open)
    async def leave(self, viewer: Viewer) -> None:
        """Give the place back: the person went to another page."""
        await self._let_go(viewer)

    @rx.event
    @allow(may_open)
    async def confirm(self, viewer: Viewer, form: Ticked) -> Any:
        """Book the place that is held, with what the gate must know (SES-10); nothing typed is lost."""
        reading, self.error = VisitForm.read(form), ""
        self.draft = as_typed(VisitForm, reading, self.draft)
        if reading.values is None:
            return None
        visit = booking.Visit(**reading.values.model_dump())
        outcome = await booking.confirm(person(viewer), self.hold.reference, visit)
        if isinstance(
            outcome, Refusal
        ):  # the time was over: the same place is held anew, if it is still there
            await self._keep(viewer)
            if not self.hold.reference:
                return None
            outcome = await booking.confirm(person(viewer), self.hold.reference, visit)
        if isinstance(outcome, Refusal):
            self._fail(outcome.reason)
            return None
        self.hold = Hold()
        return rx.redirect(f"{HOME}/{outcome.reference}?fait=reserve")

    async def _keep(self, viewer: Viewer) -> Any:
        at = read_time(self._slot)
        if at is None:
            self._fail("Choisissez une heure.")
            return None
        asker, self.error, self.nearest = person(viewer), "", []
        if self._moving:
            outcome = await changes.move(asker, self._moving, at)
        else:
            outcome = await booking.hold(
                asker, self._references, Control(self.control or Control.BOTH), at, cold=self.cold
            )
        if isinstance(outcome, Appointment):
            return await self._had(viewer, outcome)
        self.hold = Hold()
        await self._show(viewer)
        self._fail(outcome.reason)
        if isinstance(outcome, NoPlace):
            await self._offer(viewer, outcome)
        return None

    async def _had(self, viewer: Viewer, outcome: Appointment) -> Any:
        if self._moving:
            return rx.redirect(f"{HOME}/{outcome.reference}?fait=deplace")
        self.stage, self._taken = DETAILS, ""
        await self._show(viewer)
        return rx.redirect(self._link())


def _read_day(value: str) -> str:
    """The day that a tile names; the first that has a place for what no tile of ours names."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""
