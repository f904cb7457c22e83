"""The officers' list on screen: live, in place, and to nobody else (SES-05, SES-20)."""

from datetime import timedelta

import pytest

from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.accounts.rules import Role, home_of
from models.kernel import clock
from models.signals.alerts.actions import watch
from models.signals.worklist import actions
from state.signals.work_address import WorkAddress
from tests.models.signals.alerts.people import sivep
from tests.state.delivering import delivered, now_seq
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, Rows, World, tell

HAVRE = ("A_HAVRE", "B_HAVRE", "C_HAVRE")


async def queued(*names: str) -> None:
    """These consignments have arrived: their documents wait for the SIVEP."""
    for name in names:
        await tell(DOSSIERS[name], StepKind.ARRIVAL, StepStatus.DONE)


def rows(tab: Tab) -> Rows:
    """The lines of the list as the tab shows them."""
    found: Rows = tab.shown["AgentHome"]["rows"]
    return found


def names(tab: Tab) -> list[str]:
    """Which dossiers, in order."""
    by_reference = {one.reference: name for name, one in DOSSIERS.items()}
    return [by_reference[one["reference"]] for one in rows(tab)]


def test_officers_land_on_their_list() -> None:
    """SES-05, SES-48: statistics only have no list."""
    assert [home_of(role) for role in (Role.SIVEP, Role.CUSTOMS, Role.SUPERVISOR)] == ["/agent"] * 3
    assert (home_of(Role.OPERATOR), home_of(Role.DGITM)) == ("/tableau-de-bord", "/profil")


async def test_the_list_of_one_s_posts(world: World) -> None:
    """SES-05, SES-20: each line says why it stands there; operators have no list at all."""
    await queued("A_HAVRE", "B_HAVRE", "A_ROISSY")
    tab = await world.tab("sivep")
    await tab.connect("/agent")
    assert names(tab) == ["A_HAVRE", "B_HAVRE"]
    assert {one["reason"] for one in rows(tab)} == {"Attend depuis 1\u00a0min"}
    other = await world.tab("importateur")
    await other.connect("/agent")
    assert other.shown["AgentHome"]["rows"] == []
    assert "réservée aux agents" in other.shown["AgentHome"]["refusal"]


async def test_taken_here_it_shows_there(world: World) -> None:
    """SES-05: live on the colleague's screen of the same post, and named to nobody else."""
    await queued("A_HAVRE")
    mine, theirs, above = await world.tab("sivep"), await world.tab("sivep"), await world.tab("superviseur")
    for tab in (mine, theirs, above):
        await tab.connect("/agent")
    above.said.clear()
    seq = await now_seq()
    await mine.send("AgentHome.take", {"reference": DOSSIERS["A_HAVRE"].reference})
    assert mine.shown["AgentHome"]["done"] == "Envoi pris en charge."
    await delivered(seq)
    assert rows(theirs)[0]["mine"] is True
    assert "Claire Vasseur" not in "".join(above.said)
    await mine.send("AgentHome.release", {"reference": DOSSIERS["A_HAVRE"].reference})
    assert rows(mine)[0]["free"] is True


async def test_a_row_never_moves_under_the_finger(world: World) -> None:
    """SES-20: what comes is put at the end, what leaves goes, and the order is offered."""
    await queued("B_HAVRE", "C_HAVRE")
    tab = await world.tab("sivep")
    await tab.connect("/agent")
    assert names(tab) == ["B_HAVRE", "C_HAVRE"]
    seq = await now_seq()
    await queued("A_HAVRE")
    with clock.fixed(clock.now() + timedelta(hours=9)):
        await watch()  # all of them have waited too long
    await delivered(seq)
    assert names(tab) == ["B_HAVRE", "C_HAVRE", "A_HAVRE"]
    assert rows(tab)[2]["fresh"] is True
    assert all(one["reason"].startswith("Alerte") for one in rows(tab))
    seq = await now_seq()
    await tell(DOSSIERS["C_HAVRE"], StepKind.DOCUMENTARY, StepStatus.STARTED)
    await tell(DOSSIERS["B_HAVRE"], StepKind.DECISION, StepStatus.UNSATISFACTORY)
    await delivered(seq)
    assert names(tab) == ["C_HAVRE", "A_HAVRE"]
    assert tab.shown["AgentHome"]["reorder"].startswith("L’ordre a changé")
    await tab.send("AgentHome.sort")
    assert names(tab) == ["A_HAVRE", "C_HAVRE"]
    assert tab.shown["AgentHome"]["reorder"] == ""


async def test_handed_to_a_colleague_of_the_list(world: World) -> None:
    """SES-05: only who serves there is offered, and only who serves there is accepted."""
    await queued("A_HAVRE")
    tab = await world.tab("sivep")
    await tab.connect("/agent")
    await tab.send("AgentHome.hand", {"reference": DOSSIERS["A_HAVRE"].reference})
    people = tab.shown["AgentHome"]["handing"]["people"]
    assert [one["label"] for one in people] == ["Claire Vasseur (vous)"]
    await tab.send("AgentHome.assign", {"account": str(world.accounts["sivep-cdg"])})
    assert "ne sert pas à ce poste" in tab.shown["AgentHome"]["error"]
    await tab.send("AgentHome.hand", {"reference": DOSSIERS["A_HAVRE"].reference})
    await tab.send("AgentHome.assign", {"account": people[0]["value"]})
    assert tab.shown["AgentHome"]["done"] == "Envoi attribué."
    await tab.send("AgentHome.hand", {"reference": DOSSIERS["A_ROISSY"].reference})
    assert tab.shown["AgentHome"]["handing"]["reference"] == ""


async def test_filters_stand_in_the_address(world: World) -> None:
    """SES-20: a link to one's own consignments, or to those of a step, can be shared."""
    await queued("A_HAVRE", "B_HAVRE")
    tab = await world.tab("sivep")
    await tab.connect("/agent")
    await tab.send("AgentHome.narrow", {"name": "etape", "value": "decision"})
    assert tab.redirects == ["/agent?etape=decision"]
    await tab.go("/agent?etape=decision")
    assert rows(tab) == []
    await actions.take(sivep(world.accounts["sivep"]), DOSSIERS["B_HAVRE"].reference)
    await tab.go("/agent?qui=moi")
    assert names(tab) == ["B_HAVRE"]
    await tab.go("/agent?qui=libres")
    assert names(tab) == ["A_HAVRE"]


@pytest.mark.parametrize(
    "query",
    [{}, {"qui": "x", "type": "chedz", "etape": "7", "page": "0"}, {"page": "9999999"}, {"page": "٣"}],
)
def test_an_address_that_makes_no_sense_is_the_whole_list(query: dict[str, str]) -> None:
    """Whatever somebody typed there."""
    assert WorkAddress.read(query).link() == "/agent"
