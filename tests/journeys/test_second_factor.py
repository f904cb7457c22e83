"""A passkey as its holder lives it, with Chromium's own virtual authenticator: added, asked for, used (COM-02)."""

from playwright.async_api import Page, expect

from tests.journeys.test_accounts import CHOSEN, member
from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe
from tests.support.served import ServedApp


async def authenticator(page: Page) -> None:
    """The device has one that confirms by itself."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


async def fits(page: Page) -> None:
    """Without anything wider than the screen, and readable by everybody, on a desktop and on a phone."""
    for device in (DESKTOP, PHONE):
        await page.set_viewport_size(device["viewport"])
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= device["viewport"]["width"]
    assert await axe(page) == []


async def test_a_passkey_is_added_then_asked_for(open_page: OpenPage, served_app: ServedApp) -> None:
    """COM-02, SES-50: from /profil to the next sign-in."""
    page = await open_page(DESKTOP)
    email = await member(page, served_app)
    await authenticator(page)
    await page.goto("/profil")
    await page.get_by_text("Ajouter une clé d’accès").first.click()
    form = page.locator("form[action='/profil/second-facteur/cle']")
    await form.locator("input[name=name]").fill("Téléphone du quai")
    await form.locator("input[name=current]").fill(CHOSEN)
    await form.get_by_role("button", name="Ajouter une clé d’accès").click()
    await expect(page.get_by_role("button", name="Créer la clé d’accès")).to_be_visible()
    await fits(page)
    await page.get_by_role("button", name="Créer la clé d’accès").click()
    await expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    await fits(page)
    await page.get_by_role("link", name="C’est fait, revenir au profil").click()
    added = page.get_by_role("listitem").filter(has_text="Téléphone du quai (clé d’accès)")
    await expect(added).to_have_count(1)
    await page.get_by_role("button", name="Se déconnecter").last.click()
    await page.wait_for_url("**/")
    await page.goto("/connexion?next=%2Fnotifications")
    await page.fill("input[name=email]", email)
    await page.fill("input[name=password]", CHOSEN)
    await page.get_by_role("button", name="Se connecter").click()
    await page.wait_for_url("**/connexion/verification?next=%2Fnotifications")
    use = page.get_by_role("button", name="Utiliser ma clé d’accès")
    await expect(use).to_be_visible()
    await fits(page)
    await use.click()
    await page.wait_for_url("**/notifications")
