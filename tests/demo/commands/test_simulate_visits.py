"""Live visits keep their hours, and inspectors keep some work.

Seen to fail: with a check that begins when its delay is over, with inspectors who work off all that waits.
"""

from datetime import UTC, datetime, timedelta

import pytest

from demo.commands.accounts import create_demo_accounts
from demo.commands.resumption import resume
from demo.commands.visits import can_wait, keeps_hours, note_start
from demo.simulation.bookings import PROGRAM
from demo.simulation.cast import Part, cast, played
from demo.simulation.lives import Life
from demo.simulation.moves import next_move
from demo.simulation.showcase import Visiting
from models.border.messages.actions import receive
from models.border.passage.rules import Action
from models.kernel import clock
from models.kernel.settings.portal import settings
from models.scheduling.appointments import booking
from models.scheduling.appointments.policy import program
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status
from tests.factories import keep, row
from tests.support.accounts import cheap_passwords
from tests.support.appointments import stored

__all__ = ["cheap_passwords"]

MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""A Tuesday, 10 h in Paris."""
VISIT = MORNING + timedelta(hours=3, minutes=30)
SUNDAY_NIGHT = datetime(2026, 11, 29, 2, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def _posts(database: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    with clock.fixed(MORNING):
        await create_demo_accounts()


def _part(action: Action, visiting: Visiting = Visiting.NONE) -> Part:
    lines = (one for one in cast(1) if one.line.action is action and one.line.visiting is visiting)
    return next(one for one in lines if one.line.post == "FRLEH1" and one.kind.ched_type == "CHEDPP")


async def _told(part: Part, until: Action) -> Life:
    """The life of a part, told up to when it waits for that; its last word one hour before MORNING."""
    number = next(rank for rank, act in enumerate(part.acts) if act.then is until)
    times = [MORNING - 60 * HOUR, *(MORNING - (number - rank + 1) * HOUR for rank in range(number))]
    notified = part.notified(times[0], times[1] - HOUR, "CAP ANTIFER")
    for sent in played(part, notified, times):
        with clock.fixed(sent.at):
            await receive(sent.body, "operator:test")
    return await _now(notified.reference)


async def _now(reference: str) -> Life:
    life = await resume(reference)
    assert life is not None
    return life


async def _booked(life: Life) -> Appointment:
    asker = program(PROGRAM, "912345675")
    made = await booking.book(asker, "FRLEH1", [life.ched.reference], Control.BOTH, VISIT)
    assert isinstance(made, Appointment), made
    return made


async def test_a_check_that_has_its_appointment_takes_place_then() -> None:
    """And the post notes that it begins, where it has an officer in the demonstration."""
    with clock.fixed(MORNING):
        life = await _told(_part(Action.CHECK_PHYSICALLY, Visiting.NOW), Action.PRESENT_FOR_IDENTITY)
        made = await _booked(life)
        begins = await keeps_hours(life, MORNING)
    assert VISIT < begins < VISIT + timedelta(minutes=5)
    with clock.fixed(begins):
        await note_start(life)
        move = next_move(life)
        assert move is not None
        life.hear(move.say(begins))
        ends = await keeps_hours(life, begins)
    assert (await stored(made.reference)).status == Status.STARTED
    assert begins < ends < made.ends_at


async def test_a_check_without_appointment_waits_for_the_post_to_inspect() -> None:
    life = await _told(_part(Action.PRESENT_FOR_IDENTITY, Visiting.AHEAD), Action.PRESENT_FOR_IDENTITY)
    assert await keeps_hours(life, MORNING) == MORNING
    assert await keeps_hours(life, SUNDAY_NIGHT) == MONDAY


async def test_what_is_no_check_waits_for_no_opening() -> None:
    life = await _told(_part(Action.CHECK_DOCUMENTS), Action.CHECK_DOCUMENTS)
    assert await keeps_hours(life, SUNDAY_NIGHT) == SUNDAY_NIGHT


@pytest.mark.parametrize(("waiting", "waits"), [(15, True), (16, False)])
async def test_inspectors_leave_some_files_on_the_table(waiting: int, *, waits: bool) -> None:
    """The file that they would close counts too; what keeps it on the table is said at once."""
    life = await _told(_part(Action.DECIDE), Action.DECIDE)
    await keep(*(row(number) for number in range(1, waiting + 1)))
    move = next_move(life)
    assert move is not None
    assert await can_wait(life, move.say(MORNING)) is waits
    begun = await _told(_part(Action.CHECK_DOCUMENTS), Action.CHECK_DOCUMENTS)
    move = next_move(begun)
    assert move is not None
    assert not await can_wait(begun, move.say(MORNING))
