"""VTIMEZONE as another library reads it: the same time as the clocks of the post, on every hour of the year.

Seen to fail: with the periods that icalendar makes by itself, the night when summer time begins is an hour off.
"""

from datetime import UTC, datetime, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Event

from app.documents.time_zones import time_zone, told_in

ZONES = ("Europe/Paris", "Indian/Reunion", "America/Cayenne", "America/Miquelon")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def _file(name: str, *times: datetime) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//test//")
    calendar.add("version", "2.0")
    calendar.add_component(time_zone(name, 2026, 2027))
    for number, at in enumerate(times):
        event = Event()
        event.add("uid", f"{number}@test")
        event.add("dtstamp", FIRST)
        event.add("dtstart", told_in(at, name))
        event.add("dtend", told_in(at + timedelta(minutes=30), name))
        event.add("summary", at.isoformat())
        calendar.add_component(event)
    # Under a name that no library knows: what stands in the file is all that it can go by.
    return bytes(calendar.to_ical()).decode().replace(name, "Passavant/Poste")


@pytest.mark.parametrize("name", ZONES)
def test_ses_12_every_hour_of_two_years_is_read_as_it_was_meant(name: str) -> None:
    """SES-12: both nights when the clocks change, the hour that comes twice included."""
    times = [FIRST + timedelta(hours=hour) for hour in range(0, 2 * 365 * 24, 41)]
    night = [datetime(2026, 10, 24, 22, tzinfo=UTC) + timedelta(minutes=15 * each) for each in range(20)]
    night += [datetime(2026, 3, 28, 22, tzinfo=UTC) + timedelta(minutes=15 * each) for each in range(20)]
    found = IcsCalendarStream.calendar_from_ics(_file(name, *times, *night))
    assert len(found.events) == len(times) + len(night)
    wrong = [one.summary for one in found.events if one.dtstart.astimezone(UTC).isoformat() != one.summary]  # type: ignore[union-attr]
    assert wrong == []


def _periods(name: str) -> list[list[str]]:
    lines = time_zone(name, 2026, 2026).to_ical().decode().split("\r\n")
    told = ("BEGIN:", "DTSTART:", "TZOFFSETTO:")
    words = [line.partition(":")[2] for line in lines if line.startswith(told)][1:]
    return [words[at : at + 3] for at in range(0, len(words), 3)]


def test_a_period_begins_on_the_clocks_of_the_one_before() -> None:
    """RFC 5545, 3.6.5: summer time begins at two, which is then three; winter time at three, which is then two."""
    assert _periods("Europe/Paris")[1:] == [
        ["DAYLIGHT", "20260329T020000", "+0200"],
        ["STANDARD", "20261025T030000", "+0100"],
    ]
    assert [one[2] for one in _periods("Indian/Reunion")] == ["+0400"]
