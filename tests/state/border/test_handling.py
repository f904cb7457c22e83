"""The officers' two lists through the real pipeline: who is shown what, and what changes live (SES-04, SES-05).

Seen to fail: with a guard that lets everybody in, the pages show to those who do not control.
"""

from dataclasses import replace
from typing import Any

import pytest

from demo.commands.companies import A
from demo.writers.contents import write_ched
from models.border.messages.actions import receive
from models.border.passage.content import Party
from tests.state.delivering import delivered, now_seq
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, World, newcomer, notify

OFFICERS = {"sivep", "douane", "sivep-cdg", "superviseur"}
EVERYBODY = [*sorted(OFFICERS), "importateur", "comptable", "concurrent", "dgitm", None]
CUT = write_ched(DOSSIERS["A_HAVRE"].ched())[:-40]
NUMBER = "FR95999020L"


async def unmatched(name: str, like: str = "A_HAVRE") -> str:
    """The reference of a consignment whose importer nobody knows."""
    ched = newcomer(name, like).ched()
    ched = replace(ched, parties=(Party("importer", "Kerdrel SAS", "FR", identifier=NUMBER),))
    receipt = await receive(write_ched(ched), "partner:tests")
    return receipt.consignments[0]


def shown(tab: Tab, screen: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tab.shown[screen]["rows"]
    return rows


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("address", ["/agent/messages", "/agent/rattachements"])
async def test_ses_05_the_pages_are_for_those_who_control(
    world: World, who: str | None, address: str
) -> None:
    """SES-05, COM-23: operators, statisticians and strangers are shown nothing, and told why."""
    await receive(CUT, "partner:secret")
    await unmatched("X")
    tab = await world.tab(who)
    await tab.connect(address)
    screen = tab.shown["ReceivedMessages" if "messages" in address else "Matching"]
    here = who in OFFICERS and (address == "/agent/messages" or who != "sivep-cdg")
    assert bool(screen["rows"]) == here
    assert bool(screen["refusal"]) == (who not in OFFICERS)
    assert tab.redirects == ([] if who else [f"/connexion?next={address}"])
    assert ("Partenaire secret" in "".join(tab.said)) == (here and address == "/agent/messages")


async def test_a_refused_message_is_replayed_and_both_lists_follow(world: World) -> None:
    """SES-02: another officer's open list hears of it, and of the next refusal."""
    tab, other = await world.tab("sivep"), await world.tab("superviseur")
    for one in (tab, other):
        await one.connect("/agent/messages")
    seq = await now_seq()
    receipt = await receive(CUT, "partner:tests")
    await delivered(seq)
    assert [row["id"] for row in shown(tab, "ReceivedMessages")] == [receipt.message_id]
    assert [row["id"] for row in shown(other, "ReceivedMessages")] == [receipt.message_id]
    await tab.send("ReceivedMessages.replay", {"message_id": receipt.message_id})
    assert tab.shown["ReceivedMessages"]["error_title"] == "Le message reste refusé"
    (mine,), (theirs,) = shown(tab, "ReceivedMessages"), shown(other, "ReceivedMessages")
    assert (mine["href"] != "", mine["copy_action"]) == (True, "")
    assert theirs["copy_action"] == f"/messages-recus/{receipt.message_id}/copie"


async def test_ses_04_a_tie_reaches_the_company_and_nobody_else(world: World) -> None:
    """SES-01, SES-04: checked, confirmed, shown; undone, it leaves the company's list at once."""
    reference = await unmatched("Y")
    officer, owner, rival = (
        await world.tab("sivep"),
        await world.tab("importateur"),
        await world.tab("concurrent"),
    )
    await officer.connect("/agent/rattachements")
    await owner.connect("/suivi")
    await rival.connect("/suivi")
    await officer.send("Matching.choose", {"reference": reference})
    await officer.send("Matching.check", {"form": {"siren": "912345676", "name": None}})
    assert "clé de contrôle" in officer.shown["Matching"]["draft"]["errors"]["siren"]
    await officer.send("Matching.check", {"form": {"siren": "912 345 675"}})
    assert officer.shown["Matching"]["chosen"]["company"].startswith("Kerdrel Primeurs")
    seq = await now_seq()
    rival.said.clear()
    await officer.send("Matching.tie")
    await delivered(seq)
    assert officer.shown["Matching"]["done"] == "Envoi rattaché à Kerdrel Primeurs."
    assert shown(officer, "Matching") == []
    assert owner.shown["FollowUp"]["newcomers"].startswith("1\u00a0nouvel envoi")
    await owner.send("FollowUp.show_newcomers")
    assert reference in {row["reference"] for row in shown(owner, "FollowUp")}
    assert not any(reference in text for text in rival.said)
    seq = await now_seq()
    await officer.send("Matching.undo", {"reference": reference})
    await delivered(seq)
    assert reference not in {row["reference"] for row in shown(owner, "FollowUp")}
    assert [row["reference"] for row in shown(officer, "Matching")] == [reference]


async def test_an_unknown_company_asks_for_its_name(world: World) -> None:
    """SES-04: nothing is created before the name was given and the tie confirmed."""
    reference = await unmatched("Z")
    tab = await world.tab("douane")
    await tab.connect("/agent/rattachements")
    await tab.send("Matching.choose", {"reference": reference})
    await tab.send("Matching.check", {"form": {"siren": "732829320"}})
    assert (tab.shown["Matching"]["chosen"]["asks_name"], tab.shown["Matching"]["chosen"]["company"]) == (
        True,
        "",
    )
    await tab.send("Matching.check", {"form": {"siren": "732829320", "name": " "}})
    assert tab.shown["Matching"]["draft"]["errors"]["name"] == "Donnez le nom de l’entreprise."
    await tab.send("Matching.check", {"form": {"siren": "732829320", "name": "Maison Neuve"}})
    await tab.send("Matching.tie")
    assert tab.shown["Matching"]["done"] == "Envoi rattaché à Maison Neuve."


async def test_a_list_hears_of_a_consignment_that_has_no_company(world: World) -> None:
    """SES-05: at its own post; and of one that a newer CHED matched."""
    tab, elsewhere = await world.tab("sivep"), await world.tab("sivep-cdg")
    for one in (tab, elsewhere):
        await one.connect("/agent/rattachements")
    seq = await now_seq()
    reference = await unmatched("W")
    await delivered(seq)
    assert [row["reference"] for row in shown(tab, "Matching")] == [reference]
    assert shown(elsewhere, "Matching") == []
    seq = await now_seq()
    await notify(newcomer("W"), status="42")
    await delivered(seq)
    assert shown(tab, "Matching") == []


async def test_only_what_is_on_the_list_can_be_chosen(world: World) -> None:
    """SES-05: a reference from elsewhere opens an empty dialog, and tying it is refused."""
    tab = await world.tab("sivep-cdg")
    await tab.connect("/agent/rattachements")
    await tab.send("Matching.choose", {"reference": await unmatched("V")})
    assert tab.shown["Matching"]["chosen"]["reference"] == ""
    await tab.send("Matching.check", {"form": {"siren": A}})
    await tab.send("Matching.tie")
    assert tab.shown["Matching"]["error"] == "Cet envoi n’existe pas ou n’est pas de votre ressort."


async def test_ses_05_an_unknown_post_is_shown_to_every_officer_and_its_own_then_see_what_waited(
    world: World,
) -> None:
    """SES-05: checked, confirmed, shown to the officers of the post at once; undone, it leaves their lists."""
    officer, theirs = await world.tab("superviseur"), await world.tab("sivep-cdg")
    await officer.connect("/agent/rattachements")
    await theirs.connect("/suivi")
    seq = await now_seq()
    ched = replace(newcomer("P").ched(), post_code="FRXXX4", post_name="Roissy Sud", post_others=())
    (reference,) = (await receive(write_ched(ched), "partner:tests")).consignments
    await delivered(seq)
    (row,) = shown(officer, "UnknownPosts")
    assert (row["code"], row["name"]) == ("FRXXX4", "Roissy Sud")
    assert any(reference in one for one in row["consignments"])
    await officer.send("UnknownPosts.choose", {"code": "FRXXX4"})
    await officer.send("UnknownPosts.check", {"form": {"known": "", "name": ""}})
    assert officer.shown["UnknownPosts"]["draft"]["errors"]["known"]
    await officer.send("UnknownPosts.check", {"form": {"known": "nouveau", "name": " "}})
    assert officer.shown["UnknownPosts"]["draft"]["errors"]["name"] == "Donnez le nom du nouveau poste."
    await officer.send("UnknownPosts.check", {"form": {"known": "FRCDG4", "name": ""}})
    assert "Roissy-Charles-de-Gaulle (FRCDG4)" in officer.shown["UnknownPosts"]["chosen"]["summary"]
    seq = await now_seq()
    await officer.send("UnknownPosts.confirm")
    await delivered(seq)
    assert (
        officer.shown["UnknownPosts"]["done"]
        == "FRXXX4 est le poste Roissy-Charles-de-Gaulle, avec 1\u00a0envoi."
    )
    assert shown(officer, "UnknownPosts") == []
    await theirs.send("FollowUp.show_newcomers")
    assert reference in {one["reference"] for one in shown(theirs, "FollowUp")}
    seq = await now_seq()
    await officer.send("UnknownPosts.undo", {"code": "FRXXX4"})
    await delivered(seq)
    assert reference not in {one["reference"] for one in shown(theirs, "FollowUp")}
    assert [one["code"] for one in shown(officer, "UnknownPosts")] == ["FRXXX4"]


async def test_the_page_of_a_consignment_opens_whatever_the_case(world: World) -> None:
    """SES-50: an address that somebody typed."""
    tab = await world.tab("importateur")
    await tab.connect(f"/suivi/{DOSSIERS['A_HAVRE'].reference.lower()}")
    assert tab.shown["ConsignmentPage"]["file"]["reference"] == DOSSIERS["A_HAVRE"].reference
