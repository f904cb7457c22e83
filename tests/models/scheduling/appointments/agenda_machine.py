"""Verbs on appointments in any order, each against the plain model (SES-11, SES-12)."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import attendance, booking, changes, expiry, waiting_list
from models.scheduling.appointments.booking import NoPlace, Visit
from models.scheduling.appointments.policy import Asker
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import COMING, Side, Status, Why
from tests.factories import reference
from tests.models.scheduling.appointments.agenda_driver import Driver, shown
from tests.support.agenda import STARTS, Proposal
from tests.support.appointments import POST, booker, inspector
from tests.support.ledgers import faults

CONSIGNMENTS = [reference(number) for number in range(1, 7)]
ACCOUNTS = (1, 7)
accounts, starts = st.sampled_from(ACCOUNTS), st.sampled_from(STARTS)
consignments, controls = st.sampled_from(CONSIGNMENTS), st.sampled_from(list(Control))
sides = st.sampled_from([Side.OPERATOR, Side.POST])
which = st.integers(0, 99)
HAPPENS = {
    Status.ARRIVED: {Status.CONFIRMED, Status.REQUESTED},
    Status.STARTED: {Status.CONFIRMED, Status.ARRIVED},
    Status.DONE: {Status.CONFIRMED, Status.ARRIVED, Status.STARTED},
    Status.NOT_PRESENTED: {Status.CONFIRMED, Status.REQUESTED},
    Status.TURNED_AWAY: {Status.CONFIRMED, Status.ARRIVED, Status.STARTED},
}


def asker(side: Side) -> Asker:
    """Somebody on that side."""
    return inspector() if side is Side.POST else booker()


class Appointments(Driver):
    """Verbs on a database, and the same on the model."""

    @initialize(
        wanted=st.lists(st.tuples(consignments, controls, starts), max_size=8),
        held=st.booleans(),
        waits=st.lists(which, max_size=4),
    )
    def begin(self, wanted: list[tuple[str, Control, datetime]], held: bool, waits: list[int]) -> None:
        """A day on which much is taken already, and some wait for earlier."""
        for one in wanted:
            self.book(*one)
        if held:
            self.hold(1, CONSIGNMENTS[0], Control.IDENTITY, STARTS[0])
        for number in waits if self.agenda.kept else []:
            self.wait(number, leaves=False)

    @rule(account=accounts, consignment=consignments, control=controls, start=starts)
    def hold(self, account: int, consignment: str, control: Control, start: datetime) -> None:
        """Hold a place; the one held before goes back if this one is had."""
        let_go = self.agenda.held(account)
        made = self.do(lambda: booking.hold(booker(account=account), [consignment], control, start))
        self.new(account, consignment, control, start, made, let_go)

    @rule(consignment=consignments, control=controls, start=starts)
    def book(self, consignment: str, control: Control, start: datetime) -> None:
        """Book at once."""
        made = self.do(lambda: booking.book(booker(), POST, [consignment], control, start))
        self.new(1, consignment, control, start, made, None)

    @rule(account=accounts, gives_up=st.booleans())
    def answer(self, account: int, gives_up: bool) -> None:
        """Confirm, or give back, what is held."""
        held = self.agenda.held(account)
        if held is None:
            return
        if gives_up:
            assert self.do(lambda: booking.release(booker(account=account), held.name)) is None
            self.agenda.end(held, Status.LAPSED)
            self.agenda.offer(self.now)
        else:
            made = self.do(lambda: booking.confirm(booker(account=account), held.name, Visit()))
            assert isinstance(made, Appointment)
            held.status, held.held_until = Status.CONFIRMED, None

    @precondition(lambda self: self.agenda.kept)
    @rule(number=which, start=starts, side=sides, proposes=st.booleans())
    def change(self, number: int, start: datetime, side: Side, proposes: bool) -> None:
        """Move, or propose to."""
        one, agenda, now = self.one(number), self.agenda, self.now
        verb = changes.propose if proposes else changes.move
        made = self.do(lambda: verb(asker(side), one.name, start, reason=Why.OTHER))
        bay = agenda.bay_for(start, one.control, one.name)
        against = (start != one.start or proposes) and not agenda.fits(start, one.control, now)
        stays = side is Side.POST and start == one.start and not proposes and one.status in COMING
        if against or not (stays or agenda.changeable(one, now)):  # to another bay, the cut-off is no matter
            assert isinstance(made, Refusal)
        elif start == one.start:
            assert isinstance(made, Refusal if proposes else Appointment)
        elif bay is None:
            assert isinstance(made, NoPlace)
        else:
            assert isinstance(made, Appointment), made
            if proposes:
                until = min(now + timedelta(hours=24), min(start, one.start) - timedelta(hours=1))
                until = until if until > now else now + timedelta(minutes=30)
                one.proposal = Proposal(start, bay, side, until)
            else:
                agenda.move(one, start, bay)
            agenda.offer(now)

    @precondition(lambda self: any(one.proposal for one in self.agenda.kept.values()))
    @rule(number=which, side=sides, accepts=st.booleans())
    def reply(self, number: int, side: Side, accepts: bool) -> None:
        """Accept or decline another time."""
        proposed = [it for it in self.agenda.kept.values() if it.proposal]
        one = proposed[number % len(proposed)]
        assert one.proposal
        verb = changes.accept if accepts else changes.decline
        said = {} if accepts else {"reason": Why.OTHER}
        made = self.do(lambda: verb(asker(side), one.name, **said))
        mine = one.proposal.by is not side and (side, one.proposal.by) != (Side.POST, Side.SYSTEM)
        if not mine or one.status not in COMING:
            assert isinstance(made, Refusal)
            return
        assert isinstance(made, Appointment), made
        if accepts:
            self.agenda.move(one, one.proposal.start, one.proposal.bay)
        else:
            self.agenda.withdraw(one)
        self.agenda.offer(self.now)

    @precondition(lambda self: self.agenda.kept)
    @rule(number=which, side=sides)
    def cancel(self, number: int, side: Side) -> None:
        """Give the place back, within the notice."""
        one = self.one(number)
        made = self.do(lambda: changes.cancel(asker(side), one.name, reason=Why.OTHER))
        assert isinstance(made, Appointment) is self.agenda.changeable(one, self.now)
        if isinstance(made, Appointment):
            self.agenda.end(one, Status.CANCELLED)
            self.agenda.offer(self.now)

    @precondition(lambda self: self.agenda.kept)
    @rule(number=which, leaves=st.sampled_from([False, False, True]))
    def wait(self, number: int, leaves: bool) -> None:
        """Join the waiting list, or leave it."""
        one = self.one(number)
        if leaves:
            assert self.do(lambda: waiting_list.leave(booker(), one.name)) is None
            one.turn, one.declined = 0, set()
            return
        refused = self.do(lambda: waiting_list.join(booker(), one.name))
        assert (refused is None) is (one.status in COMING)
        if refused is None:
            self.now += timedelta(
                seconds=1
            )  # who joins at the very same time is told apart by its number alone
            self.agenda.turns += 1
            one.turn = one.turn or self.agenda.turns
            self.agenda.offer(self.now - timedelta(seconds=1))

    @precondition(lambda self: self.agenda.kept)
    @rule(number=which, status=st.sampled_from(list(HAPPENS)))
    def happen(self, number: int, status: Status) -> None:
        """What the officers record."""
        one = self.one(number)
        early = one.start - self.now > attendance.EARLY or (
            status is Status.NOT_PRESENTED and self.now < one.start
        )
        made = self.do(lambda: attendance.record(inspector(), one.name, status, reason=Why.OTHER))
        assert isinstance(made, Appointment) is (one.status in HAPPENS[status] and not early)
        if isinstance(made, Appointment):
            if status in (Status.ARRIVED, Status.STARTED):
                one.status, one.proposal = status, None
            else:
                self.agenda.end(one, status)
            self.agenda.offer(self.now)

    @rule(minutes=st.sampled_from([1, 6, 11, 31]))
    def pass_time(self, minutes: int) -> None:
        """The clock moves, and the task that gives back what is over runs."""
        self.now += timedelta(minutes=minutes)
        self.do(expiry.expire)
        self.agenda.lapse(self.now)

    @invariant()
    def the_same(self) -> None:
        """What the database holds is what the model says; and its places are those of its appointments."""
        assert self.do(lambda: read(faults)) == []
        assert self.do(lambda: read(shown)) == {name: one.shown() for name, one in self.agenda.kept.items()}
