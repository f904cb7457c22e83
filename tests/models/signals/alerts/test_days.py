"""The watch, with a clock moved through days: at the threshold, not before, closed when due, none twice (SES-20, SES-21)."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from models.border.consignments.tables import Consignment
from models.border.passage.content import Content
from models.border.passage.vocabulary import StepKind, StepStatus
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import dispose
from models.signals.alerts.rules import Quantity
from models.signals.alerts.tables import NOT_PRESENTED, Alert
from tests.factories import NOW, after, ched, coarri, customs, event, reference, row, tell
from tests.factories import keep as keep_rows
from tests.models.signals.alerts.people import HAVRE, alerts, shown, sivep, told, watch_at
from tests.support.databases import both_databases, transaction

pytestmark = pytest.mark.usefixtures("basics")

MINUTE = timedelta(minutes=1)
K, S = StepKind, StepStatus


async def arrived() -> None:
    """One consignment whose documents wait for the SIVEP since NOW."""
    await tell(ched(), coarri())


@both_databases
async def test_through_days() -> None:
    """SES-20, SES-21: looked at every twenty minutes for five days, each alert opens once and closes once."""
    await arrived()
    at, end = NOW, NOW + timedelta(days=5)
    checked, decided = NOW + timedelta(hours=5), NOW + timedelta(hours=6)
    doings: dict[datetime, Content] = {
        checked: event(K.DOCUMENTARY, S.SATISFACTORY, hours=5),
        decided: event(K.DECISION, S.SATISFACTORY, hours=6),
        NOW + timedelta(days=4): customs("01", hours=96),
    }
    seen: dict[str, list[datetime]] = {}
    while at <= end:
        if at in doings:
            await tell(doings[at], at=at)
        plan = await watch_at(at)
        for key in plan.opened:
            seen.setdefault(f"{key.quantity} {key.step}", []).append(at)
        for key in plan.closed:
            seen[f"{key.quantity} {key.step}"].append(at)
        at += timedelta(minutes=20)
    assert seen == {
        "step_age documentary": [NOW + timedelta(hours=3), checked],
        "decided_undeclared declaration": [decided + timedelta(days=2), NOW + timedelta(days=4)],
        "step_age release": [NOW + timedelta(days=4, hours=4)],
    }
    assert [one.kind for one in await told()] == ["alert.opened", "alert.closed"] * 2 + ["alert.opened"]


@both_databases
async def test_at_the_minute_and_not_before() -> None:
    """SES-20: it says what crossed which threshold, since when, and on which consignment (SES-21)."""
    await arrived()
    assert not await watch_at(after(3) - MINUTE)
    assert await watch_at(after(3) + 5 * MINUTE)
    (one,) = await shown(sivep())
    assert (one.alert.quantity, one.alert.value, one.alert.opens_at) == (Quantity.STEP_AGE, 185, 180)
    assert (one.alert.since, one.alert.opened_at) == (after(3), after(3) + 5 * MINUTE)
    assert [named.reference for named in one.consignments] == [reference()]


@both_databases
async def test_right_after_a_restart() -> None:
    """SES-21: nothing is kept in memory: another process, later, neither repeats nor forgets."""
    await arrived()
    await watch_at(after(3))
    await dispose()
    assert not await watch_at(after(4))
    await tell(event(K.DOCUMENTARY, S.SATISFACTORY, hours=4.5), at=after(4.5))
    await dispose()
    assert len((await watch_at(after(5))).closed) == 1
    (one,) = await alerts()
    assert one.closed_at == after(5)
    await watch_at(after(20))
    assert [(it.step, it.closed_at is None) for it in await alerts()] == [
        ("documentary", False),
        ("decision", True),
    ]


@both_databases
async def test_several_workers_at_once() -> None:
    """SES-21: they all look at the same moment; one alert, one fact."""
    await arrived()
    await asyncio.gather(*(watch_at(after(3)) for _ in range(8)))
    assert len(await alerts()) == 1
    assert len(await told()) == 1


@both_databases
async def test_the_database_refuses_a_second_open_alert() -> None:
    """SES-21: even a program that knows nothing of the watch cannot open it twice."""
    await arrived()
    await watch_at(after(3))
    (one,) = await alerts()
    copied = {name: getattr(one, name) for name in Alert.model_fields if name != "id"}
    with pytest.raises(Exception, match=r"(?i)unique"):
        await keep_rows(Alert(**copied))
    await keep_rows(Alert(**(copied | {"closed_at": after(4)})))


@both_databases
async def test_a_queue_that_sways_opens_once() -> None:
    """SES-21, hysteresis: 12 opens, 10 to 13 only updates, 9 closes."""
    await keep_rows(*(row(number) for number in range(1, 13)))
    await watch_at(NOW)
    for hour, number in ((0.1, 12), (0.2, 11), (0.3, 13)):
        if number == 13:
            await keep_rows(row(13), row(14))
        else:
            await _end(number)
        await watch_at(after(hour))
    entries = [one for one in await told() if one.payload["quantity"] == Quantity.QUEUE_LENGTH]
    assert [(one.kind, one.payload.get("value")) for one in entries] == [
        ("alert.opened", 12),
        ("alert.updated", 11),
        ("alert.updated", 10),
        ("alert.updated", 12),
    ]
    assert not await watch_at(after(0.4))
    for number in (1, 2, 3):
        await _end(number)
    assert len((await watch_at(after(0.5))).closed) == 1
    (one,) = [it for it in await alerts() if it.quantity == Quantity.QUEUE_LENGTH]
    assert one.closed_at == after(0.5)


async def _end(number: int) -> None:
    """That consignment waits for nobody any more."""
    async with transaction() as db:
        named = select(Consignment).where(Consignment.reference == reference(number))
        found = db.exec(named).one()
        found.actor, found.state, found.closed_at = "", "released", NOW
        db.add(found)


@both_databases
async def test_appointments_not_kept_over_a_day() -> None:
    """SES-20: counted at their post from the journal; the alert closes as the day goes by."""
    for hour in (0, 1, 2):
        with_at = after(hour)
        await _not_presented(with_at)
        assert bool(await watch_at(with_at)) is (hour == 2)
    assert not await watch_at(after(23))
    assert (await watch_at(after(24.5))).updated  # two are left: the alert stays until one is
    (one,) = await alerts()
    assert (one.quantity, one.post_code, one.value) == (Quantity.APPOINTMENTS_MISSED, HAVRE, 2)
    assert len((await watch_at(after(25.5))).closed) == 1


async def _not_presented(at: datetime) -> None:
    with clock.fixed(at):
        async with transaction() as db:
            record_at_once(db, NOT_PRESENTED, post_code=HAVRE)


@both_databases
async def test_released_without_decision() -> None:
    """SES-20: an anomaly, for as long as no decision comes; a quarter of an hour is left to late messages."""
    await tell(ched(), coarri(), customs("01"), customs("08", hours=2), at=after(2))
    assert Quantity.RELEASED_UNDECIDED not in {key.quantity for key in (await watch_at(after(2.2))).opened}
    assert Quantity.RELEASED_UNDECIDED in {key.quantity for key in (await watch_at(after(2.25))).opened}
    assert not await watch_at(NOW + timedelta(days=30))
    await tell(event(K.DECISION, S.SATISFACTORY, hours=1.9), at=NOW + timedelta(days=30))
    assert len((await watch_at(NOW + timedelta(days=30))).closed) == 1


@both_databases
async def test_a_laboratory_that_is_late() -> None:
    """SES-20: from when its result was expected, four days after the samples left."""
    started = event(K.LABORATORY, S.STARTED, hours=2)
    await tell(ched(), coarri(), event(K.DOCUMENTARY, S.SATISFACTORY), started, at=after(2))
    due = after(2) + timedelta(days=4)
    await watch_at(due)
    assert Quantity.LABORATORY_OVERDUE not in {one.quantity for one in await alerts()}
    await watch_at(due + timedelta(days=1))
    assert Quantity.LABORATORY_OVERDUE in {one.quantity for one in await alerts()}


@both_databases
async def test_unusual_refusals() -> None:
    """SES-20: five refusals at a post within a day; the day after, it is over."""
    contents = [ched(number, containers=()) for number in range(1, 6)]
    refused = [event(K.DECISION, S.UNSATISFACTORY, hours=1, number=number) for number in range(1, 6)]
    await tell(*contents, *refused[:4], at=after(1))
    assert not await watch_at(after(1))
    await tell(refused[4], at=after(1))
    (key, found), *_ = (await watch_at(after(1))).opened.items()
    assert (key.quantity, key.post_code, found.value) == (Quantity.REFUSALS, HAVRE, 5)
    assert Quantity.REFUSALS in {one.quantity for one in (await watch_at(after(25.5))).closed}
