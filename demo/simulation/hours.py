"""Who works when, at each post: office hours on the clocks of Paris, public holidays kept. Pure.

Inspections have the hours that their post offers (offers.py); these are the hours of papers and decisions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from demo.simulation.offers import OFFERS
from demo.simulation.scenarios import PLACES
from models.kernel.authorities import Authority
from models.kernel.french import PARIS
from models.posts.holidays import holiday

_SATURDAY = 5
_DAY = timedelta(days=1)
_HOUR_AND_A_HALF = 5400
"""Seconds: how long after opening, or before closing, what had to wait or to be done sooner may be."""


@dataclass(frozen=True, slots=True)
class Week:
    """From when to when somebody works, and on which days."""

    opens: time
    closes: time
    last_day: int
    """Of the week; 0 is Monday."""
    on_holidays: bool = False


_WEEKS: Mapping[Authority, Week] = {
    Authority.OPERATOR: Week(time(7, 30), time(19), 4),
    Authority.SIVEP: Week(time(7, 30), time(18, 30), 4),
    Authority.CUSTOMS: Week(time(7), time(20), _SATURDAY),
    Authority.LABORATORY: Week(time(9), time(18), 4),
}
_AIRPORT = Week(time(5), time(22, 30), 6, on_holidays=True)


def next_at_work(at: datetime, by: Authority, post_code: str, spare: float) -> datetime:
    """`at` (UTC), or the beginning of the next hours in which `by` works there, `spare` (0 to 1) into their first part."""
    day = at.date()
    while by in _WEEKS:
        span = _span(by, post_code, day)
        if span is not None and at < span[1]:
            return at if at >= span[0] else span[0] + timedelta(seconds=int(spare * _HOUR_AND_A_HALF))
        day += _DAY
    return at


def last_at_work(at: datetime, by: Authority, post_code: str, spare: float) -> datetime:
    """`at` (UTC), or the end of the last hours in which `by` worked there, `spare` (0 to 1) into their last part."""
    day = at.date()
    while by in _WEEKS:
        span = _span(by, post_code, day)
        if span is not None and at >= span[0]:
            return at if at < span[1] else span[1] - timedelta(seconds=1 + int(spare * _HOUR_AND_A_HALF))
        day -= _DAY
    return at


def at_work(at: datetime, by: Authority, post_code: str) -> bool:
    """Whether `by` works there at that time (UTC)."""
    return next_at_work(at, by, post_code, 0) == at


@lru_cache(8192)
def _span(by: Authority, post_code: str, day: date) -> tuple[datetime, datetime] | None:
    """The hours of that day. Nobody works at midnight, in Paris or in UTC: they are hours of that day in both."""
    place, offer = PLACES.get(post_code), OFFERS.get(post_code)
    by_air = place is not None and place.by_air and by in (Authority.SIVEP, Authority.CUSTOMS)
    week = _AIRPORT if by_air else _WEEKS[by]
    off = bool(holiday(day, offer.department if offer else "")) and not week.on_holidays
    if day.weekday() > week.last_day or off:
        return None
    opens, closes = (datetime.combine(day, clock, PARIS) for clock in (week.opens, week.closes))
    return opens.astimezone(UTC), closes.astimezone(UTC)
