"""/rendez-vous/[reference]: the ticket, live, and what either side may still change (SES-10, SES-11)."""

from typing import ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import changes, waiting_list
from models.scheduling.appointments.forms import CancelForm, DeclineForm
from models.scheduling.appointments.history import Event, history
from models.scheduling.appointments.policy import about_mine, may_open, person
from models.scheduling.appointments.queries import Shown, one
from models.scheduling.calendars.queries.agenda import count_to_answer
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from state.kit.form import Draft, FormScreen, as_typed, blank
from state.kit.guard import Stamp, Typed, allow
from state.kit.screen import ActScreen, Scope, dismissing
from state.kit.session import Session
from state.scheduling.appointments.ticket import Ticket, ticket

_NO_REASON = Refusal("Choisissez un motif\u00a0: le poste doit le savoir.")
_DONE = {"reserve": "Votre place est réservée.", "deplace": "Le rendez-vous est déplacé."}


class AppointmentPage(FormScreen, ActScreen, rx.State):
    """One appointment of the company worked for."""

    _scope: ClassVar = Scope(may_open, about_mine)

    ticket: Ticket = Ticket()
    just: str = ""
    """What the person has just done to come here: the steps of booking are then shown, all done."""
    cancelling: Draft = Draft()
    """The form that cancels; `draft` is of the one that declines."""
    _reference: str = ""

    @rx.event
    @allow(may_open)
    async def load(self, viewer: Viewer) -> None:
        """Open the appointment that the address names, and follow it live from now on."""
        url = self.router.url
        self._reference = url.path.rstrip("/").rsplit("/", 1)[-1][:64].replace("\0", "")
        asked = str(url.query_parameters.get("fait", ""))
        self.just = asked if asked in _DONE else ""
        self.cancelling = blank(self.cancelling)
        self._blank()
        await self._open(viewer)
        self.done = _DONE.get(asked, "")

    @rx.event
    @allow(may_open, act=True)
    async def cancel(self, viewer: Viewer, form: Typed, shown: Stamp) -> Refusal | None:
        """Give the place back; the reason is optional (SES-11)."""
        reading = CancelForm.read(form)
        self.cancelling = as_typed(CancelForm, reading, self.cancelling)
        typed = reading.values
        if typed is None:
            return Refusal(next(iter(reading.errors.values())))
        outcome = await changes.cancel(
            person(viewer, shown), self._reference, reason=typed.reason, text=typed.details
        )
        return await self._after(viewer, outcome, "Le rendez-vous est annulé. Le poste est prévenu.")

    @rx.event
    @allow(may_open, act=True)
    async def accept(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Take the other time that is proposed."""
        outcome = await changes.accept(person(viewer, shown), self._reference)
        return await self._after(viewer, outcome, "Le rendez-vous est déplacé à l’heure proposée.")

    @rx.event
    @allow(may_open, act=True)
    async def decline(self, viewer: Viewer, form: Typed, shown: Stamp) -> Refusal | None:
        """Keep the appointment as it is, and say why (SES-11)."""
        typed = self._read(DeclineForm, form)
        if typed is None:
            return Refusal(next(iter(self.draft.errors.values())))
        if not typed.reason and not typed.details and not self.ticket.proposal.offered:
            self._fault(DeclineForm, reason=_NO_REASON.reason)
            return _NO_REASON
        outcome = await changes.decline(
            person(viewer, shown), self._reference, reason=typed.reason, text=typed.details
        )
        return await self._after(viewer, outcome, "Le rendez-vous reste à son heure.")

    @rx.event
    @allow(may_open, act=True)
    async def wait(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Ask for an earlier place, in turn."""
        outcome = await waiting_list.join(person(viewer, shown), self._reference)
        return await self._after(viewer, outcome, "Vous êtes sur la liste d’attente.")

    @rx.event
    @allow(may_open, act=True)
    async def wait_no_more(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Leave the waiting list."""
        outcome = await waiting_list.leave(person(viewer, shown), self._reference)
        return await self._after(viewer, outcome, "Vous n’êtes plus sur la liste d’attente.")

    dismiss = dismissing(may_open)

    async def _after(self, viewer: Viewer, outcome: object, done: str) -> Refusal | None:
        self.just = ""
        if not isinstance(outcome, Refusal):
            self.cancelling = blank(self.cancelling)
            self._blank()
        return await super()._after(viewer, outcome, done)

    async def _fill(self, viewer: Viewer) -> None:
        reference = self._reference
        shown, facts, terms, answers = await read(lambda db: _all_of(db, viewer, reference))
        session = await self.get_state(Session)
        session.answer_count = answers
        self.ticket = ticket(shown, facts, terms, clock.now()) if shown else Ticket()


def _all_of(
    db: DbSession, viewer: Viewer, reference: str
) -> tuple[Shown | None, list[Event], Offer | None, int]:
    shown, answers = one(db, viewer, reference), count_to_answer(db, viewer)
    if shown is None:
        return None, [], None, answers
    terms = offer_of(db, shown.appointment.post_code)
    return shown, history(db, shown), terms, answers
