"""Who works when: nights, week-ends and public holidays, at a port and at an airport.

Seen to fail: with holidays forgotten, with a closing that still counts as work.
"""

from datetime import UTC, datetime, timedelta

import pytest

from demo.simulation.hours import at_work, last_at_work, next_at_work
from models.kernel.authorities import Authority
from models.kernel.french import PARIS

PORT, AIRPORT = "FRLEH1", "FRCDG4"
SECOND = timedelta(seconds=1)


def _paris(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-25 03:00", "2026-11-24 18:30", "2026-11-25 07:30"),
        ("2026-11-25 18:30", "2026-11-25 18:30", "2026-11-26 07:30"),
        ("2026-11-29 03:00", "2026-11-27 18:30", "2026-11-30 07:30"),
        ("2028-05-01 10:00", "2028-04-28 18:30", "2028-05-02 07:30"),
        ("2027-10-31 02:30", "2027-10-29 18:30", "2027-11-02 07:30"),
        ("2028-12-31 23:58", "2028-12-29 18:30", "2029-01-02 07:30"),
    ],
    ids=["night", "closing", "Sunday", "1 May", "clocks change, then All Saints", "year's end"],
)
def test_inspectors_of_a_port_work_on_working_days(now: str, last: str, following: str) -> None:
    at = _paris(now)
    assert not at_work(at, Authority.SIVEP, PORT)
    assert last_at_work(at, Authority.SIVEP, PORT, 0) == _paris(last) - SECOND
    assert next_at_work(at, Authority.SIVEP, PORT, 0) == _paris(following)
    spared = last_at_work(at, Authority.SIVEP, PORT, 0.999), next_at_work(at, Authority.SIVEP, PORT, 0.999)
    assert all(at_work(one, Authority.SIVEP, PORT) for one in spared)


@pytest.mark.parametrize("now", ["2026-11-29 06:00", "2028-05-01 10:00", "2028-02-29 22:00"])
def test_those_of_an_airport_work_every_day(now: str) -> None:
    at = _paris(now)
    assert at_work(at, Authority.SIVEP, AIRPORT)
    assert (
        last_at_work(at, Authority.SIVEP, AIRPORT, 0.5)
        == next_at_work(at, Authority.SIVEP, AIRPORT, 0.5)
        == at
    )


def test_carriers_come_at_all_hours() -> None:
    at = _paris("2026-11-29 03:00")
    assert at_work(at, Authority.CARRIER, PORT)
