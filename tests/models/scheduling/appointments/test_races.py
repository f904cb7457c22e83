"""Many attempts by several processes on few places, and not one more is given than there are (SES-12)."""

from datetime import datetime

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from models.kernel import clock
from models.kernel.database import read
from models.scheduling.appointments.queries.places import count_double
from models.scheduling.appointments.tables import Appointment, AppointmentConsignment, BayPlace, BookedControl
from tests.factories import NOW, count
from tests.support.accounts import journal
from tests.support.appointments import add_ground, at
from tests.support.databases import both_databases, reading
from tests.support.racing import race, try_to_book
from tests.support.tally import TALLY

SHORT, FULL = (4, 150), (8, 1_250)
"""How many processes, and the attempts of each: in `make test`, and in `make soak`."""
BAYS, INSPECTORS, HOURS = 3, 2, range(11, 18)
PLACES = INSPECTORS * len(HOURS)
"""Two inspectors for three bays: the fewer decide."""


@pytest.mark.parametrize(
    ("processes", "attempts"), [SHORT, pytest.param(*FULL, marks=pytest.mark.soak)], ids=["short", "full"]
)
@both_databases
async def test_ses_12_thousands_of_attempts_get_the_places_there_are(
    database: str, processes: int, attempts: int
) -> None:
    """SES-12: processes, each with its own connection, want the same fourteen places: fourteen are given."""
    with clock.fixed(NOW):
        references = await add_ground(*range(1, 200), bays=BAYS, inspectors=INSPECTORS)
    starts: list[datetime] = [at(hour) for hour in HOURS]
    shares = [(seed, attempts, references, starts, NOW) for seed in range(processes)]
    ends, seconds = race(try_to_book, database, shares)
    engine = database.partition("+")[0]
    TALLY.tell(f"races ({engine}): {ends.total():,} attempts in {seconds:.1f} s: {dict(ends)}")
    assert ends.total() == processes * attempts
    assert ends["Appointment"] == PLACES
    assert await read(count_double) == 0
    assert await count(Appointment, AppointmentConsignment, BookedControl) == (PLACES,) * 3
    assert len(await journal("appointment.confirmed")) == PLACES
    async with reading() as db:
        by_time = select(func.count()).select_from(BayPlace).group_by(col(BayPlace.starts_at))
        assert set(db.exec(by_time).all()) == {INSPECTORS}


def test_the_number_of_attempts() -> None:
    assert FULL[0] * FULL[1] >= 10_000
