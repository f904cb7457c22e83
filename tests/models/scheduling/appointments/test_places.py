"""The database is the arbiter: with its unique indexes no place is had twice, without them it is (SES-12)."""

import re
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import text

from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.scheduling.appointments import booking
from models.scheduling.appointments.booking import NoPlace
from models.scheduling.appointments.queries.places import count_double
from models.scheduling.appointments.tables import Appointment, BookedControl
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status
from tests.factories import NOW, count
from tests.support.appointments import POST, add_ground, at, booker, stored
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("database")

BAYS, SEATS, CONTROLS = "bay_place", "inspector_place", "booked_control"
Outcome = Appointment | NoPlace | Refusal


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


async def take_index_away(table: str) -> None:
    """The table as before, but nothing in it is unique any more: as a migration might forget it."""
    async with transaction() as db:
        connection = db.connection()
        if connection.dialect.name == "postgresql":
            named = "SELECT conname FROM pg_constraint WHERE contype = 'u' AND conrelid = to_regclass(:name)"
            for (name,) in db.execute(text(named), {"name": table}).all():
                db.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
            return
        made = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"
        sql = str(db.execute(text(made), {"name": table}).scalar_one())
        db.execute(text(f"DROP TABLE {table}"))
        db.execute(text(re.sub(r",\s*(CONSTRAINT \w+ )?UNIQUE \([^)]*\)", "", sql)))


async def book_twice(
    references: Sequence[str], hours: Sequence[float], control: Control = Control.PHYSICAL
) -> list[Outcome]:
    """What two people of the company are answered."""
    return [
        await booking.book(booker(account=account), POST, [reference], control, at(hour))
        for account, reference, hour in zip((1, 7), references, hours, strict=True)
    ]


@both_databases
async def test_ses_12_a_bay_is_had_once_thanks_to_its_index() -> None:
    """SES-12: two appointments never share a quarter of a bay; an index sees to it, and nothing else."""
    first, second = await book_twice(await add_ground(1, 2), (14, 14.5))
    assert isinstance(first, Appointment)
    assert isinstance(second, NoPlace)
    assert await count(Appointment, BookedControl) == (1, 1)  # of the second, nothing is kept


@both_databases
async def test_without_the_index_of_the_bays_places_are_given_twice() -> None:
    references = await add_ground(1, 2)
    await take_index_away(BAYS)
    both = await book_twice(references, (14, 14.5))
    assert all(isinstance(one, Appointment) for one in both)
    assert await read(count_double) == 1


@both_databases
async def test_ses_12_an_inspector_is_had_once_thanks_to_an_index() -> None:
    """SES-12: two free bays, but one inspector: the second has no place, and keeps no bay."""
    first, second = await book_twice(await add_ground(1, 2, bays=2, inspectors=1), (14, 14))
    assert isinstance(first, Appointment)
    assert isinstance(second, NoPlace)
    async with reading() as db:
        assert db.execute(text("SELECT count(DISTINCT bay_id) FROM bay_place")).scalar_one() == 1


@both_databases
async def test_without_the_index_of_the_inspectors_they_are_given_twice() -> None:
    references = await add_ground(1, 2, bays=2, inspectors=1)
    await take_index_away(SEATS)
    both = await book_twice(references, (14, 14))
    assert all(isinstance(one, Appointment) for one in both)
    assert await read(count_double) == 3


@both_databases
async def test_a_control_has_one_appointment_thanks_to_an_index() -> None:
    (reference,) = await add_ground(1)
    first, second = await book_twice([reference, reference], (14, 16))
    assert isinstance(first, Appointment)
    assert isinstance(second, Refusal)
    assert "a déjà son rendez-vous" in second.reason
    assert await count(Appointment, BookedControl) == (1, 1)


@both_databases
async def test_without_the_index_of_the_controls_one_is_booked_twice() -> None:
    (reference,) = await add_ground(1)
    await take_index_away(CONTROLS)
    both = await book_twice([reference, reference], (14, 16))
    assert all(isinstance(one, Appointment) for one in both)


@both_databases
async def test_the_two_checks_apart_and_in_one_go_exclude_each_other() -> None:
    (reference,) = await add_ground(1, bays=2)
    first, second = await book_twice([reference, reference], (14, 16), Control.IDENTITY)
    assert isinstance(first, Appointment)
    assert isinstance(second, Refusal)
    both = await booking.book(booker(), POST, [reference], Control.BOTH, at(16))
    assert isinstance(both, Refusal)
    assert isinstance(await booking.book(booker(), POST, [reference], Control.PHYSICAL, at(16)), Appointment)


@both_databases
async def test_a_reference_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["LEH-AAAAA", "LEH-AAAAA", "LEH-BBBBB"])
    monkeypatch.setattr(booking, "new_reference", lambda _post: next(drawn))
    first, second = await book_twice(await add_ground(1, 2), (14, 16))
    assert isinstance(first, Appointment)
    assert isinstance(second, Appointment)
    assert (first.reference, second.reference) == ("LEH-AAAAA", "LEH-BBBBB")


@both_databases
async def test_the_bay_that_was_had_is_the_one_that_is_stored() -> None:
    both = await book_twice(await add_ground(1, 2, bays=2), (14, 14))
    made = [one.reference for one in both if isinstance(one, Appointment)]
    bays = [(await stored(one)).bay_id for one in made]
    assert bays == [one.bay_id for one in both if isinstance(one, Appointment)]
    assert len(set(bays)) == 2


@both_databases
async def test_who_finds_no_other_place_keeps_the_one_that_is_held() -> None:
    first, second = await add_ground(1, 2)
    await booking.book(booker(account=7), POST, [first], Control.PHYSICAL, at(14))
    held = await booking.hold(booker(), [second], Control.PHYSICAL, at(16))
    assert isinstance(held, Appointment)
    assert isinstance(await booking.hold(booker(), [second], Control.PHYSICAL, at(14)), NoPlace)
    assert (await stored(held.reference)).status == Status.HELD
    other = await booking.hold(booker(), [second], Control.PHYSICAL, at(11))
    assert isinstance(other, Appointment)
    assert (await stored(held.reference)).status == Status.LAPSED
