"""A working day to come, for tests of plans that run on the application's own clock."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col

from models import clock
from models.database import transaction
from models.french import PARIS
from models.posts.holidays import is_working
from models.posts.tables import Bay, ControlLength, PostClosure, PostHours, PostTerms
from tests.factories import NOW
from tests.support.appointments import POST, add_offer


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


async def only_offer(**said: Any) -> list[int]:
    """What add_offer() gives Le Havre, in place of what the demonstration gave it; the ids of its bays."""
    async with transaction() as db:
        for table in (PostTerms, PostHours, PostClosure, ControlLength, Bay):
            await db.exec(delete(table).where(col(table.post_code) == POST))
    return await add_offer(**said)
