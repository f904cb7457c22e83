"""A decision that leaves nothing to inspect cancels the appointment, and says so, in one transaction (SES-11)."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.border.consignments.subject import subject_of
from models.border.consignments.tables import Step
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.scheduling.appointments import annulment, attendance, booking, changes, waiting_list
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Side, Status, Why
from tests.factories import NOW, consignment, event, reference, tell
from tests.support.accounts import journal
from tests.support.appointments import POST, add_ground, at, booker, inspector, places, stored
from tests.support.databases import both_databases, transaction
from tests.support.ledgers import faults

pytestmark = pytest.mark.usefixtures("database")

ITS_END = (StepKind.DECISION, StepStatus.SATISFACTORY)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


async def booked(
    references: list[str], control: Control = Control.PHYSICAL, hours: float = 14
) -> Appointment:
    """Booked at that hour."""
    made = await booking.book(booker(), POST, references, control, at(hours))
    assert isinstance(made, Appointment), made
    return made


async def is_told(step: StepKind, status: StepStatus, number: int = 1) -> None:
    """A partner's word on a step of that consignment comes in."""
    (receipt,) = await tell(event(step, status, hours=0, number=number))
    assert receipt.status == "applied", receipt


@both_databases
async def test_ses_11_a_decision_cancels_the_appointment_and_says_so() -> None:
    """SES-11: the message that decides frees the place, and the journal tells why."""
    made = await booked(await add_ground(1))
    await is_told(*ITS_END)
    gone = await stored(made.reference)
    assert (gone.status, gone.reason) == (Status.CANCELLED, Why.CONTROL_VOID)
    assert gone.sequence == made.sequence + 1
    assert await places() == set()
    (entry,) = await journal("appointment.cancelled")
    assert entry.payload["reason"] == Why.CONTROL_VOID
    assert entry.payload["by"] == Side.SYSTEM
    assert entry.subject == subject_of(await consignment(1))
    assert await read(faults) == []


async def test_nothing_of_it_is_kept_when_the_decision_is_not() -> None:
    """One transaction: a message that fails after the cancellation leaves the appointment as it was."""
    made = await booked(await add_ground(1))
    await _decide(1)
    decided = (await consignment(1)).key

    def fails(db: DbSession) -> None:
        annulment.void(db, decided)
        db.flush()
        raise RuntimeError("the disk")

    with pytest.raises(RuntimeError, match="the disk"):
        await write(fails)
    assert (await stored(made.reference)).status == Status.CONFIRMED
    assert await journal("appointment.cancelled") == []


async def test_both_checks_in_one_go_are_kept_while_one_remains() -> None:
    made = await booked(await add_ground(1), Control.BOTH)
    await is_told(StepKind.IDENTITY, StepStatus.SATISFACTORY)
    assert (await stored(made.reference)).status == Status.CONFIRMED
    await is_told(StepKind.PHYSICAL, StepStatus.SATISFACTORY)
    assert (await stored(made.reference)).status == Status.DONE  # on its day: it was honoured


async def test_a_check_that_was_done_on_another_day_needed_no_appointment() -> None:
    made = await booking.book(booker(), POST, await add_ground(1), Control.PHYSICAL, at(14, days=1))
    assert isinstance(made, Appointment)
    await is_told(StepKind.PHYSICAL, StepStatus.SATISFACTORY)
    assert (await stored(made.reference)).status == Status.CANCELLED


async def test_an_appointment_for_several_is_kept_for_the_others() -> None:
    made = await booked(await add_ground(1, 2))
    await is_told(*ITS_END)
    assert (await stored(made.reference)).status == Status.CONFIRMED
    await is_told(*ITS_END, number=2)
    assert (await stored(made.reference)).status == Status.CANCELLED
    told = {entry.subject for entry in await journal("appointment.cancelled")}
    assert told == {subject_of(await consignment(1)), subject_of(await consignment(2))}


async def test_what_is_under_way_is_left_to_who_inspects() -> None:
    made = await booked(await add_ground(1))
    await attendance.record(inspector(), made.reference, Status.STARTED)
    await is_told(*ITS_END)
    assert (await stored(made.reference)).status == Status.STARTED


async def test_a_held_place_goes_back_too() -> None:
    held = await booking.hold(booker(), await add_ground(1), Control.PHYSICAL, at(14))
    assert isinstance(held, Appointment)
    await is_told(*ITS_END)
    assert (await stored(held.reference)).status == Status.LAPSED
    assert await places() == set()


async def test_the_freed_place_is_offered_to_who_waits() -> None:
    first, second = await add_ground(1, 2, opens=13 * 60, closes=15 * 60)
    await booked([first], hours=13)
    late = await booked([second], hours=14)
    assert await waiting_list.join(booker(), late.reference) is None
    await is_told(*ITS_END)
    assert (await stored(late.reference)).proposed_at == at(13)


async def test_a_proposal_falls_with_its_appointment() -> None:
    made = await booked(await add_ground(1))
    await changes.propose(inspector(), made.reference, at(16), reason=Why.NO_INSPECTOR)
    await is_told(*ITS_END)
    gone = await stored(made.reference)
    assert (gone.status, gone.proposed_at) == (Status.CANCELLED, None)
    assert await places() == set()


async def _decide(number: int) -> None:
    """The decision, without what settling does with it."""
    async with transaction() as db:
        one = await consignment(number)
        assert one.reference == reference(number)
        decided: dict[str, Any] = {"status": StepStatus.SATISFACTORY, "ended_at": NOW, "authority": "sivep"}
        db.add(Step(consignment_id=one.key, kind=StepKind.DECISION, **decided))
