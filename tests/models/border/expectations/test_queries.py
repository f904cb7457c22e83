"""SES-03: what a page of consignments is told to expect, from what was learnt."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sql_event
from sqlalchemy.exc import OperationalError

from app.tasks import learn_times
from models.border.consignments.tables import Step
from models.border.expectations import actions
from models.border.expectations.actions import learn, refresh_curves
from models.border.expectations.queries import pools
from models.border.expectations.rules import Confidence, Expectation, Level
from models.border.expectations.tables import DurationCurve
from models.border.follow_up.filters import PAGE_SIZE, Filters
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.queries.listing import Listed
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock
from models.kernel.database import read
from tests.factories import NOW, add_basics, after, count, keep, operator, row
from tests.models.border.expectations.past import at_now, remember, took
from tests.support.databases import both_databases, reading

pytestmark = pytest.mark.usefixtures("database")

K, S = StepKind, StepStatus


def minutes(number: float) -> timedelta:
    """So many."""
    return timedelta(minutes=number)


async def open_file(number: int = 1, *, arrived: float = 0, other: Step | None = None, **said: Any) -> None:
    """A consignment whose documents are to be checked since its arrival."""
    one = row(number, **said)
    await keep(one)
    arrival = Step(
        consignment_id=0, kind=K.ARRIVAL, status=S.DONE, ended_at=after(arrived), authority="carrier"
    )
    for mine in [arrival, *([other] if other else [])]:
        mine.consignment_id = one.key
        await keep(mine)


async def listed() -> list[Listed]:
    """The page of the importer, at NOW."""
    with at_now():
        page = await read(lambda db: queries.page(db, operator(), Filters()))
    return page.items


async def told() -> Expectation | None:
    """What is expected of the only consignment."""
    (one,) = await listed()
    return one.expected


async def learn_now() -> int:
    """Learn, at NOW."""
    with at_now():
        return await refresh_curves()


@both_databases
async def test_ses_03_what_is_expected_comes_from_what_such_steps_took_there() -> None:
    """SES-03: at that post, for such goods, and not from elsewhere; with the time already spent."""
    await add_basics()
    here = took([n + 1 for n in range(100)])
    elsewhere = took([1000.0] * 60, post_code="FRMRS1") + took([2000.0] * 60, ched_type="CHEDP")
    await remember(*here, *elsewhere, *took([5.0] * 60, step=K.DECISION))
    await open_file(arrived=-0.5)
    assert await learn_now() > 0
    found = await told()
    assert found is not None
    assert found.median_left is not None
    assert found.p90_left is not None
    assert minutes(34) <= found.median_left <= minutes(37)
    assert minutes(62) <= found.p90_left <= minutes(65)
    assert (found.level, found.confidence, found.cases) == (Level.POST_AND_GOODS, Confidence.MEDIUM, 70)


@both_databases
async def test_ses_03_open_cases_count_too() -> None:
    """SES-03: as many stuck as ended: the median is no longer that of those that ended."""
    await add_basics()
    await remember(*took([60.0] * 40))
    await open_file()
    await learn_now()
    before = await told()
    assert before is not None
    assert before.median_left == minutes(60)
    stuck = took([0.0] * 60, began_at=NOW - timedelta(days=20), ended_at=None, done=False)
    await remember(*stuck)
    await learn_now()
    now = await told()
    assert now is not None
    assert (now.median_left, now.at_least) == (minutes(60), True)


async def test_ses_03_a_page_costs_no_query_more_however_many_there_are() -> None:
    """SES-03: the curves come with the steps."""
    await add_basics()
    await remember(*took([60.0] * 40))
    await learn_now()
    costs = []
    for numbers in (range(1, 2), range(2, 2 + PAGE_SIZE)):
        for number in numbers:
            await open_file(number, ched_type=("CHEDPP", "CHEDP")[number % 2])
        costs.append(await _cost())
    assert costs == [(1, 2), (PAGE_SIZE, 2)]


async def _cost() -> tuple[int, int]:
    said: list[str] = []

    def note(*args: Any) -> None:
        said.append(str(args[2]))

    sql_event.listen(Engine, "before_cursor_execute", note)
    async with reading() as db:
        with at_now():
            page = queries.page(db, operator(), Filters())
    sql_event.remove(Engine, "before_cursor_execute", note)
    assert all(one.expected and one.expected.learnt for one in page.items)
    return len(page.items), len([one for one in said if not one.startswith("BEGIN")])


async def test_ses_03_work_that_began_is_compared_with_work() -> None:
    """SES-03: from when it began, and not from when it could have."""
    await add_basics()
    long_wait = [
        one | {"started_at": one["ended_at"] - minutes(10)} for one in took([600.0 + n for n in range(50)])
    ]
    await remember(*long_wait)
    await learn_now()
    work = Step(
        consignment_id=0, kind=K.DOCUMENTARY, status=S.STARTED, started_at=after(-0.05), authority="sivep"
    )
    await open_file(arrived=-5, other=work)
    found = await told()
    assert found is not None
    assert (found.median_left, found.p90_left) == (minutes(7), minutes(7))


async def test_ses_03_what_is_planned_counts_from_its_plan() -> None:
    """SES-03: the appointment, then the work as it usually takes."""
    await add_basics()
    work = [one | {"started_at": one["began_at"], "step": K.IDENTITY} for one in took([20.0] * 50)]
    await remember(*work)
    await learn_now()
    plan = Step(consignment_id=0, kind=K.IDENTITY, status=S.PLANNED, planned_at=after(2), authority="sivep")
    await open_file(other=plan, step="identity", actor="operator", action="present_for_identity")
    found = await told()
    assert found is not None
    assert found.median_left == minutes(140)


async def test_ses_03_without_a_past_the_default_is_told_as_such() -> None:
    """SES-03"""
    await add_basics()
    await open_file(expected_at=after(1))
    await learn_now()
    assert await told() == Expectation(minutes(60), None, Confidence.DEFAULT, Level.USUAL)


async def test_ses_03_nothing_is_told_of_what_is_over() -> None:
    """SES-03: nor of a step that ended badly, which no authority will end again."""
    await add_basics()
    await remember(*took([60.0] * 40, step=K.DECISION))
    await learn_now()
    refused = Step(
        consignment_id=0, kind=K.DECISION, status=S.UNSATISFACTORY, ended_at=after(1), authority="sivep"
    )
    await open_file(1, state="released", actor="", closed_at=NOW)
    await open_file(2, other=refused, step="decision", state="blocked", actor="operator")
    assert [one.expected for one in await listed()] == [None, None]


async def test_ses_03_a_busy_post_is_judged_on_its_last_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-03: what is read has a bound, and what changed its pace is soon believed."""
    monkeypatch.setattr(pools, "RECENT", 30)
    monkeypatch.setattr(pools, "_ENDED", pools._ENDED.limit(30))
    await add_basics()
    await remember(*took([10.0] * 30 + [500.0] * 70))
    await open_file()
    await learn_now()
    found = await told()
    assert found is not None
    assert found.median_left == minutes(10)


async def test_ses_03_the_past_is_forgotten_after_six_months() -> None:
    """SES-03: and the curve with it."""
    await add_basics()
    await remember(*took([60.0] * 40))
    assert await learn_now() == 4
    assert await learn_now() == 0
    with clock.fixed(NOW + timedelta(days=200)):
        assert await refresh_curves() == 4
    assert await count(DurationCurve) == (0,)


async def test_one_worker_learns_for_all() -> None:
    await add_basics()
    await remember(*took([60.0] * 40))
    await learn_now()
    await remember(*took([90.0] * 40, step=K.DECISION))
    for later, changed in ((4, 0), (6, 4)):
        with clock.fixed(NOW + minutes(later)):
            assert await learn(older_than=minutes(5)) == changed


async def test_a_round_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away does not end the task."""

    def away(_statement: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    await add_basics()
    await remember(*took([60.0] * 40))
    with monkeypatch.context() as cut:
        cut.setattr(actions, "read", away)
        await learn_times.learn_once()
    assert await count(DurationCurve) == (0,)
    with at_now():
        await learn_times.learn_once()
    assert await count(DurationCurve) == (4,)
