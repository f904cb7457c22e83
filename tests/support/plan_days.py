"""A working day to come, for tests of plans that run on the application's own clock."""

from datetime import UTC, datetime, time, timedelta

import pytest

from models.kernel import clock
from models.kernel.french import PARIS
from models.posts.holidays import is_working
from tests.factories import NOW


class Day:
    """The first working Tuesday to come at Le Havre, and what time it is."""

    def __init__(self) -> None:
        day = max(clock.now(), NOW).astimezone(PARIS).date() + timedelta(days=1)
        while day.weekday() != 1 or not is_working(day, "76"):
            day += timedelta(days=1)
        self.date = day
        self.now = self.at(14, 10)

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> datetime:
        """That time in Paris, on the day or so many days later."""
        return datetime.combine(self.date + timedelta(days=days), time(hour, minute), PARIS)

    def hold(self, patch: pytest.MonkeyPatch) -> None:
        """It is `now`, everywhere: events run in tasks that a context variable does not reach."""
        patch.setattr(clock, "now", lambda: self.now.astimezone(UTC))


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """A Tuesday, ten past two."""
    made = Day()
    made.hold(monkeypatch)
    return made
