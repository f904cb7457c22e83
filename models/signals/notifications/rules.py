"""When a notice leaves, and what is told together. Data and pure functions."""

from datetime import datetime, time, timedelta

from models.kernel.french import PARIS, local

GROUPED = timedelta(minutes=5)
"""For how long what happens about one subject is one notice, unless it was read meanwhile."""
SETTLING = timedelta(seconds=60)
"""How long a letter waits for what follows, so that a burst is one letter; an urgent one waits for nothing."""
PUSH_SETTLING = timedelta(seconds=10)
TOLD_OUTSIDE = timedelta(days=7)
"""A fact older than that (a past that is taken in, a relay that was away) is told in the portal only, as read."""
DIGEST_HOUR = 7
LONGEST_LETTER = 20
"""How many subjects a letter tells one by one."""
_DAY = 24 * 60


def after_quiet(at: datetime, quiet_from: int | None, quiet_until: int | None) -> datetime:
    """`at`, or the end of the quiet hours in which it falls. They may go over midnight; minutes, Paris time."""
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return at
    there = local(at)
    minute = there.hour * 60 + there.minute
    if (minute - quiet_from) % _DAY >= (quiet_until - quiet_from) % _DAY:
        return at
    end = datetime.combine(there.date(), time(quiet_until // 60, quiet_until % 60), PARIS)
    if end <= there:
        end = datetime.combine(there.date() + timedelta(days=1), end.time(), PARIS)
    return end.astimezone(at.tzinfo)


def next_digest(at: datetime, hour: int | None) -> datetime:
    """The next time that the daily digest leaves, after `at`: at that hour, Paris time, summer and winter."""
    there = local(at)
    due = datetime.combine(there.date(), time(DIGEST_HOUR if hour is None else hour), PARIS)
    if due <= there:
        due = datetime.combine(there.date() + timedelta(days=1), due.time(), PARIS)
    return due.astimezone(at.tzinfo)
