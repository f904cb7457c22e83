"""The page of a company's people, through the handlers (PPR-10)."""

from demo.commands.companies import A
from models.identity.people.actions import name_correspondent
from tests.state.delivering import delivered, now_seq
from tests.state.world import World


async def test_ppr_10_a_correspondent_invites_certifies_and_is_relieved(world: World) -> None:
    """PPR-10: each act shows at once; when the role goes, what the open page showed goes with it."""
    await name_correspondent(world.accounts["importateur"], A)
    tab = await world.tab("importateur")
    await tab.connect("/entreprise")
    assert {one["email"] for one in tab.shown["People"]["persons"]} >= {"assistant@demo.passavant.fr"}
    await tab.send("People.invite", {"form": {"email": "nora@"}})
    assert (
        tab.shown["People"]["draft"]["typed"]["email"],
        bool(tab.shown["People"]["draft"]["errors"]["email"]),
    ) == ("nora@", True)
    await tab.send("People.invite", {"form": {"email": "nora@kerdrel.example"}})
    (invited,) = tab.shown["People"]["invited"]
    await tab.send("People.cancel", {"invitation_id": invited["id"]})
    assert tab.shown["People"]["invited"] == []
    number = str(world.accounts["assistant"])
    await tab.send("People.certify", {"account_id": number})
    assert next(one for one in tab.shown["People"]["persons"] if one["id"] == number)["certified"]
    seq = await now_seq()
    colleague = await world.tab("correspondante")
    await colleague.connect("/entreprise")
    await colleague.send("People.end_delegation", {"account_id": str(world.accounts["importateur"])})
    await delivered(seq)
    assert (tab.shown["People"]["persons"], bool(tab.shown["People"]["refusal"])) == ([], True)


async def test_ppr_10_the_page_is_closed_to_others(world: World) -> None:
    """PPR-10, SES-04: a colleague and an officer get a sentence."""
    for who in ("assistant", "sivep"):
        tab = await world.tab(who)
        await tab.connect("/entreprise")
        assert tab.shown["People"]["refusal"]
        assert not tab.shown["People"].get("persons")
