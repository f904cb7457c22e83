"""What officers do with alerts, and who may (SES-05, SES-20)."""

import pytest

from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.subject import Subject
from models.signals.alerts import actions
from models.signals.alerts.policy import may_set_thresholds, may_watch, of_alerts
from models.signals.alerts.queries import alerts as queries
from models.signals.alerts.subject import ALERT
from tests.factories import after, ched, coarri, event, operator, tell
from tests.models.signals.alerts.people import (
    ADA,
    HAVRE,
    LEA,
    MAX,
    ROISSY,
    ZOE,
    alerts,
    customs,
    shown,
    sivep,
    supervisor,
    told,
    watch_at,
)
from tests.models.signals.alerts.test_days import K, S
from tests.support.databases import both_databases


@pytest.fixture
async def alert(basics: None) -> int:  # noqa: ARG001
    """An alert that is open at Le Havre: its number."""
    await tell(ched(), coarri())
    await watch_at(after(3))
    return (await alerts())[0].key


@both_databases
async def test_acknowledged_it_stays_listed(alert: int) -> None:
    """SES-20: it closes by itself, and acknowledging twice is one fact."""
    with clock.fixed(after(4)):
        assert await actions.acknowledge(sivep(), alert) is None
        assert await actions.acknowledge(sivep(MAX), alert) is None
    (one,) = await shown(sivep())
    assert (one.alert.acknowledged_at, one.alert.acknowledged_by) == (after(4), ADA)
    (entry,) = await told("alert.acknowledged")
    assert (entry.actor, entry.post_code, entry.siren, entry.subject) == (
        f"account:{ADA}",
        HAVRE,
        None,
        Subject.of(ALERT, alert),
    )
    assert await read(lambda db: queries.count_open(db, sivep())) == (1, 0)
    assert not await watch_at(after(5))


@both_databases
async def test_assigned_to_a_colleague_of_the_post(alert: int) -> None:
    """SES-20: who takes care of it has seen it; officers of another post cannot."""
    with clock.fixed(after(4)):
        assert isinstance(await actions.assign(sivep(), alert, LEA), Refusal)
        assert await actions.assign(sivep(), alert, ZOE) is None
        assert await actions.assign(sivep(), alert, ZOE) is None
    (one,) = await shown(customs())
    assert (one.holder, one.alert.assigned_to, one.alert.acknowledged_by) == ("Zoé Blin", ZOE, ADA)
    assert len(await told("alert.assigned")) == 1
    with clock.fixed(after(4)):
        assert await actions.assign(customs(), alert, None) is None
    assert (await shown(sivep()))[0].holder == ""


@both_databases
async def test_others_see_nothing_of_it(alert: int) -> None:
    """SES-05: another post, an operator: the alert does not exist; the supervisor looks, and names nobody."""
    with clock.fixed(after(4)):
        await actions.assign(sivep(), alert, MAX)
        for viewer in (sivep(LEA, ROISSY), operator()):
            assert await shown(viewer) == []
            assert isinstance(await actions.acknowledge(viewer, alert), Refusal)
        assert isinstance(await actions.acknowledge(supervisor(), alert), Refusal)
        assert isinstance(await actions.assign(supervisor(), alert, MAX), Refusal)
    (one,) = await shown(supervisor())
    assert one.holder == ""


@both_databases
async def test_a_closed_alert_is_out_of_hand(alert: int) -> None:
    """SES-21: it closed by itself; nobody acknowledges it any more, and it is listed among the last ones."""
    await tell(event(K.DOCUMENTARY, S.SATISFACTORY, hours=4), at=after(4))
    await watch_at(after(4))
    refused = await actions.acknowledge(sivep(), alert)
    assert isinstance(refused, Refusal)
    assert "d’elle-même" in refused.reason
    assert [one.alert.id for one in await read(lambda db: queries.closed_for(db, sivep()))] == [alert]


def test_who_may() -> None:
    """SES-05, SES-20: each kind of person, asked."""
    assert [may_watch(one) is None for one in (sivep(), customs(), supervisor(), operator(), None)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    allowed = [one for one in (sivep(), customs(), operator(), None) if may_set_thresholds(one) is None]
    assert allowed == []
    assert may_set_thresholds(supervisor()) is None


def test_a_fact_reaches_its_post_and_no_operator() -> None:
    """SES-05: the same rule for facts in memory as for queries."""
    opened = JournalEntry(seq=1, at=after(0), kind="alert.opened", actor="system", post_code=HAVRE)
    assert of_alerts(sivep(), opened)
    assert of_alerts(supervisor(), opened)
    assert not of_alerts(sivep(LEA, ROISSY), opened)
    assert not of_alerts(operator(), opened)
    assert not of_alerts(operator(), opened.model_copy(update={"kind": "threshold.changed"}))
