"""Thresholds are data that supervisors set, after seeing what they would raise today (SES-20)."""

import pytest

from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.alerts.queries.alerts import thresholds
from models.signals.alerts.rules import Quantity
from models.signals.alerts.thresholds import Proposed, preview, set_threshold
from tests.factories import after, ched, coarri, operator, tell
from tests.models.signals.alerts.people import HAVRE, ROISSY, alerts, sivep, supervisor, told, watch_at
from tests.support.databases import both_databases

pytestmark = pytest.mark.usefixtures("basics")

HAVRE_FASTER = Proposed(Quantity.STEP_AGE, HAVRE, "", "documentary", 60, 45)


@both_databases
async def test_a_preview_changes_nothing_and_says_what_would_open() -> None:
    """SES-20: on the facts as they stand; the alert that is open already counts among them."""
    await tell(ched(), coarri())
    with clock.fixed(after(2)):
        found = await preview(supervisor(), HAVRE_FASTER)
        assert isinstance(found, dict)
        assert [(key.post_code, one.value) for key, one in found.items()] == [(HAVRE, 120)]
        assert (
            await preview(supervisor(), Proposed(Quantity.STEP_AGE, HAVRE, "", "documentary", 121, 45)) == {}
        )
        assert await preview(supervisor(), Proposed(Quantity.STEP_AGE, ROISSY, "", "", 60, 45)) == {}
    assert list(await alerts()) == []
    assert await told("threshold.") == []


@both_databases
async def test_a_threshold_that_is_set_is_used_at_the_next_look() -> None:
    """SES-20: added for the post, then set again in place, then put to rest: the alert follows."""
    await tell(ched(), coarri())
    number = len(await read(thresholds))
    with clock.fixed(after(2)):
        assert await set_threshold(supervisor(), HAVRE_FASTER) is None
    assert len((await watch_at(after(2))).opened) == 1
    with clock.fixed(after(2)):
        off = Proposed(Quantity.STEP_AGE, HAVRE, "", "documentary", 60, 45, active=False)
        assert await set_threshold(supervisor(), off) is None
    assert len((await watch_at(after(2))).closed) == 1
    assert len(await read(thresholds)) == number + 1
    assert [one.payload["active"] for one in await told("threshold.")] == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        Proposed("weather", "", "", "", 3, 1),
        Proposed(Quantity.REFUSALS, "", "", "", 3, 3),
        Proposed(Quantity.REFUSALS, "", "", "", 0, 0),
        Proposed(Quantity.REFUSALS, "", "", "", 3, -1),
        Proposed(Quantity.REFUSALS, "", "", "", 10**9, 1),
        Proposed(Quantity.STEP_AGE, "NOWHERE", "", "", 3, 1),
        Proposed(Quantity.STEP_AGE, "", "CHEDX", "", 3, 1),
        Proposed(Quantity.STEP_AGE, "", "", "dance", 3, 1),
    ],
)
async def test_what_makes_no_sense_is_refused(wrong: Proposed) -> None:
    """SES-20: with a sentence; a threshold that would flap is one of them."""
    assert isinstance(await preview(supervisor(), wrong), Refusal)
    assert isinstance(await set_threshold(supervisor(), wrong), Refusal)
    assert await told("threshold.") == []


async def test_only_supervisors() -> None:
    """SES-05, SES-20: neither officers nor operators, for the preview either."""
    for viewer in (sivep(), operator()):
        assert isinstance(await preview(viewer, HAVRE_FASTER), Refusal)
        assert isinstance(await set_threshold(viewer, HAVRE_FASTER), Refusal)


async def test_defaults_come_once_and_do_not_undo_what_was_set() -> None:
    """SES-20: the watch adds what is missing at each start, and nothing else."""
    before = await read(thresholds)
    changed = Proposed(Quantity.REFUSALS, "", "", "", 9, 2)
    assert await set_threshold(supervisor(), changed) is None
    await watch_at(after(0))
    now = await read(thresholds)
    assert len(now) == len(before)
    assert [one.opens_at for one in now if one.quantity == Quantity.REFUSALS] == [9]
