"""The waiting list for an earlier place: in turn, once each, for half an hour (SES-11)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import booking, changes, expiry, waiting_list
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status
from tests.factories import NOW
from tests.support.appointments import POST, add_ground, at, booker, stored
from tests.support.ledgers import faults

pytestmark = pytest.mark.usefixtures("database")

OVER = waiting_list.OFFER_FOR + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


async def three() -> list[Appointment]:
    """The earliest place, held; and two appointments later on, who wait in that order."""
    references = await add_ground(1, 2, 3, opens=13 * 60, closes=15 * 60)
    held = await booking.hold(booker(), references[:1], Control.IDENTITY, at(13))
    made = [held]
    for reference, hour in zip(references[1:], (13.5, 14), strict=True):
        made.append(await booking.book(booker(account=7), POST, [reference], Control.IDENTITY, at(hour)))
    for minutes, one in enumerate(made[1:]):
        assert isinstance(one, Appointment)
        with clock.fixed(NOW + timedelta(seconds=minutes)):
            assert await waiting_list.join(booker(), one.reference) is None
    return [one for one in made if isinstance(one, Appointment)]


async def test_ses_11_a_place_that_is_released_is_offered_in_turn() -> None:
    """SES-11: to who waited first; when that lapses, to the next, and not to the first again."""
    held, first, second = await three()
    assert await booking.release(booker(), held.reference) is None
    assert (await stored(first.reference)).proposed_at == at(13)
    assert (await stored(second.reference)).proposed_at is None
    with clock.fixed(NOW + OVER):
        assert await expiry.expire() == 1
        assert (await stored(first.reference)).proposed_at is None
        assert (await stored(second.reference)).proposed_at == at(13)
        assert isinstance(await changes.accept(booker(), first.reference), Refusal)
    with clock.fixed(NOW + 2 * OVER):
        assert await expiry.expire() == 1
        assert {(await stored(one.reference)).proposed_at for one in (first, second)} == {None}
    assert await read(faults) == []


async def test_who_moves_up_leaves_a_place_to_the_next() -> None:
    held, first, second = await three()
    await booking.release(booker(), held.reference)
    assert isinstance(await changes.accept(booker(), first.reference), Appointment)
    assert (await stored(second.reference)).proposed_at == at(13.5)


async def test_who_declines_is_not_asked_again_about_that_time() -> None:
    held, first, second = await three()
    await booking.release(booker(), held.reference)
    assert isinstance(await changes.decline(booker(), first.reference), Appointment)
    assert (await stored(first.reference)).proposed_at is None
    assert (await stored(second.reference)).proposed_at == at(13)


async def test_a_hold_that_changes_its_time_frees_the_first_one() -> None:
    held, first, _ = await three()
    moved = await booking.hold(
        booker(),
        ["CHEDPP.FR.2026.0000001"],
        Control.IDENTITY,
        at(14.5),
    )
    assert isinstance(moved, Appointment)
    assert (await stored(held.reference)).status == Status.LAPSED
    assert (await stored(first.reference)).proposed_at == at(13)
