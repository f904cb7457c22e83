"""The day itself, as officers record it (SES-13)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.identity.accounts.rules import Role
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import attendance, booking, changes, expiry, queries
from models.scheduling.appointments.lifecycle import read_reference
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status, Why
from tests.factories import NOW
from tests.factories import reference as reference_
from tests.support.accounts import journal
from tests.support.appointments import POST, add_ground, at, booker, inspector, places, stored
from tests.support.databases import both_databases
from tests.support.ledgers import faults


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


async def booked(hours: float = 14, days: int = 0, **offer: int) -> Appointment:
    """Booked at that hour."""
    made = await booking.book(
        booker(), POST, await add_ground(**offer), Control.PHYSICAL, at(hours, days=days)
    )
    assert isinstance(made, Appointment), made
    return made


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_13_an_appointment_is_followed_from_the_gate_to_its_end() -> None:
    """SES-13: arrived, started, done, each with its hour; the place stays as the proof of what was done where."""
    made = await booked()
    typed = made.reference.lower().replace("-", " ")
    for minutes, status in enumerate((Status.ARRIVED, Status.STARTED, Status.DONE)):
        with clock.fixed(at(14) + timedelta(minutes=minutes)):
            assert isinstance(await attendance.record(inspector(), typed, status), Appointment)
    done = await stored(made.reference)
    assert done.status == Status.DONE
    assert [done.arrived_at, done.started_at, done.ended_at] == [
        at(14) + timedelta(minutes=n) for n in range(3)
    ]
    assert len(await places()) == 3
    assert len(await journal("appointment.done")) == 1
    assert await read(faults) == []


@pytest.mark.usefixtures("database")
async def test_it_is_not_checked_in_on_another_day() -> None:
    made = await booked(days=1)
    assert isinstance(await attendance.record(inspector(), made.reference, Status.ARRIVED), Refusal)
    with clock.fixed(made.starts_at - attendance.EARLY):
        assert isinstance(await attendance.record(inspector(), made.reference, Status.ARRIVED), Appointment)


@pytest.mark.usefixtures("database")
async def test_nobody_is_missing_before_the_hour() -> None:
    made = await booked()
    assert Status.NOT_PRESENTED not in attendance.possible(made, NOW)
    assert isinstance(await attendance.record(inspector(), made.reference, Status.NOT_PRESENTED), Refusal)
    with clock.fixed(made.starts_at):
        assert Status.NOT_PRESENTED in attendance.possible(made, made.starts_at)
        assert isinstance(
            await attendance.record(inspector(), made.reference, Status.NOT_PRESENTED), Appointment
        )
    assert await places() == set()


@pytest.mark.usefixtures("database")
async def test_who_is_turned_away_is_told_why() -> None:
    made = await booked()
    assert isinstance(await attendance.record(inspector(), made.reference, Status.TURNED_AWAY), Refusal)
    done = await attendance.record(
        inspector(), made.reference, Status.TURNED_AWAY, reason=Why.NOT_SAFE, text="  Trop   haut "
    )
    assert isinstance(done, Appointment)
    assert (done.reason, done.reason_text) == (Why.NOT_SAFE, "Trop haut")
    (entry,) = await journal("appointment.turned_away")
    assert entry.payload["reason"] == Why.NOT_SAFE
    assert "Trop" not in str(entry.payload)  # what somebody wrote may be personal


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("role", [Role.CUSTOMS, Role.SUPERVISOR, Role.OPERATOR])
async def test_only_inspectors_of_the_post_record(role: Role) -> None:
    made = await booked()
    for asked in (inspector(role=role), inspector("FRCDG4"), booker()):
        assert isinstance(await attendance.record(asked, made.reference, Status.ARRIVED), Refusal)
    assert (await stored(made.reference)).status == Status.CONFIRMED


@pytest.mark.usefixtures("database")
async def test_what_ended_does_not_begin_again() -> None:
    made = await booked()
    await attendance.record(inspector(), made.reference, Status.DONE)
    for status in (Status.ARRIVED, Status.STARTED, Status.DONE, Status.TURNED_AWAY):
        again = await attendance.record(inspector(), made.reference, status, reason=Why.OTHER)
        assert isinstance(again, Refusal)
    assert attendance.possible(await stored(made.reference), NOW) == []


@pytest.mark.usefixtures("database")
async def test_a_control_may_be_booked_anew_once_it_was_not_done() -> None:
    (reference,) = await add_ground()
    made = await booking.book(booker(), POST, [reference], Control.PHYSICAL, at(14))
    assert isinstance(made, Appointment)
    await attendance.record(inspector(), made.reference, Status.TURNED_AWAY, reason=Why.DOCUMENTS)
    assert isinstance(await booking.book(booker(), POST, [reference], Control.PHYSICAL, at(14)), Appointment)


@pytest.mark.usefixtures("database")
async def test_who_arrives_is_offered_no_other_time_any_more() -> None:
    made = await booked()
    await changes.propose(inspector(), made.reference, at(16), reason=Why.NO_INSPECTOR)
    assert len(await places()) == 6
    await attendance.record(inspector(), made.reference, Status.ARRIVED)
    assert len(await places()) == 3
    assert (await stored(made.reference)).proposed_at is None
    assert await read(faults) == []


def test_a_reference_is_read_as_people_type_and_phones_scan_it() -> None:
    for typed in ("leh 7k4q2", "LEH-7K4Q2", " leh7k4q2 ", "https://passavant.example/rendez-vous/LEH-7K4Q2"):
        assert read_reference(typed) == "LEH-7K4Q2"


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_11_within_the_notice_a_post_still_changes_the_bay() -> None:
    """SES-11: the goods come at the hour that was said; another hour is refused to both sides."""
    made = await booked(bays=2, change_notice=60 * 12)
    other = next(iter({bay for bay, _ in await places()} ^ {1, 2}))
    late = await changes.move(inspector(), made.reference, at(15))
    assert isinstance(late, Refusal)
    assert isinstance(await changes.move(booker(), made.reference, at(15)), Refusal)
    moved = await changes.move(inspector(), made.reference, at(14), bay=other)
    assert isinstance(moved, Appointment), moved
    assert (moved.starts_at, moved.bay_id) == (at(14), other)
    assert {bay for bay, _ in await places()} == {other}


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_13_what_nobody_recorded_keeps_the_control_from_nobody() -> None:
    """SES-13: half a day after its time the control may be booked anew; what happened may still be recorded."""
    made = await booked()
    reference = reference_(1)
    with clock.fixed(made.ends_at + expiry.UNRECORDED_AFTER - timedelta(minutes=1)):
        assert await expiry.close_unrecorded() == 0
        company = booker().viewer
        coming = await read(lambda db: queries.mine(db, company))
        past = await read(lambda db: queries.mine(db, company, past=True))
        assert ([], [made.reference]) == (coming, [one.appointment.reference for one in past])
    with clock.fixed(made.ends_at + expiry.UNRECORDED_AFTER):
        assert (await expiry.close_unrecorded(), await expiry.close_unrecorded()) == (1, 0)
        assert (await stored(made.reference)).status == Status.UNRECORDED
        assert len(await journal("appointment.unrecorded")) == 1
        again = await booking.book(booker(), POST, [reference], Control.PHYSICAL, at(9, days=1))
        assert isinstance(again, Appointment), again
        done = await attendance.record(inspector(), made.reference, Status.DONE)
        assert isinstance(done, Appointment), done
    assert (await stored(again.reference)).status == Status.CONFIRMED
    assert await read(faults) == []
