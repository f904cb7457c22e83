"""Linking, passing to a tele-service, unlinking, opening an account: portal, provider and browser (PPR-04 to PPR-08)."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from demo.co_owners.configuration import environment
from demo.co_owners.people import PASSWORDS
from models.kernel.co_owners import CoOwner
from tests.support.browsing import DESKTOP, LIMIT, PHONE, axe, sign_in
from tests.support.co_owners import playing
from tests.support.served import ServedApp, free_port, serving

DEVICES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="module")
def linked_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """A portal whose co-owners are played beside it."""
    told = environment(free_port())
    with (
        serving(tmp_path_factory.mktemp("linked"), workers=1, **told) as served,
        playing(tmp_path_factory.mktemp("co-owners"), served.url, told),
    ):
        yield served


async def opened(browser: Browser, app: ServedApp, device: str, who: str) -> Page:
    """A page of that device, with `who` signed in, on the profile."""
    context = await browser.new_context(base_url=app.url, locale="fr-FR", **DEVICES[device])
    page = await context.new_page()
    page.set_default_timeout(LIMIT)
    await sign_in(page, who)
    await page.goto("/profil")
    await expect(page.get_by_role("heading", name="Vos comptes rattachés")).to_be_visible()
    return page


async def checked(page: Page) -> None:
    """What every page owes: axe, one h1, no overflow."""
    await expect(page.locator("h1")).to_have_count(1)
    assert await axe(page) == [], page.url
    assert await page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url


async def linked(page: Page, who: str) -> None:
    """Sign in at customs and agree, if asked."""
    await page.get_by_role("link", name="Rattacher mon compte de la douane").click()
    await page.get_by_label("Identifiant").fill(who)
    await page.get_by_label("Mot de passe").fill(PASSWORDS[CoOwner.DGDDI])
    await checked(page)
    await page.get_by_role("button", name="Se connecter").click()
    await checked(page)
    await page.get_by_role("button", name="Donner mon accord").click()
    await page.wait_for_url("**/profil")


@pytest.mark.parametrize(("device", "who"), [("phone", "comptable"), ("desktop", "importateur")])
async def test_link_pass_and_unlink(browser: Browser, linked_app: ServedApp, device: str, who: str) -> None:
    """PPR-04, PPR-05, PPR-08, PPR-30: signed in once at customs; then no more, and never with the portal's password."""
    page = await opened(browser, linked_app, device, who)
    await checked(page)
    await linked(page, who)
    await expect(page.get_by_text("Compte rattaché", exact=True)).to_be_visible()
    await expect(page.get_by_text("Rattaché depuis le")).to_be_visible()
    await checked(page)

    await page.goto("/acces/DGDDI/TELEPAIEMENT_SEPA?objet=CRE-1")
    await expect(page.get_by_role("status")).to_contain_text("Vous êtes connecté à Télépaiement SEPA")
    await expect(page.get_by_role("status")).to_contain_text("912\u00a0345\u00a0675")
    await checked(page)
    await page.reload()
    await expect(page.get_by_role("alert")).to_contain_text("a déjà servi")

    await page.goto("/profil")
    await page.get_by_role("button", name="Rompre le rattachement avec la douane").click()
    dialog = page.get_by_role("dialog", name="Rompre le rattachement avec la douane")
    await expect(dialog).to_be_visible()
    assert await axe(page) == []
    await dialog.get_by_role("button", name="Garder").click()
    await expect(dialog).to_be_hidden()
    await page.get_by_role("button", name="Rompre le rattachement avec la douane").click()
    await dialog.get_by_role("button", name="Rompre le rattachement").click()
    await expect(page.get_by_text("Rattachement rompu", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Rattacher mon compte de la douane")).to_be_visible()
    await page.goto("/acces/DGDDI/TELEPAIEMENT_SEPA")
    await expect(page.get_by_text("Téléservice non ouvert")).to_be_visible()
    await page.context.close()


async def test_one_click_opens_a_customs_account(browser: Browser, linked_app: ServedApp) -> None:
    """PPR-06: the password is shown once and can be copied; another tab's profile follows at once."""
    page = await opened(browser, linked_app, "desktop", "assistant")
    other = await page.context.new_page()
    await other.goto("/profil")
    await expect(other.get_by_role("button", name="Créer mon compte douane")).to_be_visible()
    await page.get_by_role("button", name="Créer mon compte douane").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Votre compte douane est créé et rattaché"
    )
    await checked(page)
    drawn = await page.locator("#mot-de-passe").inner_text()
    assert len(drawn) == 20
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=linked_app.url)
    await page.get_by_role("button", name="Copier le mot de passe").click()
    await expect(page.locator("[data-done]")).to_have_count(1)
    assert await page.evaluate("navigator.clipboard.readText()") == drawn
    await expect(other.get_by_text("Rattaché depuis le")).to_be_visible()
    await page.get_by_role("link", name="revenir à mon profil").click()
    await page.get_by_text("Changer le mot de passe du compte douane").click()
    await page.get_by_label("Nouveau mot de passe du compte douane").fill("Encore-un-autre-2026!")
    await checked(page)
    await page.get_by_role("button", name="Changer le mot de passe").click()
    await expect(page.get_by_text("Mot de passe du compte douane changé")).to_be_visible()
    assert drawn not in await page.content()
    assert drawn not in linked_app.log.read_text()
    await page.context.close()
