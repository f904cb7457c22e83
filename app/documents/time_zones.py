"""VTIMEZONE of a place, for calendars (RFC 5545), from the rules of the time zone database.

icalendar makes some too, but has summer time begin an hour late: the beginning of a period is told on the clocks
of the period before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_NONE = timedelta()


@lru_cache(64)
def time_zone(name: str, first: int, last: int) -> Timezone:
    """The zone of that name, right from the beginning of the year `first` to the end of the year `last`."""
    zone = ZoneInfo(name)
    begin, end = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=1), datetime(last + 1, 1, 2, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", name)
    timezone.add_component(_period(zone, begin, begin))
    for change in _changes(zone, begin, end):
        timezone.add_component(_period(zone, change - timedelta(seconds=1), change))
    return timezone


def told_in(at: datetime, name: str) -> datetime:
    """The time on the clocks of that zone; of an hour that comes twice, the second one stays in UTC.

    A calendar takes such an hour for the first one (RFC 5545, 3.3.5).
    """
    there = at.astimezone(ZoneInfo(name))
    return at.astimezone(UTC) if there.fold else there


def _period(zone: ZoneInfo, before: datetime, since: datetime) -> TimezoneStandard | TimezoneDaylight:
    """From `since` on; `before` is just before it, when other clocks hold."""
    was, is_ = before.astimezone(zone), since.astimezone(zone)
    period = TimezoneDaylight() if is_.dst() else TimezoneStandard()
    begins = (since + (was.utcoffset() or _NONE)).replace(tzinfo=None)
    period.add("dtstart", begins)
    period.add("rdate", [begins])  # said twice: some readers take the beginning for no occurrence
    period.add("tzoffsetfrom", was.utcoffset() or _NONE)
    period.add("tzoffsetto", is_.utcoffset() or _NONE)
    period.add("tzname", is_.tzname() or zone.key)
    return period


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """When the clocks of the zone are changed, to the second."""
    day = begin
    while day < end:
        after = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, after):
            yield _moment(zone, day, after)
        day = after


def _moment(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()
