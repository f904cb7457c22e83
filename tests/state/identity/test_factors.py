"""Screens of second factors: what comes before one is added, what a sign-in half-way shows, who is asked to vouch.

Seen to fail: `refusal_by` that leaves the factor out serves every screen to an officer who has none.
"""

import pytest

from models.identity.access.cookies import CEREMONY_COOKIE, FLASH_COOKIE, Flash, ceremony_cookie, flash_cookie
from models.identity.factors.recovery import ask_recovery
from models.kernel.settings.portal import settings
from state.kit.guard import anyone, holder
from tests.attacks.people import PEOPLE, Sight
from tests.state.handlers import OURS
from tests.state.world import World
from tests.support.accounts import cheap_passwords
from tests.support.factors import add_passkey, half_way, viewer_behind
from tests.support.served import PASSWORD

__all__ = ["cheap_passwords"]
BEHIND = [handler for handler, policy in OURS.items() if policy not in (anyone, holder)]


@pytest.fixture
def compulsory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSAVANT_OFFICERS_SECOND_FACTOR", "1")
    settings.cache_clear()


@pytest.mark.usefixtures("compulsory")
async def test_no_screen_is_served_to_an_officer_before_a_second_factor(world: World) -> None:
    """SES-05: whatever the handler; led to the profile, where one is added, and which says so."""
    tab = await world.tab("sivep")
    for handler in BEHIND:
        await tab.connect("/agent")
        await tab.send(handler)
        assert tab.redirects, handler
        assert set(tab.redirects) == {"/profil"}, handler
    assert Sight(firms=PEOPLE["sivep"].firms).forbidden(tab.said) == []
    await tab.connect("/profil")
    assert (tab.shown["Factors"]["owed"], tab.shown["Profile"]["refusal"]) == (True, "")
    await add_passkey(await viewer_behind(await world.session("sivep")))
    free = await world.tab("sivep")
    await free.connect("/agent")
    assert free.redirects == []


@pytest.mark.usefixtures("compulsory")
async def test_operators_are_asked_for_none(world: World) -> None:
    tab = await world.tab("importateur")
    await tab.connect("/suivi?q=1")
    assert tab.redirects == []


async def test_a_sign_in_half_way_shows_its_ways_and_nobody(world: World) -> None:
    """COM-02: by its own cookie; without one, the password comes first. Opening it changes nothing."""
    key, _ = await add_passkey(await viewer_behind(await world.session("importateur")))
    ceremony = await half_way("importateur@demo.passavant.fr", PASSWORD)
    tab = world.pipeline.tab(cookie=f"{CEREMONY_COOKIE}={ceremony_cookie(ceremony)}")
    for _ in range(2):
        await tab.connect("/connexion/verification?next=/suivi")
        shown = tab.shown["FactorAsked"]
        assert key.credential_id in shown["options"]
        assert (shown["has_totp"], shown["has_codes"], shown["next_path"]) == (False, True, "/suivi")
    assert "Lise" not in "".join(tab.said)
    assert ceremony not in "".join(tab.raw)
    stranger = await world.tab(None)
    await stranger.connect("/connexion/verification")
    assert stranger.redirects == ["/connexion"]


async def test_a_request_shows_live_to_those_who_vouch(world: World) -> None:
    """PPR-10: to the correspondent and the desk; certified by one, it is told to both."""
    await add_passkey(await viewer_behind(await world.session("importateur")))
    tabs = {who: await world.tab(who) for who in ("correspondante", "superviseur")}
    await ask_recovery(await half_way("importateur@demo.passavant.fr", PASSWORD))
    await tabs["correspondante"].connect("/entreprise")
    await tabs["superviseur"].connect("/agent/avis")
    (mine,) = tabs["correspondante"].shown["People"]["recovering"]
    (desk,) = tabs["superviseur"].shown["ReadOpinions"]["recovering"]
    assert mine == desk
    assert (mine["name"], mine["certified"]) == ("Lise Marchand", False)
    await tabs["superviseur"].send("ReadOpinions.certify_recovery", {"account_id": desk["id"]})
    (desk,) = tabs["superviseur"].shown["ReadOpinions"]["recovering"]
    assert desk["certified"]
    await tabs["correspondante"].send("People.certify_recovery", {"account_id": mine["id"]})
    assert "déjà certifiée" in tabs["correspondante"].shown["People"]["error"]
    await tabs["correspondante"].send("People.decline_recovery", {"account_id": mine["id"]})
    assert tabs["correspondante"].shown["People"]["recovering"] == []


async def test_ses_50_what_is_wrong_with_a_factor_is_said_in_its_form(world: World) -> None:
    """SES-50: beside the field of the form that was sent, and of no other; what was typed stays."""
    tab = await world.tab("importateur")
    left = Flash(
        "profile_new-application", "Refusé", "Non.", "", {"name": "Bureau"}, {"current": "Mot de passe faux."}
    )
    tab.cookie += f"; {FLASH_COOKIE}={flash_cookie(left)}"
    await tab.connect("/profil")
    shown = tab.shown["Factors"]
    assert shown["application"]["errors"] == {"current": "Mot de passe faux."}
    assert shown["application"]["typed"] == {"name": "Bureau"}
    assert (shown["passkey"]["errors"], shown["error"]) == ({}, "")
