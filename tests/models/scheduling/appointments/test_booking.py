"""Taking a place: held, confirmed, given back; and what the database refuses (SES-10, SES-12)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.kernel import clock
from models.kernel.refusal import Refusal
from models.scheduling.appointments import attendance, booking, changes, expiry, waiting_list
from models.scheduling.appointments.booking import HOLD_FOR, NoPlace, Visit
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Side, Status, Why
from tests.factories import NOW, A, B
from tests.support.accounts import journal
from tests.support.appointments import (
    POST,
    add_due,
    add_ground,
    at,
    booker,
    inspector,
    places,
    stored,
)
from tests.support.databases import both_databases

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


async def held(references: list[str], hours: float = 14) -> Appointment:
    """A place held at that hour."""
    made = await booking.hold(booker(), references, Control.PHYSICAL, at(hours))
    assert isinstance(made, Appointment), made
    return made


@both_databases
async def test_ses_10_a_place_is_held_then_booked() -> None:
    """SES-10: kept for five minutes while the rest is filled in, then confirmed, and journalled each time."""
    references = await add_ground()
    made = await held(references)
    assert made.status == Status.HELD
    assert made.held_until == NOW + HOLD_FOR
    booked = await booking.confirm(
        booker(), made.reference, Visit(contact_name="Lise", container_code="4471")
    )
    assert isinstance(booked, Appointment)
    assert (booked.status, booked.held_until) == (Status.CONFIRMED, None)
    assert len(await journal("appointment.held")) == len(await journal("appointment.confirmed")) == 1
    assert len(await places()) == 3


@both_databases
async def test_ses_12_a_place_is_never_given_twice() -> None:
    """SES-12: the second to ask for the only bay is told so kindly, and where the next places are."""
    first, second = await add_ground(1, 2)
    await held([first])
    refused = await booking.hold(booker(account=7), [second], Control.PHYSICAL, at(14))
    assert isinstance(refused, NoPlace)
    assert [slot.starts_at for slot in refused.nearest] == [at(13), at(15)]


@both_databases
async def test_a_hold_that_nobody_confirms_goes_back() -> None:
    first, second = await add_ground(1, 2)
    made = await held([first])
    with clock.fixed(NOW + HOLD_FOR + timedelta(seconds=1)):
        assert isinstance(
            await booking.hold(booker(account=7), [second], Control.PHYSICAL, at(14)), Appointment
        )
        late = await booking.confirm(booker(), made.reference, Visit())
    assert late == booking.NO_LONGER_HELD
    assert (await stored(made.reference)).status == Status.LAPSED
    assert await expiry.expire() == 0


@both_databases
async def test_ses_11_moving_never_loses_the_old_place() -> None:
    """SES-11: moved to a free time; towards a taken one nothing changes."""
    first, second = await add_ground(1, 2)
    one = await booking.book(booker(), POST, [first], Control.PHYSICAL, at(14))
    two = await booking.book(booker(), POST, [second], Control.PHYSICAL, at(16))
    assert isinstance(one, Appointment)
    assert isinstance(two, Appointment)
    before = await places()
    refused = await changes.move(booker(), one.reference, at(16))
    assert isinstance(refused, NoPlace)
    assert await places() == before
    moved = await changes.move(booker(), one.reference, at(14.5))
    assert isinstance(moved, Appointment)
    assert (moved.starts_at, moved.sequence) == (at(14.5), 1)
    assert len(await places()) == 6


@both_databases
async def test_ses_11_another_time_is_proposed_and_taken() -> None:
    """SES-11: the place of the proposal is kept until it is answered."""
    first, second = await add_ground(1, 2)
    one = await booking.book(booker(), POST, [first], Control.PHYSICAL, at(14))
    assert isinstance(one, Appointment)
    await changes.propose(inspector(), one.reference, at(16), reason=Why.NO_INSPECTOR)
    assert isinstance(await booking.hold(booker(account=7), [second], Control.PHYSICAL, at(16)), NoPlace)
    assert await changes.accept(inspector(), one.reference) == changes.NOTHING_PROPOSED
    moved = await changes.accept(booker(), one.reference)
    assert isinstance(moved, Appointment)
    assert (moved.starts_at, moved.proposed_at) == (at(16), None)
    assert isinstance(await booking.hold(booker(account=7), [second], Control.PHYSICAL, at(14)), Appointment)


@both_databases
async def test_an_earlier_place_is_offered_to_the_next_in_turn() -> None:
    first, second, third = await add_ground(1, 2, 3, opens=13 * 60, closes=15 * 60)
    early = await booking.book(booker(), POST, [first], Control.PHYSICAL, at(13))
    late = await booking.book(booker(), POST, [second], Control.PHYSICAL, at(14))
    assert isinstance(early, Appointment)
    assert isinstance(late, Appointment)
    assert await waiting_list.join(booker(), late.reference) is None
    assert (await stored(late.reference)).proposed_at is None
    await changes.cancel(booker(), early.reference)
    offered = await stored(late.reference)
    assert (offered.proposed_at, offered.proposed_by) == (at(13), Side.SYSTEM)
    taken = await booking.hold(booker(account=7), [third], Control.PHYSICAL, at(13))
    assert isinstance(taken, NoPlace)
    moved = await changes.accept(booker(), late.reference)
    assert isinstance(moved, Appointment)
    assert moved.starts_at == at(13)


@both_databases
async def test_another_company_is_told_nothing() -> None:
    references = await add_ground()
    await add_due(2, siren=B)
    made = await booking.book(booker(), POST, references, Control.PHYSICAL, at(14))
    assert isinstance(made, Appointment)
    for verb in (changes.cancel, changes.accept, waiting_list.join):
        assert isinstance(await verb(booker(B), made.reference), Refusal)
    assert isinstance(await attendance.record(inspector("FRCDG4"), made.reference, Status.ARRIVED), Refusal)
    assert (await stored(made.reference)).siren == A
