"""No act by a repeated key or click, on any screen: it is about what was shown, and it is done once (SES-05, SES-11).

Each act is sent three times: with the stamp of something else, as the page sends it, and once more as a second click
that left before the screen changed. Only the second one does anything.

Seen to fail: with a verb that does not compare the stamp, the first one acts; with a guard that forgets what was
done, the third one says that nothing was done where something was.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demo.commands.accounts import DEMO_CLIENT
from demo.commands.companies import A
from demo.writers.contents import write_ched
from models.border.messages.actions import receive
from models.identity.people.actions import name_correspondent
from models.scheduling.appointments import changes, waiting_list
from tests.state.acting import STAMPS
from tests.state.border.test_handling import CUT, unmatched
from tests.state.delivering import now_seq
from tests.state.pipeline import Json, Tab
from tests.state.planning_scene import asker, booked, ground, opened
from tests.state.signals.test_agent_home import queued
from tests.state.signals.test_alerts import later
from tests.state.world import DOSSIERS, World, newcomer
from tests.support.appointments import inspector
from tests.support.plan_days import Day, day

__all__ = ["day", "ground"]
OTHER = "0" * 16
Step = tuple[str, Json]


async def once(tab: Tab, handler: str, payload: Json, before: Sequence[Step] = ()) -> None:
    """The act is done when it is sent as the page sends it, and by neither of the two others."""
    for step in before:
        await tab.send(*step)
    seq = await now_seq()
    await tab.send(handler, payload | {"shown": OTHER})
    assert await now_seq() == seq, f"{handler} acted on what was not shown"
    for step in before:
        await tab.send(*step)
    shown = STAMPS[handler](tab.shown, payload)
    assert shown != "", f"{handler} has nothing on screen to act on"
    await tab.send(handler, payload | {"shown": shown})
    after = await now_seq()
    assert after > seq, f"{handler} did not act"
    said = _said(tab, handler)
    await tab.send(handler, payload | {"shown": shown})
    assert await now_seq() == after, f"{handler} acted twice"
    assert _said(tab, handler) == said, f"{handler} takes back what it said"


def _said(tab: Tab, handler: str) -> tuple[Any, ...]:
    screen = tab.shown.get(handler.partition(".")[0], {})
    return tuple(screen.get(name, "") for name in ("done", "said", "error"))


async def test_the_acts_on_a_consignment(world: World) -> None:
    """SES-05"""
    tab = await world.tab("sivep")
    await tab.connect(f"/suivi/{DOSSIERS['A_HAVRE'].reference}")
    chosen: list[Step] = [
        ("ConsignmentPage.set_step", {"value": "physical"}),
        ("ConsignmentPage.set_outcome", {"value": "satisfactory"}),
    ]
    await once(tab, "ConsignmentPage.confirm", {}, chosen)
    await once(tab, "ConsignmentPage.undo", {"form": {"reason": "WRONG_ENTRY"}})


async def test_the_acts_on_the_officers_list(world: World) -> None:
    """SES-05, SES-20"""
    await queued("A_HAVRE")
    await later(4)
    tab, mine = await world.tab("sivep"), DOSSIERS["A_HAVRE"].reference
    await tab.connect("/agent")
    await once(tab, "AgentHome.take", {"reference": mine})
    await once(tab, "AgentHome.release", {"reference": mine})
    handed: list[Step] = [("AgentHome.hand", {"reference": mine})]
    await once(tab, "AgentHome.assign", {"account": str(world.accounts["sivep"])}, handed)
    await once(tab, "AgentHome.acknowledge", {"alert": tab.shown["AgentHome"]["alerts"][0]["key"]})


async def test_the_acts_on_alerts(world: World) -> None:
    """SES-20"""
    await queued("A_HAVRE")
    await later(4)
    tab, above = await world.tab("sivep"), await world.tab("superviseur")
    await tab.connect("/agent/alertes")
    await above.connect("/agent/alertes")
    key = tab.shown["Alerts"]["cards"][0]["key"]
    await once(tab, "Alerts.acknowledge", {"alert": key})
    await once(tab, "Alerts.assign", {"alert": key, "account": str(world.accounts["sivep"])})
    form = {"quantity": "step_age", "post": "FRCDG4", "opens_at": "100", "closes_at": "50", "active": True}
    checked: list[Step] = [("Alerts.edit", {"threshold": ""}), ("Alerts.check", {"form": form})]
    await once(above, "Alerts.keep", {}, checked)


async def test_the_acts_on_messages_and_ties(world: World) -> None:
    """SES-02, SES-04"""
    receipt, loose = await receive(CUT, "partner:tests"), await unmatched("Y")
    tab = await world.tab("sivep")
    await tab.connect("/agent/messages")
    await once(tab, "ReceivedMessages.replay", {"message_id": receipt.message_id})
    await tab.connect("/agent/rattachements")
    checked: list[Step] = [
        ("Matching.choose", {"reference": loose}),
        ("Matching.check", {"form": {"siren": "912 345 675", "name": None}}),
    ]
    await once(tab, "Matching.tie", {}, checked)
    await once(tab, "Matching.undo", {"reference": loose})
    ched = replace(newcomer("P").ched(), post_code="FRXXX4", post_name="Roissy Sud", post_others=())
    await receive(write_ched(ched), "partner:tests")
    await tab.connect("/agent/rattachements")
    checked = [
        ("UnknownPosts.choose", {"code": "FRXXX4"}),
        ("UnknownPosts.check", {"form": {"known": "FRCDG4", "name": ""}}),
    ]
    await once(tab, "UnknownPosts.confirm", {}, checked)
    await once(tab, "UnknownPosts.undo", {"code": "FRXXX4"})


async def test_the_acts_on_the_people_of_a_company(world: World) -> None:
    """PPR-10, SES-04"""
    await name_correspondent(world.accounts["importateur"], A)
    tab = await world.tab("importateur")
    await tab.connect("/entreprise")
    whom = {"account_id": str(world.accounts["assistant"])}
    for verb in ("certify", "delegate", "end_delegation", "end_certification"):
        await once(tab, f"People.{verb}", whom)
    await once(tab, "Mandated.withdraw", {"client_id": DEMO_CLIENT})


async def test_the_act_on_an_offer(world: World) -> None:
    """SES-12"""
    tab = await world.tab("sivep")
    await tab.connect("/agent/offre")
    hours = {"service": "food", "monday": "on", "opens": "19:00", "closes": "00:00", "inspectors": "2"}
    drafted: list[Step] = [
        ("OfferPage.discard", {}),
        ("OfferPage.save_hours", {"form": hours}),
        ("OfferPage.see_effect", {}),
    ]
    await once(tab, "OfferPage.save", {"form": {}}, drafted)


async def test_the_acts_of_an_operator_on_an_appointment(ground: World, day: Day) -> None:
    """SES-11"""
    first, second = await booked(ground, day, 1, day.at(16)), await booked(ground, day, 2, day.at(17))
    tab, list_ = await ground.tab("importateur"), await ground.tab("importateur")
    for verb in ("wait", "wait_no_more"):
        await tab.connect(f"/rendez-vous/{first}")
        await once(tab, f"AppointmentPage.{verb}", {})
    for verb, payload in (("decline", {"form": {"reason": "goods_late"}}), ("accept", {})):
        await changes.propose(inspector(), first, day.at(16, 30), text="Grève")
        await tab.connect(f"/rendez-vous/{first}")
        await once(tab, f"AppointmentPage.{verb}", payload)
    await once(tab, "AppointmentPage.cancel", {"form": {"reason": "other"}})
    await waiting_list.join(asker(ground), second)  # an earlier place is free: it is offered at once
    await list_.connect("/rendez-vous")
    await once(list_, "Appointments.decline", {"reference": second})
    await changes.propose(inspector(), second, day.at(16, 30), text="Grève")
    await list_.connect("/rendez-vous")
    await once(list_, "Appointments.accept", {"reference": second})


async def test_the_acts_of_an_inspector_on_an_appointment(ground: World, day: Day) -> None:
    """SES-11, SES-13"""
    ref, asked = await booked(ground, day, 1, day.at(16)), await booked(ground, day, 2, day.at(17))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await once(tab, "Planning.shift", {"way": "earlier"})
    await once(tab, "Planning.act", {"what": "arrived"})
    await tab.send("Planning.show", {"reference": asked})
    why = {"form": {"reason": "no_inspector", "details": "Grève"}}
    await once(tab, "Planning.answer", why, [("Planning.ask", {"what": "cancel"})])


async def test_a_question_is_about_what_was_shown_when_it_was_asked(ground: World, day: Day) -> None:
    """SES-11: the operator moved it meanwhile; the inspector reads it again before cancelling it."""
    ref = await booked(ground, day, 1, day.at(16))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.ask", {"what": "cancel"})
    await changes.move(inspector(), ref, day.at(17))
    seq = await now_seq()
    await tab.send("Planning.answer", {"form": {"reason": "no_inspector"}})
    assert await now_seq() == seq
    assert "a changé entre-temps" in tab.shown["Planning"]["error"]
    assert tab.shown["Planning"]["asked"]["what"] == ""


@pytest.mark.parametrize("handler", sorted(STAMPS))
def test_every_act_is_tried(handler: str) -> None:
    """An act that is added is tried in this file, by its name, or by its verb in a loop over those of its screen."""
    source, (screen, _, verb) = Path(__file__).read_text(), handler.partition(".")
    assert f'"{handler}"' in source or (f"{screen}.{{verb}}" in source and f'"{verb}"' in source)
