"""The sentences that people read, case by case: when the first time is, and why not sooner (SES-10)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.kernel import french
from models.scheduling.capacity.offer import Closure, Hours, Offer, quarters
from models.scheduling.slots.asked import Taken
from models.scheduling.slots.calculator import answer
from models.scheduling.slots.words import sentence
from tests.models.scheduling.slots.worked_cases import CASES, Worked
from tests.support.calculating import SERVICE, need, offer

WEEK = ((range(5), 480, 1080, False),)


def _at(case: Worked, told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(case.zone)).astimezone(UTC)


def _post(case: Worked) -> Offer:
    lines = case.terms.get("hours", WEEK)
    usual = {"booking_notice": timedelta(hours=2), "horizon_days": 30}
    said = {
        "hours": tuple(
            Hours(SERVICE, day, opens, closes, on_holidays=off)
            for days, opens, closes, off in lines
            for day in days
        ),
        "closures": tuple(Closure(_at(case, a), _at(case, b), reason=why) for a, b, why in case.closed),
    }
    return offer(case.department, case.zone, **{**usual, **case.terms, **said})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ses_10_the_first_time_and_the_reason_are_told(case: Worked) -> None:
    """SES-10: what people read is exactly this."""
    post, now = _post(case), _at(case, case.now)
    asked = need(_at(case, case.notified), _at(case, case.arrives), wood=case.wood)
    gone = {
        at for told in case.taken for at in quarters(_at(case, told), _at(case, told) + timedelta(minutes=45))
    }
    today = post.local(now).date()
    found = answer(asked, post, Taken({1: gone}), now, today, today)
    first = post.local(found.earliest.starts_at).strftime("%Y-%m-%d %H:%M") if found.earliest else ""
    said = sentence(found, post, SERVICE, now)
    assert (first, said.replace(french.NBSP, " ")) == (case.first, case.sentence)
    assert said == french.typeset(said)
    assert french.NBSP in said
