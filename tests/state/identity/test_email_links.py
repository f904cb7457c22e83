"""The pages of links, through the real pipeline: what they show, and that opening them changes nothing (COM-05)."""

import pytest

from models.identity.access.cookies import FLASH_COOKIE, NEW_PASSWORD, Flash, flash_cookie
from models.identity.access.credentials import DEAD_LINK, ask_password_link, set_password
from models.identity.accounts.tables import EmailLink
from models.kernel import clock
from tests.app.http.portal import count_of
from tests.state.world import World
from tests.support.accounts import cheap_passwords
from tests.support.letters import link_to, token_to

__all__ = ["cheap_passwords"]

EMAIL = "importateur@demo.passavant.fr"
PAGE = "/mot-de-passe/nouveau"


async def test_com_05_opening_a_link_uses_nothing(world: World) -> None:
    """COM-05: by mail scanners, ten times over; then its owner's form still works, once."""
    await ask_password_link(EMAIL)
    token = await token_to(EMAIL)
    tab = await world.tab(None)
    for _ in range(10):
        await tab.connect(f"{PAGE}?lien={token}")
        assert tab.shown["LinkOpened"]["token"] == token
    assert (await link_to(EMAIL)).used_at is None
    assert "Kerdrel Primeurs" in tab.shown["LinkOpened"]["who"]
    assert await set_password(token, "Quai-3-froid-2026") == EMAIL
    await tab.connect(f"{PAGE}?lien={token}")
    assert (tab.shown["LinkOpened"]["token"], tab.shown["LinkOpened"]["email"]) == ("", "")
    assert tab.shown["LinkOpened"]["problem_title"] == DEAD_LINK.title


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "é\u202e"])
async def test_what_is_no_link_shows_nobody(world: World, token: str) -> None:
    tab = await world.tab(None)
    await tab.connect(f"{PAGE}?lien={token}")
    assert tab.shown["LinkOpened"]["problem_title"] == DEAD_LINK.title
    assert tab.shown["LinkOpened"]["who"] == ""


async def test_com_05_a_link_opens_its_own_page_only(world: World) -> None:
    """COM-05: one that sets a password does not open the page that confirms an address."""
    await ask_password_link(EMAIL)
    tab = await world.tab(None)
    await tab.connect(f"/adresse?lien={await token_to(EMAIL)}")
    assert (tab.shown["LinkOpened"]["token"], tab.shown["LinkOpened"]["who"]) == ("", "")


async def test_a_new_link_is_not_said_to_be_dead_because_the_last_one_was(world: World) -> None:
    await ask_password_link(EMAIL)
    dead = Flash(NEW_PASSWORD, DEAD_LINK.title, DEAD_LINK.sentence, "")
    tab = world.pipeline.tab(cookie=f"{FLASH_COOKIE}={flash_cookie(dead)}")
    await tab.connect(f"{PAGE}?lien={await token_to(EMAIL)}")
    assert tab.shown["LinkOpened"]["token"]
    assert tab.shown["LinkOpened"]["problem_title"] == ""


async def test_asking_tells_nothing_of_accounts(world: World) -> None:
    """COM-02: what the tab is told does not depend on who is known."""
    told = []
    for email in (EMAIL, "nobody@kerdrel.example"):
        with clock.fixed(clock.now()):
            flash = flash_cookie(Flash("link_sent", "", "", email))
            tab = world.pipeline.tab(cookie=f"{FLASH_COOKIE}={flash}")
            await tab.connect("/mot-de-passe")
            told.append({**tab.shown["LinkAsked"], "sent_to": ""})
            assert tab.shown["LinkAsked"]["sent_to"] == email
    assert told[0] == told[1]
    assert await count_of(EmailLink) == 0


async def test_ppr_02_a_siren_is_named_as_one_leaves_its_field(world: World) -> None:
    """PPR-02: the company where it is known, what is wrong where it is not one, and an unknown one is welcome."""
    tab = await world.tab(None)
    await tab.connect("/inscription")
    for typed, company, error in (
        ("912 345 675", "Kerdrel Primeurs", ""),
        ("912345676", "", "Ce SIREN est faux"),
        ("552100554", "Numéro valable", ""),
        ("", "", ""),
    ):
        await tab.send("SignUp.check_siren", {"value": typed})
        assert tab.shown["SignUp"]["company"].startswith(company)
        assert bool(company) == bool(tab.shown["SignUp"]["company"])
        assert tab.shown["SignUp"]["draft"]["errors"].get("siren", "").startswith(error)
