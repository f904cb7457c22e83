"""A tab and its owner: what one person saw is forgotten before another one is there (SES-04, COM-02).

Seen to fail: with a `TabOwner` that hands nothing over, the next person is sent the screens of the last.
"""

import pytest

from models.identity.access.cookies import SESSION_COOKIE, Flash, flash_cookie, session_cookie
from models.identity.access.sessions import sign_out
from models.identity.accounts.tokens import Audience, sign
from tests.state.pipeline import Json, Tab
from tests.state.world import DOSSIERS, World, leaks, rows
from tests.support.accounts import NOW

ENDED = "Votre session est terminée. Reconnectez-vous pour reprendre votre suivi."


def whole(tab: Tab) -> list[str]:
    """Which dossiers stand in what the tab was told."""
    return [name for name, one in DOSSIERS.items() if leaks(tab.said, one)]


@pytest.mark.parametrize(
    "event", ["FollowUp.load", "FollowUp.show_newcomers", "FollowUp.narrow", "FollowUp.search"]
)
async def test_ses_04_the_next_event_of_a_revoked_session_clears_the_list(world: World, event: str) -> None:
    """SES-04: an open tab does not outlive its session, and says so."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    assert len(rows(tab)) == 2
    await world.revoke("importateur")
    payloads: dict[str, Json] = {
        "FollowUp.narrow": {"name": "post", "value": ""},
        "FollowUp.search": {"form": {}},
    }
    tab.said.clear()
    await tab.send(event, payloads.get(event))
    assert rows(tab) == []
    assert tab.shown["FollowUp"]["chips"] == []
    assert tab.shown["FollowUp"]["refusal"] == ENDED
    assert tab.redirects == ["/connexion?next=/suivi"]
    assert whole(tab) == []


async def test_ses_04_the_next_person_in_the_same_tab_gets_nothing_of_the_last(world: World) -> None:
    """SES-04: the tab keeps its token; what it showed does not pass from one to the other."""
    tab = await world.tab("importateur")
    await tab.connect(f"/suivi/{DOSSIERS['A_HAVRE'].reference}")
    await tab.go("/suivi")
    await tab.go("/profil")
    other = await world.session("concurrent")
    tab.cookie = f"{SESSION_COOKIE}={session_cookie(other)}"
    tab.said.clear()
    await tab.connect("/aide")
    assert whole(tab) == []
    assert "importateur@" not in "\n".join(tab.said)
    await tab.connect("/suivi")
    assert whole(tab) == ["C_HAVRE", "C_ROISSY"]


async def test_ses_04_signed_out_the_tab_starts_from_nothing(world: World) -> None:
    """SES-04: even on a page that anybody may open, the state sent again holds nothing."""
    session_id = await world.session("importateur")
    tab = world.pipeline.tab(session_id)
    await tab.connect("/suivi")
    await sign_out(session_id)
    for cookie in (tab.cookie, ""):
        tab.cookie = cookie
        tab.said.clear()
        await tab.connect("/")
        assert whole(tab) == []
        assert tab.shown["Session"]["me"]["signed_in"] is False
        assert tab.shown["Session"]["me"]["name"] == ""


async def test_com_06_the_cookie_never_travels_back(world: World) -> None:
    """COM-06: HttpOnly means that no script reads it, not through the page's state either."""
    session_id = await world.session("importateur")
    tab = world.pipeline.tab(session_id)
    await tab.connect("/suivi")
    await tab.go("/profil")
    assert tab.raw
    sent = "\n".join(tab.raw)
    assert tab.cookie.partition("=")[2] not in sent
    assert session_id not in sent


@pytest.mark.parametrize("forged", ["x", "a.b.c", "", session_cookie.__name__])
async def test_com_01_a_forged_cookie_is_nobody(world: World, forged: str) -> None:
    """COM-01: only a cookie that we signed names a session."""
    tab = world.pipeline.tab(cookie=f"{SESSION_COOKIE}={forged}")
    await tab.connect("/suivi")
    assert rows(tab) == []
    assert tab.redirects == ["/connexion?next=/suivi"]


async def test_com_01_a_token_for_another_purpose_is_nobody(world: World) -> None:
    """COM-01: a partner's token, or one that is out of date, opens no screen."""
    session_id = await world.session("importateur")
    flash = flash_cookie(Flash("wrong", "t", "s", session_id))
    partner = sign(Audience.PARTNER, NOW - NOW.replace(hour=0), jti=session_id)
    for value in (flash, partner, session_id):
        tab = world.pipeline.tab(cookie=f"{SESSION_COOKIE}={value}")
        await tab.connect("/suivi")
        assert rows(tab) == []


async def test_com_02_why_the_last_sign_in_failed(world: World) -> None:
    """COM-02: read from the signed cookie, with the address that was typed; never from the address bar."""
    flash = Flash("wrong", "Adresse ou mot de passe inconnu", "Vérifiez.", "lise@kerdrel.example")
    tab = world.pipeline.tab(cookie=f"passavant_flash={flash_cookie(flash)}")
    await tab.connect("/connexion?next=/profil&notice_title=Faux")
    shown = tab.shown["Session"]
    assert (shown["notice_kind"], shown["notice_title"]) == ("wrong", "Adresse ou mot de passe inconnu")
    assert (shown["sign_in"]["typed"], shown["next_path"]) == ({"email": "lise@kerdrel.example"}, "/profil")


async def test_com_04_the_profile_shows_one_s_own_account_only(world: World) -> None:
    """COM-04: what is recorded of the holder, and nothing of another one."""
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    assert tab.shown["Profile"]["email"] == "importateur@demo.passavant.fr"
    assert "concurrent@" not in "\n".join(tab.said)
    await world.revoke("importateur")
    await tab.send("Profile.load")
    assert (tab.shown["Profile"]["email"], tab.shown["Profile"]["facts"]) == ("", [])
    assert tab.redirects == ["/connexion?next=/profil"]
