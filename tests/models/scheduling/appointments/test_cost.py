"""What a booking costs, counted and not timed: statements sent, and rows written (bench/README.md has the times)."""

from collections.abc import Awaitable

import pytest

from models.kernel import clock
from models.kernel.database import read
from models.scheduling.appointments import booking, changes
from models.scheduling.appointments.booking import Visit
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from tests.factories import NOW
from tests.models.border.messages.test_cost import rows, statements
from tests.support.appointments import POST, add_ground, at, booker
from tests.support.databases import both_databases


@both_databases
@pytest.mark.usefixtures("database")
async def test_ses_10_a_booking_costs_so_many_statements_and_rows() -> None:
    """SES-10: booked at once, six of them to learn what the post offers; held, then confirmed; cancelled."""
    costs: list[tuple[int, int]] = []

    async def cost(act: Awaitable[object]) -> Appointment:
        before = await read(rows)
        with statements() as sent:
            outcome = await act
        costs.append((len(sent), await read(rows) - before))
        assert isinstance(outcome, Appointment), outcome
        return outcome

    with clock.fixed(NOW):
        first, second = await add_ground(1, 2)
        await cost(booking.book(booker(), POST, [first], Control.PHYSICAL, at(14)))
        held = await cost(booking.hold(booker(), [second], Control.PHYSICAL, at(16)))
        await cost(booking.confirm(booker(), held.reference, Visit()))
        await cost(changes.cancel(booker(), held.reference))
    assert costs == [(14, 10), (9, 10), (7, 2), (11, -6)]
