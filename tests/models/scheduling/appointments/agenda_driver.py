"""A database whose verbs are played one at a time, at a clock of its own, and the plain model of what it must hold."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from hypothesis.stateful import RuleBasedStateMachine
from sqlmodel import select

from models.kernel import clock
from models.kernel.database import DbSession, dispose
from models.kernel.refusal import Refusal
from models.scheduling.appointments.booking import HOLD_FOR, NoPlace
from models.scheduling.appointments.tables import Appointment, WaitingPlace
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status
from tests.factories import NOW
from tests.support.agenda import Agenda, Kept

T = TypeVar("T")


class Driver(RuleBasedStateMachine):
    """The database of a machine, its clock, and the model that stands beside."""

    template: Path
    bays: list[int]

    def __init__(self) -> None:
        super().__init__()
        shutil.copyfile(self.template, self.template.with_name("machine.db"))
        self.loop, self.now, self.agenda = asyncio.Runner(), NOW, Agenda(self.bays)

    def teardown(self) -> None:
        """Close the database."""
        self.loop.run(dispose())
        self.loop.close()

    def do(self, verb: Callable[[], Awaitable[T]]) -> T:
        """At the present time of the machine."""

        async def whole() -> T:
            with clock.fixed(self.now):
                return await verb()

        return self.loop.run(whole())

    def one(self, number: int) -> Kept:
        """One of them."""
        told = [it for it in self.agenda.kept.values() if it.status is not Status.HELD]
        return told[number % len(told)] if told else next(iter(self.agenda.kept.values()))

    def new(
        self,
        account: int,
        consignment: str,
        control: Control,
        start: datetime,
        made: object,
        let_go: Kept | None,
    ) -> None:
        """What a booking or a hold must have answered."""
        was = let_go.status if let_go else Status.LAPSED
        if let_go:
            let_go.status = Status.LAPSED  # so that its place and its controls are free
        fits = self.agenda.fits(start, control, self.now)
        bay, booked = self.agenda.bay_for(start, control), self.agenda.booked(consignment, control)
        if let_go:
            let_go.status = was
        if not fits or booked:
            assert isinstance(made, Refusal), made
        elif bay is None:
            assert isinstance(made, NoPlace), made
        else:
            assert isinstance(made, Appointment), made
            if let_go:
                self.agenda.end(let_go, Status.LAPSED)
            status = Status(made.status)
            until = self.now + HOLD_FOR if status is Status.HELD else None
            kept = Kept(made.reference, consignment, control, start, bay, status, account, until)
            self.agenda.kept[made.reference] = kept
            if let_go:
                self.agenda.offer(self.now)


def shown(db: DbSession) -> dict[str, tuple[object, ...]]:
    """What the database holds, as `Kept.shown` says it, by reference."""
    waits = set(db.exec(select(WaitingPlace.appointment_id)))
    found: dict[str, tuple[object, ...]] = {}
    for one in db.exec(select(Appointment)):
        proposal = (one.proposed_at, one.proposed_bay, one.proposed_by, one.proposed_until)
        itself = (one.status, one.starts_at, one.bay_id, one.held_until)
        found[one.reference] = (*itself, proposal if one.proposed_at else None, one.id in waits)
    return found
