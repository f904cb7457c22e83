"""The programs that a company mandates, on its page, through the handlers (SES-04, PPR-10)."""

from demo.commands.accounts import DEMO_CLIENT
from demo.commands.companies import A
from models.identity.people.queries.mandates import mandated
from models.kernel import clock
from models.kernel.database import read
from tests.state.delivering import delivered, now_seq
from tests.state.world import World


async def acts() -> bool:
    """Whether the demonstration's program acts for company A."""
    return await read(lambda db: mandated(db, DEMO_CLIENT, A, clock.now()))


async def test_ses_04_a_mandate_is_withdrawn_and_given_again(world: World) -> None:
    """SES-04, PPR-10: each act shows at once, and on a colleague's open page as well."""
    tab = await world.tab("correspondante")
    await tab.connect("/entreprise")
    (row,) = tab.shown["Mandated"]["given"]
    assert (row["id"], row["name"]) == (DEMO_CLIENT, "Partenaire de démonstration")
    assert row["detail"].startswith("Mandaté depuis le ")
    colleague = await world.tab("correspondante")
    await colleague.connect("/entreprise")
    seq = await now_seq()
    await tab.send("Mandated.withdraw", {"client_id": DEMO_CLIENT})
    assert (tab.shown["Mandated"]["given"], tab.shown["Mandated"]["done"]) == ([], "Mandat retiré.")
    assert not await acts()
    await delivered(seq)
    assert colleague.shown["Mandated"]["given"] == []
    await tab.send("Mandated.withdraw", {"client_id": DEMO_CLIENT})
    assert tab.shown["Mandated"]["error"]
    (choice,) = tab.shown["Mandated"]["choices"]
    await tab.send("Mandated.give", {"form": {"software": choice["value"]}})
    assert (tab.shown["Mandated"]["error"], tab.shown["Mandated"]["choices"]) == ("", [])
    assert await acts()
    await tab.send("Mandated.dismiss")
    assert tab.shown["Mandated"]["done"] == ""


async def test_ppr_10_only_who_answers_for_the_company(world: World) -> None:
    """PPR-10: a colleague sees no program, and withdraws none."""
    tab = await world.tab("importateur")
    await tab.connect("/entreprise")
    await tab.send("Mandated.withdraw", {"client_id": DEMO_CLIENT})
    assert not tab.shown.get("Mandated", {}).get("given")
    assert await acts()
