"""Help and opinions through the handlers, as a browser would (PPR-52, PPR-53)."""

from state.signals.opinions import page_of
from tests.state.delivering import delivered, now_seq
from tests.state.world import World


async def test_com_14_the_form_comes_filled_in(world: World) -> None:
    """COM-14: with what is known of the person, and empty for who is not signed in."""
    tab = await world.tab("importateur")
    await tab.connect("/aide")
    form = tab.shown["Assistance"]["draft"]["typed"]
    assert (form["name"], form["company"], form["siren"]) == (
        "Lise Marchand",
        "Kerdrel Primeurs",
        "912345675",
    )
    stranger = world.pipeline.tab(None)
    await stranger.connect("/aide")
    assert stranger.shown["Assistance"]["draft"]["typed"] == {}


async def test_ppr_52_what_was_typed_stays_until_it_is_right(world: World) -> None:
    """PPR-52: the mistake is told beside its field, then the request is acknowledged (COM-12)."""
    tab = world.pipeline.tab(None)
    await tab.connect("/aide")
    typed = {
        "name": "Ana",
        "email": "ana@",
        "siren": "",
        "company": "",
        "subject": "other",
        "text": "Bonjour à tous.",
    }
    await tab.send("Assistance.send", {"form": typed})
    shown = tab.shown["Assistance"]
    assert (shown["draft"]["typed"]["text"], shown["receipt"]["reference"]) == (typed["text"], "")
    assert shown["draft"]["errors"]["email"].startswith("Écrivez l’adresse")
    await tab.send("Assistance.send", {"form": typed | {"email": "ana@exemple.fr"}})
    shown = tab.shown["Assistance"]
    assert shown["receipt"]["reference"].startswith("AIDE-")
    assert "text" not in shown["draft"]["typed"]
    assert shown["draft"]["errors"] == {}


async def test_ppr_52_the_assistant_says_when_it_does_not_know(world: World) -> None:
    """PPR-52: then the question is already in the form."""
    tab = world.pipeline.tab(None)
    await tab.connect("/aide")
    await tab.send("Assistance.ask", {"form": {"question": "Mot de passe perdu"}})
    assert tab.shown["Assistance"]["turns"][-1]["href"] == "/mot-de-passe"
    await tab.send("Assistance.ask", {"form": {"question": "Quel temps à Brest ?"}})
    assert tab.shown["Assistance"]["turns"][-1]["text"].startswith("Je ne sais pas")
    assert tab.shown["Assistance"]["draft"]["typed"]["text"] == "Quel temps à Brest ?"


async def test_ppr_53_an_opinion_reaches_the_service_live(world: World) -> None:
    """PPR-53: the service's page fills without a reload; nobody else's does."""
    service = await world.tab("superviseur")
    await service.connect("/agent/avis")
    inspector = await world.tab("sivep")
    await inspector.connect("/agent/avis")
    assert inspector.shown["ReadOpinions"]["refusal"]
    seq = await now_seq()
    tab = world.pipeline.tab(None)
    await tab.connect("/avis?page=/suivi/CHEDPP.FR.2026.0028758?x=1")
    await tab.send("GiveOpinion.send", {"form": {"comment": "Clair"}})
    assert tab.shown["GiveOpinion"]["draft"]["errors"]["rating"]
    assert tab.shown["GiveOpinion"]["draft"]["typed"]["comment"] == "Clair"
    await tab.send("GiveOpinion.send", {"form": {"comment": "Clair", "rating": "5"}})
    assert tab.shown["GiveOpinion"]["thanked"]
    await delivered(seq)
    (row,) = service.shown["ReadOpinions"]["opinions"]
    assert (row["rating"], row["page"], row["comment"]) == ("Très content", "/suivi/…", "Clair")
    assert not inspector.shown["ReadOpinions"].get("opinions")


def test_the_page_is_one_of_ours() -> None:
    """No address of another site, and no reference of a consignment."""
    assert [page_of(one) for one in ("/aide?x=1", "//evil.example", "https://x.fr/", "javascript:x", "/suivi/C1")] == [
        "/aide", "", "/", "", "/suivi/…",
    ]  # fmt: skip
