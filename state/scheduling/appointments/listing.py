"""/rendez-vous: what waits for my answer, what is to come, what can be booked, what is over; live (SES-10, SES-11)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import changes
from models.scheduling.appointments.choices import Bookable, bookable
from models.scheduling.appointments.policy import about_mine, may_open, person
from models.scheduling.appointments.queries import Shown, mine
from models.scheduling.calendars.queries.agenda import count_to_answer
from models.scheduling.capacity.words import CONTROLS
from models.scheduling.slots.words import spoken
from state.kit.guard import Stamp, Word, allow
from state.kit.screen import ActScreen, Scope, dismissing
from state.kit.session import Session
from state.scheduling.appointments.rows import NEW, Line, line


@dataclass
class ToBook:
    """A consignment whose check can be booked."""

    reference: str = ""
    href: str = ""
    title: str = ""
    about: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """All that the page reads."""

    coming: Sequence[Shown]
    past: Sequence[Shown]
    bookable: Sequence[Bookable]
    to_answer: int


class Appointments(ActScreen, rx.State):
    """The appointments of the company worked for."""

    _scope: ClassVar = Scope(may_open, about_mine)

    answers: list[Line] = []  # noqa: RUF012 - Reflex copies defaults for each state
    coming: list[Line] = []  # noqa: RUF012
    to_book: list[ToBook] = []  # noqa: RUF012
    past: list[Line] = []  # noqa: RUF012
    subtitle: str = ""

    @rx.event
    @allow(may_open)
    async def load(self, viewer: Viewer) -> None:
        """Open the list, and follow it live from now on."""
        await self._open(viewer)

    @rx.event
    @allow(may_open, act=True)
    async def accept(self, viewer: Viewer, reference: Word, shown: Stamp) -> Refusal | None:
        """Take the other time that is proposed (SES-11)."""
        outcome = await changes.accept(person(viewer, shown), reference)
        return await self._after(viewer, outcome, f"{spoken(reference)} est déplacé à l’heure proposée.")

    @rx.event
    @allow(may_open, act=True)
    async def decline(self, viewer: Viewer, reference: Word, shown: Stamp) -> Refusal | None:
        """Keep the appointment as it is: for an offer of the waiting list, which asks for no reason."""
        outcome = await changes.decline(person(viewer, shown), reference)
        return await self._after(viewer, outcome, f"{spoken(reference)} reste à son heure.")

    dismiss = dismissing(may_open)

    async def _fill(self, viewer: Viewer) -> None:
        listed, now = await read(lambda db: _found(db, viewer)), clock.now()
        session = await self.get_state(Session)
        session.answer_count = listed.to_answer
        lines = [line(visit, now) for visit in listed.coming]
        self.coming, self.answers = lines, [row for row in lines if row.proposal.mine]
        self.past = [line(visit, now) for visit in listed.past]
        self.to_book = [_to_book(unbooked) for unbooked in listed.bookable]
        self.subtitle = _subtitle(listed)


def _found(db: DbSession, viewer: Viewer) -> Found:
    return Found(
        mine(db, viewer),
        mine(db, viewer, past=True, limit=20),
        bookable(db, viewer),
        count_to_answer(db, viewer),
    )


def _subtitle(listed: Found) -> str:
    coming, due = len(listed.coming), len(listed.bookable)
    words = french.plural(coming, "rendez-vous", "rendez-vous") if coming else "Aucun rendez-vous"
    to_book = french.plural(due, "contrôle", "contrôles") if due else "aucun contrôle"
    return f"{words} à venir, {to_book} à réserver"


def _to_book(bookable: Bookable) -> ToBook:
    consignment = bookable.consignment
    boxes = [french.container(box) for box in bookable.boxes[:1]]
    wanted = [CONTROLS[bookable.controls[0]]] if bookable.controls else []
    return ToBook(
        consignment.reference,
        f"{NEW}?{urlencode({'envoi': consignment.reference})}",
        consignment.title,
        [*wanted, bookable.post_name, consignment.reference, *boxes],
    )
