"""An account at the customs site in one click (PPR-06), against the provider's SCIM service."""

import logging
import re
from html import unescape

import pytest
from httpx import AsyncClient, Response
from sqlmodel import select

from app.oidc.scim import draw_password
from models.identity.access.cookies import LINK_DONE, LINK_REFUSED
from models.identity.accounts.rules import unmet_password_rules
from models.identity.habilitations.tables import CoOwnerLink
from models.journal.tables import JournalEntry
from models.kernel.settings.portal import settings
from tests.app.http.links import flash_of, linked, links_of, provided, start, visitor
from tests.app.http.portal import portal, signed_in
from tests.support.accounts import A, account_row, cheap_passwords, grant, journal, make_account
from tests.support.co_owners import Visitor
from tests.support.databases import reading
from tests.support.served import free_port

__all__ = ["cheap_passwords", "portal", "provided", "visitor"]

NEW = "Encore-un-autre-2026!"


async def newcomer(who: str) -> dict[str, str]:
    """The cookie of somebody whom customs does not know yet: one for each test, since customs remembers."""
    await make_account(f"{who}@demo.passavant.fr")
    return await signed_in(who)


def _password(answer: Response) -> str:
    found = re.search(r"id='mot-de-passe'>([^<]+)<", answer.text)
    assert found is not None, answer.text
    return unescape(found[1])


async def _change(portal: AsyncClient, cookie: dict[str, str], password: str) -> Response:
    form = {"password": password}
    return await portal.post("/rattachement/DGDDI/mot-de-passe", data=form, headers=cookie)


async def test_one_click_opens_links_and_shows_the_password_once(
    provided: AsyncClient, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    """PPR-06, COM-01: it opens the customs site; it is kept nowhere here: no row, cookie, entry or log."""
    cookie = await newcomer("anne")
    away = await start(provided, cookie)
    with caplog.at_level(logging.DEBUG):
        answer = await provided.post("/rattachement/DGDDI/creer", headers=cookie)
    password = _password(answer)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert unmet_password_rules(password) == []
    assert password not in caplog.text
    async with reading() as db:
        kept = [*db.exec(select(CoOwnerLink)), *db.exec(select(JournalEntry))]
    assert password not in repr(kept)
    assert set(await links_of("anne")) == {"DGDDI"}
    assert "code=" in await visitor.sign_in(away, "anne@demo.passavant.fr", password)
    again = await provided.post("/rattachement/DGDDI/creer", headers=cookie)
    assert flash_of(again).kind == LINK_REFUSED


async def test_the_password_changes_from_either_side(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-06: from here, then there; each time the one before is worth nothing."""
    cookie = await newcomer("benoit")
    away = await start(provided, cookie)
    first = _password(await provided.post("/rattachement/DGDDI/creer", headers=cookie))
    assert flash_of(await _change(provided, cookie, "court")).title == "Mot de passe trop faible"
    assert flash_of(await _change(provided, cookie, NEW)).kind == LINK_DONE
    assert await visitor.sign_in(away, "benoit@demo.passavant.fr", first) == ""
    assert "code=" in await visitor.sign_in(away, "benoit@demo.passavant.fr", NEW)
    there = settings().dgddi.site_url
    third = draw_password()
    await visitor.client.post(f"{there}mot-de-passe", data={"mot-de-passe": third})
    await visitor.client.post(f"{there}deconnexion")
    assert await visitor.sign_in(away, "benoit@demo.passavant.fr", NEW) == ""
    assert "code=" in await visitor.sign_in(away, "benoit@demo.passavant.fr", third)


async def test_the_password_of_an_account_that_was_there_before_is_not_ours(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-07: who got hold of a session here does not get the account there."""
    cookie, _ = await linked(provided, visitor, "importateur")
    assert flash_of(await _change(provided, cookie, NEW)).title == "Mot de passe inchangé"
    unlinked = await signed_in("comptable")
    assert flash_of(await _change(provided, unlinked, NEW)).title == "Mot de passe inchangé"


async def test_an_address_that_customs_knows_is_linked_rather_than_opened_twice(
    provided: AsyncClient,
) -> None:
    """PPR-06"""
    cookie = await newcomer("claire")
    await provided.post("/rattachement/DGDDI/creer", headers=cookie)
    await provided.post("/rattachement/DGDDI/rompre", headers=cookie)
    answer = await provided.post("/rattachement/DGDDI/creer", headers=cookie)
    assert "déjà un compte" in flash_of(answer).sentence
    assert await links_of("claire") == {}


async def test_an_account_that_is_new_there_takes_no_right_away_here(provided: AsyncClient) -> None:
    """PPR-05, PPR-06: customs said nothing of habilitations."""
    cookie = await newcomer("fabien")
    account = await account_row("fabien@demo.passavant.fr")
    await grant(account.id or 0, A)
    assert _password(await provided.post("/rattachement/DGDDI/creer", headers=cookie))
    assert await journal("habilitation.withdrawn") == []


async def test_customs_away_opens_nothing(provided: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """PPR-06"""
    monkeypatch.setenv("PASSAVANT_DGDDI_SCIM_URL", f"http://127.0.0.1:{free_port()}/scim")
    settings.cache_clear()
    answer = await provided.post("/rattachement/DGDDI/creer", headers=await newcomer("denis"))
    assert flash_of(answer).title == "Service momentanément indisponible"


async def test_without_the_secret_customs_opens_nothing(
    provided: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PPR-06: the provider's own door."""
    monkeypatch.setenv("PASSAVANT_DGDDI_SCIM_SECRET", "another secret")
    settings.cache_clear()
    answer = await provided.post("/rattachement/DGDDI/creer", headers=await newcomer("elise"))
    assert flash_of(answer).kind == LINK_REFUSED
    assert await links_of("elise") == {}


def test_passwords_are_drawn_strong_and_never_twice() -> None:
    """COM-01, PPR-06"""
    drawn = [draw_password() for _ in range(500)]
    assert len(set(drawn)) == len(drawn)
    assert [one for one in drawn if unmet_password_rules(one)] == []
