"""The links on an open profile: what they show, to whom, and that they follow (PPR-08, PPR-09)."""

from typing import Any

import pytest

from demo.co_owners.configuration import environment
from demo.commands.companies import A, B, siret
from models.identity.access.cookies import FLASH_COOKIE, LINK_DONE, LINK_REFUSED, Flash, flash_cookie
from models.identity.access.queries.viewers import viewer_of
from models.identity.access.sessions import sign_out
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.actions import withdraw
from models.identity.habilitations.links import link, unlink
from models.identity.habilitations.rules import Named
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings
from tests.state.delivering import delivered, now_seq
from tests.state.pipeline import Tab
from tests.state.world import World
from tests.support.databases import reading

PAYS = Named("PAIEMENT", "telepayer", A)


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The three co-owners have an issuer; nobody asks it anything here."""
    for name, value in environment(1).items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()


async def opened(world: World, who: str) -> tuple[Tab, Viewer]:
    """The profile of that person, open, and who that is."""
    session_id = await world.session(who)
    tab = world.pipeline.tab(session_id)
    await tab.connect("/profil")
    async with reading() as db:
        viewer = viewer_of(session_id, db)
    assert viewer is not None
    tab.said.clear()
    return tab, viewer


def shown(tab: Tab) -> dict[str, dict[str, Any]]:
    """The cards by co-owner."""
    return {one["code"]: one for one in tab.shown["Links"]["links"]}


async def test_each_co_owner_is_shown_with_what_it_gave(world: World) -> None:
    """PPR-05, PPR-08: by SIREN; an establishment is named; the way to ask leads to the co-owner's site."""
    place = siret(B, 2)
    _, viewer = await opened(world, "importateur")
    await link(viewer, CoOwner.URSSAF, "s", {PAYS, Named("DECLARATION", "lire", B, place)})
    tab, _ = await opened(world, "importateur")
    cards = shown(tab)
    assert {code: one["linked"] for code, one in cards.items()} == {
        "DGDDI": False, "DGFIP": False, "URSSAF": True
    }  # fmt: skip
    assert all(one["available"] for one in cards.values())
    assert cards["URSSAF"]["site"] == settings().urssaf.site_url
    held = cards["URSSAF"]["holdings"]
    assert [one["company"] for one in held] == ["Kerdrel Primeurs", "Horizon Caudal"]
    assert held[0]["lines"] == ["Paiement\u00a0: télépayer"]
    assert "Boulogne-sur-Mer" in held[1]["lines"][0]
    assert [one["creatable"] for one in cards.values()] == [True, False, False]


async def test_a_link_made_elsewhere_appears_and_one_that_ends_goes(world: World) -> None:
    """PPR-08, PPR-09: without habilitation too, where nothing else of the person changes."""
    tab, viewer = await opened(world, "assistant")
    seq = await now_seq()
    await link(viewer, CoOwner.DGFIP, "s", ())
    await delivered(seq)
    assert shown(tab)["DGFIP"]["linked"]
    seq = await now_seq()
    await unlink(viewer, CoOwner.DGFIP)
    await delivered(seq)
    assert not shown(tab)["DGFIP"]["linked"]


async def test_a_habilitation_withdrawn_leaves_the_open_profile(world: World) -> None:
    """PPR-09: on the company worked for, and on another."""
    _, viewer = await opened(world, "importateur")
    await link(viewer, CoOwner.URSSAF, "s", {PAYS, Named("PAIEMENT", "telepayer", B)})
    tab, _ = await opened(world, "importateur")
    for siren, left in ((B, ["Kerdrel Primeurs"]), (A, [])):
        seq = await now_seq()
        assert await withdraw(viewer.account_id, "PAIEMENT", "telepayer", siren, co_owner=CoOwner.URSSAF) == 1
        await delivered(seq)
        assert [one["company"] for one in shown(tab)["URSSAF"]["holdings"]] == left


async def test_what_concerns_another_person_says_nothing_here(world: World) -> None:
    """SES-04"""
    tab, _ = await opened(world, "comptable")
    _, viewer = await opened(world, "importateur")
    seq = await now_seq()
    await link(viewer, CoOwner.URSSAF, "s", {PAYS})
    await delivered(seq)
    assert tab.said == []


async def test_signed_out_the_card_is_empty(world: World) -> None:
    """SES-04"""
    tab, viewer = await opened(world, "importateur")
    seq = await now_seq()
    await sign_out(viewer.session_id)
    await delivered(seq)
    assert (tab.shown["Links"]["links"], tab.shown["Links"]["offered"]) == ([], False)


async def test_an_officer_is_offered_none(world: World) -> None:
    """PPR-04"""
    tab, _ = await opened(world, "douane")
    assert not tab.shown.get("Links", {}).get("links")


async def test_without_issuer_a_co_owner_is_not_available(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PPR-04, PPR-08: it is said; the way to ask for a habilitation stays."""
    for name in environment(1):
        monkeypatch.delenv(name)
    settings.cache_clear()
    tab, _ = await opened(world, "importateur")
    assert [(one["available"], one["creatable"]) for one in shown(tab).values()] == [(False, False)] * 3
    assert shown(tab)["DGDDI"]["site"] == "https://www.douane.gouv.fr"


@pytest.mark.parametrize(("kind", "where"), [(LINK_DONE, "done"), (LINK_REFUSED, "error"), ("wrong", "")])
async def test_what_became_of_it_is_said_on_the_profile(world: World, kind: str, where: str) -> None:
    """PPR-04: and nothing that another page is to say."""
    tab = await world.tab("importateur")
    tab.cookie += f"; {FLASH_COOKIE}={flash_cookie(Flash(kind, 'Titre', 'Phrase.', ''))}"
    await tab.connect("/profil")
    told = {name: tab.shown["Links"].get(name, "") for name in ("done", "error")}
    assert told == {name: "Phrase." if name == where else "" for name in told}
