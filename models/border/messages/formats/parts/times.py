"""Times as messages write them, turned into aware UTC times.

A time without offset is French legal time: the posts, terminals and brokers that write one mean it so.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_PATTERNS = {
    "101": "%y%m%d",
    "102": "%Y%m%d",
    "201": "%y%m%d%H%M",
    "203": "%Y%m%d%H%M",
    "204": "%Y%m%d%H%M%S",
    "303": "%Y%m%d%H%M",
    "304": "%Y%m%d%H%M%S",
}
_LENGTHS = {"101": 6, "102": 8, "201": 10, "203": 12, "204": 14, "303": 12, "304": 14}
_CODED = re.compile(r"(\d{6,14})(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?", re.ASCII | re.DOTALL)


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one is taken as Europe/Paris.

    Raises ValueError when the moment falls outside the calendar.
    """
    try:
        aware = moment if moment.utcoffset() is not None else moment.replace(tzinfo=PARIS)
        return aware.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("moment outside the calendar") from error


def from_iso(text: str) -> datetime:
    """Reads an ISO 8601 date and time (or date), as XML and JSON write them. Raises ValueError."""
    if len(text) > 40:
        raise ValueError("too long for a date")
    day = _ISO_DATE.fullmatch(text)
    if day and "T" not in text:
        # XML Schema dates may carry an offset, which fromisoformat does not know on a date alone.
        text = f"{day[1]}T00:00:00{text[len(day[1]) :]}"
    return to_utc(datetime.fromisoformat(text))


def day_from_iso(text: str) -> date:
    """The calendar day as it was written, whatever its offset. Raises ValueError."""
    day = _ISO_DATE.fullmatch(text)
    if day is None:
        raise ValueError("not a date")
    return date.fromisoformat(day[1])


def day_from_coded(text: str) -> date:
    """The calendar day of digits that begin with year, month and day, as they were written. Raises ValueError."""
    if not _CODED.fullmatch(text) or not text[:8].isdigit():
        raise ValueError("not a coded date")
    return datetime.strptime(text[:8], _PATTERNS["102"]).date()  # noqa: DTZ007 - a day has no zone


def from_coded(text: str, code: str) -> datetime:
    """Reads a date in a format of UNCL 2379 (102, 203, 304...), with or without offset.

    An absent code is guessed from the length. Raises ValueError.
    """
    match = _CODED.fullmatch(text)
    if match is None:
        raise ValueError("not a coded date")
    digits, offset = match[1], match[2]
    code = code or {length: known for known, length in _LENGTHS.items() if known < "300"}.get(len(digits), "")
    if code not in _PATTERNS or len(digits) != _LENGTHS[code]:
        raise ValueError("unknown date format")
    zone = _zone(offset) if offset else PARIS
    return to_utc(datetime.strptime(digits, _PATTERNS[code]).replace(tzinfo=zone))


def _zone(offset: str) -> tzinfo:
    if offset[0] not in "+-":
        return UTC
    shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(shift if offset[0] == "+" else -shift)
