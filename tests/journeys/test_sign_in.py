"""Signing in and out as a person does (COM-02, COM-04, COM-06)."""

from playwright.async_api import Page, expect

from tests.support.browsing import sign_in
from tests.support.served import ServedApp


async def test_a_wrong_password_keeps_the_address_and_the_fifth_locks(
    page: Page, served_app: ServedApp
) -> None:
    """COM-02: the 4th failure warns that the next one locks, the 5th locks."""
    del served_app
    seen = []
    for _ in range(5):
        await sign_in_wrong(page, "assistant@demo.passavant.fr")
        await expect(page.get_by_role("alert")).not_to_be_empty()
        seen.append(await page.get_by_role("alert").inner_text())
        assert await page.input_value("input[name=email]") == "assistant@demo.passavant.fr"
    assert "verrouill" not in seen[2]
    assert "verrouill" in seen[3], "the fourth failure warns"
    assert "30" in seen[4], "the fifth locks for 30 minutes"


async def sign_in_wrong(page: Page, email: str) -> None:
    """Try a password that is not the right one."""
    await page.goto("/connexion")
    await page.fill("input[name=email]", email)
    await page.fill("input[name=password]", "pas-le-bon")
    await page.get_by_role("button", name="Se connecter").click()
    await page.wait_for_load_state()


async def test_only_technical_cookies_and_none_that_a_script_reads(page: Page) -> None:
    """COM-06: one cookie, the session's; HttpOnly."""
    await sign_in(page, "importateur")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Tableau de bord")
    cookies = await page.context.cookies()
    assert [cookie["name"] for cookie in cookies] == ["passavant_session"]
    assert cookies[0]["httpOnly"]
    assert cookies[0]["sameSite"] == "Lax"


async def test_the_holder_reads_what_is_recorded_of_the_account(page: Page) -> None:
    """COM-04: creation, last sign-in, lock, last change of password, failures."""
    await sign_in(page, "importateur")
    await page.goto("/profil")
    for label in (
        "Compte créé",
        "Dernière connexion",
        "Mot de passe changé",
        "Verrouillage",
        "Essais manqués",
    ):
        await expect(page.get_by_text(label).first).to_be_visible()


async def test_a_page_that_needs_a_session_leads_there_and_back(page: Page) -> None:
    """SES-04: signed out, the follow-up shows nothing and leads to the sign-in page, then back."""
    await page.goto("/suivi/CHEDPP.FR.2026.0000001")
    await page.wait_for_url("**/connexion?next=**")
    await page.fill("input[name=email]", "concurrent@demo.passavant.fr")
    await page.fill("input[name=password]", "Passavant-2026!")
    await page.get_by_role("button", name="Se connecter").click()
    await page.wait_for_url("**/suivi/CHEDPP.FR.2026.0000001")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Envoi introuvable")


async def test_signed_out_in_one_tab_the_others_say_so(page: Page) -> None:
    """COM-02, SES-04: at once, with the way back to where one was; nothing says that it is live."""
    await sign_in(page, "importateur")
    await page.goto("/suivi?periode=tout")
    await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    other = await page.context.new_page()
    await other.goto("/profil")
    await other.locator(".user-btn").click()
    await other.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Votre session est terminée")
    await expect(page.locator(".live")).to_have_text("Déconnecté")
    await page.get_by_role("link", name="Se reconnecter et revenir à cette page").click()
    await page.wait_for_url("**/connexion?next=%2Fsuivi%3Fperiode%3Dtout")


async def test_a_representative_changes_company(page: Page) -> None:
    """PPR-03, SES-04: a customs representative chooses for whom to work; the page names it."""
    await sign_in(page, "transitaire")
    switch = page.locator("button.switcher")
    await expect(switch).to_be_visible()
    await switch.click()
    await page.get_by_role("dialog").get_by_role("button", name="Kerdrel Primeurs").click()
    await expect(page.locator("button.switcher")).to_contain_text("Kerdrel Primeurs")
