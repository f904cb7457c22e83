"""The dashboard as a person meets it: rights that come and go under the eyes, tabs, files (PPR-09, PPR-20 to PPR-31)."""

import pytest
from playwright.async_api import Page, expect

from tests.journeys.dashboard_scene import CUSTOMS, NEW, TAX, play
from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe, sign_in
from tests.support.served import ServedApp

HOME = "/tableau-de-bord"


@pytest.fixture(scope="module", autouse=True)
def _figures(served_app: ServedApp) -> None:
    play(served_app, "fill")


async def opened(page: Page) -> Page:
    """The importer's dashboard, just after sign-in."""
    await sign_in(page, "importateur")
    await page.wait_for_url(f"**{HOME}")
    await expect(page.get_by_role("row").filter(has_text=TAX)).to_be_visible()
    await page.evaluate("window.notReloaded = true")
    return page


async def test_a_right_withdrawn_leaves_the_screen_without_a_reload(
    page: Page, served_app: ServedApp
) -> None:
    """PPR-09, PPR-20, PPR-22, PPR-30: share, lines, buttons and file leave; the rest stays; given back, they return."""
    await opened(page)
    chart, line = page.locator("#synthese"), page.get_by_role("row").filter(has_text=CUSTOMS)
    export = f"{HOME}/paiements.csv?onglet=en-cours"
    await expect(chart.get_by_role("rowheader", name="Douane")).to_be_visible()
    await expect(line.get_by_role("link", name="Carte")).to_have_attribute("target", "_blank")
    assert CUSTOMS in await (await page.request.get(export)).text()
    try:
        play(served_app, "withdrawn")
        await expect(line).to_have_count(0)
        await expect(chart.get_by_role("rowheader", name="Douane")).to_have_count(0)
        await expect(chart.get_by_role("rowheader", name="Impôts")).to_be_visible()
        await expect(page.locator("#non-affiche")).to_contain_text("Créances et paiements de la douane")
        assert CUSTOMS not in await (await page.request.get(export)).text()
    finally:
        play(served_app, "given")
    await expect(line.get_by_role("link", name="SEPA")).to_be_visible()
    assert CUSTOMS in await (await page.request.get(export)).text()
    assert await page.evaluate("window.notReloaded"), "the page was reloaded"


async def test_new_figures_do_not_move_the_lines(page: Page, served_app: ServedApp) -> None:
    """PPR-22: what came is announced; the first line is the same until it is asked for."""
    await opened(page)
    first = page.locator("#paiements").get_by_role("row").nth(1)
    before = await first.inner_text()
    play(served_app, "told")
    offer = page.get_by_role("button", name="De nouvelles créances sont arrivées : afficher")
    await expect(offer).to_be_visible()
    assert await first.inner_text() == before
    await offer.click()
    await expect(page.get_by_role("row").filter(has_text=NEW)).to_be_visible()


async def test_tabs_by_keyboard_and_the_history(page: Page) -> None:
    """PPR-22, COM-32: one stop, arrows between; search by nature, then another page."""
    await opened(page)
    tab = page.get_by_role("tab", name="En cours").first
    await tab.focus()
    await page.keyboard.press("ArrowRight")
    history = page.get_by_role("tab", name="Historique")
    await expect(history).to_have_attribute("aria-selected", "true")
    await expect(history).to_be_focused()
    panel = page.get_by_role("tabpanel", name="Historique")
    await expect(panel.get_by_role("row")).to_have_count(26)
    await page.get_by_role("button", name="Suivants").click()
    await expect(page.get_by_role("button", name="Précédents")).to_be_visible()
    await panel.get_by_label("Référence ou nature").fill("tva")
    await page.keyboard.press("Enter")
    await expect(panel.get_by_role("row").filter(has_text="PMT-JOURNEY")).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Excel").click()
    assert (await download.value).suggested_filename.endswith(".xlsx")
    await page.get_by_role("link", name="Payer : TVA, octobre 2026").first.click()
    await expect(page.get_by_role("row").filter(has_text=TAX)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
async def test_axe_on_every_block(open_page: OpenPage, device: str, theme: str) -> None:
    """COM-32: with figures, both tabs, and the chart as a table."""
    page = await open_page({"phone": PHONE, "desktop": DESKTOP}[device], color_scheme=theme)
    await opened(page)
    assert await axe(page) == []
    await page.get_by_role("tab", name="Historique").click()
    await expect(page.get_by_role("tabpanel", name="Historique").get_by_role("row").nth(2)).to_be_visible()
    await page.get_by_label("Voir les montants en tableau").check()
    assert await axe(page) == []
    width = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
