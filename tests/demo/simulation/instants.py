"""Presents at which the demonstration may be started first: every kind of hour of three years."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from models.kernel.french import PARIS

SINCE = datetime(2026, 11, 26, 0, 3, 17, tzinfo=UTC)
_STEP = timedelta(hours=13, minutes=7, seconds=31)
_YEARS = 3
_CLOCKS_CHANGE = tuple(
    date.fromisoformat(day)
    for day in ("2027-03-28", "2027-10-31", "2028-03-26", "2028-10-29", "2029-03-25", "2029-10-28")
)
_DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2026-11-30",
        "2026-12-31",
        "2027-01-01",
        "2027-05-01",
        "2028-02-29",
        "2028-05-01",
        "2028-12-31",
    )
)
_EDGES = tuple(
    time.fromisoformat(clock) for clock in ("00:00:00", "08:00:00", "12:30:00", "13:30:00", "18:00:00")
)


def instants() -> Iterator[datetime]:
    """Some 2,200 of them, in UTC: the whole years by steps, the nights when clocks change, and days of their own."""
    yield from (SINCE + _STEP * number for number in range(int(_YEARS * timedelta(days=365.25) / _STEP)))
    for day in _CLOCKS_CHANGE:
        midnight = datetime.combine(day, time(), PARIS).astimezone(UTC)
        yield from (midnight + timedelta(minutes=20) * number for number in range(13))
    yield from special()


def special() -> Iterator[datetime]:
    """The edges of hours, on days of their own: holidays, 29 February, the year's end."""
    for day in _DAYS:
        for edge in (*_EDGES, time(23, 58)):
            there = datetime.combine(day, edge, PARIS).astimezone(UTC)
            yield from (there, there + timedelta(minutes=9, seconds=59))
