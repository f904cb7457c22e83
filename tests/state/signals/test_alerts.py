"""Alerts on screen: live to the officers concerned, set by supervisors (SES-20, SES-21)."""

from datetime import timedelta

import pytest

from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock
from models.signals.alerts.actions import watch
from tests.state.delivering import delivered, now_seq
from tests.state.pipeline import Json, Tab
from tests.state.signals.test_agent_home import queued
from tests.state.world import DOSSIERS, World, tell


async def later(hours: float) -> None:
    """The watch looks, so many hours from now."""
    with clock.fixed(clock.now() + timedelta(hours=hours)):
        await watch()


def shown(tab: Tab) -> Json:
    """What the page of alerts shows."""
    return tab.shown["Alerts"]


async def test_it_opens_and_closes_on_open_screens(world: World) -> None:
    """SES-20, SES-21: at Le Havre and for the supervisor; Roissy and operators hear nothing."""
    await queued("A_HAVRE")
    here, above, away = await world.tab("sivep"), await world.tab("superviseur"), await world.tab("sivep-cdg")
    owner = await world.tab("importateur")
    for tab in (here, above, away):
        await tab.connect("/agent/alertes")
    await owner.connect("/suivi")
    away.said.clear()
    owner.said.clear()
    seq = await now_seq()
    await later(4)
    await delivered(seq)
    (card,) = shown(here)["cards"]
    assert "documents à vérifier depuis" in card["title"]
    assert card["about"][0]["label"] == DOSSIERS["A_HAVRE"].reference
    assert here.shown["Session"]["alert_count"] == 1
    assert (away.said, owner.said) == ([], [])
    seq = await now_seq()
    await tell(DOSSIERS["A_HAVRE"], StepKind.DOCUMENTARY, StepStatus.SATISFACTORY)
    await later(0)
    await delivered(seq)
    assert shown(here)["cards"] == []
    assert len(shown(here)["closed"]) == 1


async def test_acknowledged_and_assigned_from_the_page(world: World) -> None:
    """SES-20: the colleague at customs sees who takes care of it; the supervisor sees that somebody does."""
    await queued("A_HAVRE")
    await later(4)
    here, there, above = await world.tab("sivep"), await world.tab("douane"), await world.tab("superviseur")
    for tab in (here, there, above):
        await tab.connect("/agent/alertes")
    key = shown(here)["cards"][0]["key"]
    seq = await now_seq()
    await here.send("Alerts.acknowledge", {"alert": key})
    assert shown(here)["cards"][0]["acknowledged"] is True
    await here.send("Alerts.assign", {"alert": key, "account": str(world.accounts["douane"])})
    await delivered(seq)
    assert shown(there)["cards"][0]["holder"] == "Marc Delcourt"
    assert shown(above)["cards"][0]["holder"] == "Prise en charge au poste"
    assert shown(above)["cards"][0]["may_handle"] is False
    await above.send("Alerts.acknowledge", {"alert": key})
    assert "Seuls les agents" in shown(above)["error"]


async def test_a_supervisor_sets_a_threshold_after_seeing_what_it_would_raise(world: World) -> None:
    """SES-20: the preview first; nothing is set without it."""
    await queued("A_HAVRE", "B_HAVRE")
    tab = await world.tab("superviseur")
    await tab.connect("/agent/alertes")
    await tab.send("Alerts.keep")
    assert "Vérifiez d’abord" in shown(tab)["error"]
    await tab.send("Alerts.edit", {"threshold": ""})
    form = {
        "quantity": "queue_length",
        "post": "FRLEH1",
        "ched_type": "",
        "step": "",
        "opens_at": "2",
        "closes_at": "1",
    }
    await tab.send("Alerts.check", {"form": form | {"closes_at": "2"}})
    assert "plus petit" in shown(tab)["editing"]["error"]
    await tab.send("Alerts.check", {"form": form | {"active": True}})
    editing = shown(tab)["editing"]
    assert editing["raises"] == "Ce seuil lèverait 1\u00a0alerte aujourd’hui."
    assert editing["lines"] == ["Le Havre\u00a0: 1\u00a0alerte, jusqu’à 2\u00a0envois"]
    seq = await now_seq()
    await tab.send("Alerts.keep")
    assert shown(tab)["done"].startswith("Seuil enregistré")
    await later(0)
    await delivered(seq)
    assert "2\u00a0envois en attente" in shown(tab)["cards"][0]["title"]


@pytest.mark.parametrize("who", ["sivep", "importateur"])
async def test_nobody_else_opens_the_form(world: World, who: str) -> None:
    """SES-20: officers see alerts, not thresholds; for others the page does not open."""
    tab = await world.tab(who)
    await tab.connect("/agent/alertes")
    assert shown(tab)["thresholds"] == []
    await tab.send("Alerts.edit", {"threshold": "1"})
    assert shown(tab)["editing"]["shown"] is False
    assert shown(tab)["refusal"]
