"""An inspector's day at the gate and on the plan, in a real browser (SES-13, SES-11)."""

from io import BytesIO

import pytest
from playwright.async_api import Locator, Page, expect
from pypdf import PdfReader

from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe, sign_in
from tests.support.plan_scene import Scene, scene, told_at
from tests.support.served import ServedApp


async def on_plan(page: Page, made: Scene, query: str = "") -> None:
    """Sign the scene's officer in, and open the plan."""
    await sign_in(page, made.officer)
    await page.goto(f"/agent/planning{query}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Planning")
    await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()


def block(page: Page, reference: str) -> Locator:
    """The block of that appointment in the bays."""
    return page.locator(f'[data-rdv="{reference}"]')


async def fits(page: Page) -> None:
    """Nothing against axe, nothing wider than the screen."""
    assert await axe(page) == []
    wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


async def test_ses_13_from_the_gate_to_the_end_at_a_desk(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-13: the reference is typed, a scanner would; started, done; a second officer's plan follows live."""
    made = scene(served_app, "PGA", "13:45", "15:00", "15:00", "16:30")
    ref = made.appointments["13:45"]
    page, other = await open_page(DESKTOP), await open_page(DESKTOP)
    await on_plan(other, made)
    await expect(block(other, ref)).to_contain_text("Confirmé")
    await other.evaluate("window.notReloaded = true")
    await on_plan(page, made)
    await fits(page)

    await page.keyboard.press("/")
    field = page.get_by_label("Référence ou QR code")
    await expect(field).to_be_focused()
    await page.keyboard.type(f"{ref[:3].lower()} {ref[4:].lower()}\n")
    gate = page.locator(".gate-said")
    await expect(gate).to_contain_text("Arrivée enregistrée")
    await expect(gate).to_contain_text("Code 4512")
    await expect(field).to_have_value("")
    await expect(field).to_be_focused()
    await fits(page)
    await expect(block(other, ref)).to_contain_text("Arrivé")

    await block(page, ref).get_by_role("button").press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", level=2)).to_have_text("Avocats du Pérou")
    await fits(page)
    await dialog.get_by_role("button", name="Commencer le contrôle").press("Enter")
    await expect(dialog.get_by_text("Contrôle commencé.")).to_be_visible()
    await expect(block(other, ref)).to_contain_text("En cours")
    await dialog.get_by_role("button", name="Clore, contrôle fait").click()
    await expect(dialog.get_by_role("heading", name="Le contrôle est fait")).to_be_focused()
    await dialog.get_by_role("button", name="Clore, honoré").click()
    await expect(dialog.get_by_text("Rendez-vous honoré.")).to_be_visible()
    await expect(
        dialog.get_by_role("listitem").filter(has_text="Contrôle effectué, par le poste")
    ).to_be_visible()
    await expect(block(other, ref)).to_contain_text("Honoré")
    assert await other.evaluate("window.notReloaded")
    await page.keyboard.press("Escape")
    await expect(block(page, ref).get_by_role("button")).to_be_focused()

    paper = await page.request.get(f"/rendez-vous/{ref}/attestation.pdf")
    assert (await paper.body()).startswith(b"%PDF")
    printed = PdfReader(BytesIO(await page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert printed.pages[0].mediabox.width > printed.pages[0].mediabox.height
    words = printed.pages[0].extract_text()
    assert "Quai 3 sec" in words
    assert "Référence ou QR code" not in words


async def test_ses_13_on_a_phone_nobody_came_and_a_request_is_refused(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-13, SES-11: from the list by the clock; a reason is asked for, and what was typed stays."""
    made = scene(served_app, "PGB", "10:00", "13:00", "17:00", confirms=False)
    page = await open_page(PHONE)
    await on_plan(page, made)
    await fits(page)
    late = page.get_by_role("list", name="Ce matin, encore ouverts")
    await late.get_by_role("button").tap()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Non présenté").tap()
    await expect(dialog.get_by_text("cela ne se défait pas")).to_be_visible()
    await fits(page)
    await dialog.get_by_role("button", name="Enregistrer l’absence").tap()
    await expect(dialog.get_by_text("Absence enregistrée.")).to_be_visible()
    await dialog.get_by_role("button", name="Fermer").tap()
    await expect(page.get_by_text("1\u00a0non présenté").first).to_be_visible()

    listed = page.get_by_role("list", name="Rendez-vous, par heure")
    await listed.get_by_role("button").filter(has_text="17\u00a0h\u00a000").filter(has_text="Répondre").tap()
    await dialog.get_by_role("button", name="Refuser").tap()
    await dialog.get_by_label("Précisions").fill("Deux absents")
    await dialog.get_by_role("button", name="Refuser").tap()
    await expect(dialog.get_by_label("Motif", exact=True)).to_be_focused()
    await expect(dialog.get_by_label("Motif", exact=True)).to_have_accessible_description(
        "Choisissez un motif\u00a0: l’opérateur doit le savoir."
    )
    await expect(dialog.get_by_label("Précisions")).to_have_value("Deux absents")
    await fits(page)
    await dialog.get_by_label("Motif").select_option("no_inspector")
    await dialog.get_by_role("button", name="Refuser").tap()
    await expect(dialog.get_by_text("Pas d’inspecteur disponible. Deux absents")).to_be_visible()
    await expect(dialog.get_by_text("Refusé", exact=True)).to_be_visible()


async def test_ses_11_an_appointment_is_moved_with_the_keyboard(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-11: a step later, then to another bay, without a pointer; the other officer sees it there."""
    made = scene(served_app, "PGC", "15:00", "18:00")
    ref = made.appointments["15:00"]
    page, other = await open_page(DESKTOP), await open_page(DESKTOP)
    await on_plan(page, made)
    await on_plan(other, made)
    await block(page, ref).get_by_role("button").focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="15\u00a0min plus tard").press("Enter")
    await expect(dialog.get_by_text(told_at("15:15"))).to_be_visible()
    await expect(block(other, ref)).to_contain_text("15\u00a0h\u00a015")
    await dialog.get_by_role("button", name="Autre heure ou quai").press("Enter")
    await expect(dialog.get_by_label("Heure")).to_be_visible()
    await fits(page)
    await dialog.get_by_label("Heure").focus()
    await page.keyboard.type("16")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Quai 3")
    await dialog.get_by_role("button", name="Déplacer", exact=True).press("Enter")
    await expect(dialog.get_by_text(told_at("16:00"))).to_be_visible()
    third = other.locator(".ap-bay").filter(has=other.get_by_role("heading", name="Quai 3 sec"))
    await expect(third.locator(f'[data-rdv="{ref}"]')).to_contain_text("16\u00a0h\u00a000")


async def test_ses_11_a_block_is_dragged_and_the_panel_asks(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-11: dropped two hours later in the next bay; nothing is told before it is confirmed."""
    made = scene(served_app, "PGD", "15:00")
    ref = made.appointments["15:00"]
    page = await open_page({"viewport": {"width": 1280, "height": 1400}})
    await sign_in(page, made.officer)
    # The script comes with the page, without a reload.
    await page.get_by_role("link", name="Planning").click()
    await expect(block(page, ref)).to_be_visible()
    start = await block(page, ref).bounding_box()
    bay = await page.locator(".ap-bay-in").nth(1).bounding_box()
    assert start is not None
    assert bay is not None
    await page.mouse.move(start["x"] + 20, start["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(bay["x"] + 40, start["y"] + 100, steps=4)
    await page.mouse.move(bay["x"] + 40, start["y"] + 10 + 8 * 20, steps=4)
    await page.mouse.up()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Heure").locator("option:checked")).to_contain_text("17\u00a0h\u00a000")
    await expect(dialog.get_by_label("Quai").locator("option:checked")).to_have_text("Quai 2 froid")
    await expect(block(page, ref)).to_contain_text("15\u00a0h\u00a000")
    await dialog.get_by_role("button", name="Déplacer", exact=True).click()
    await expect(block(page, ref)).to_contain_text("17\u00a0h\u00a000")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_com_32_the_day_and_the_week(
    open_page: OpenPage, served_app: ServedApp, device: dict[str, object], theme: str
) -> None:
    """COM-32, SES-13: a whole day, its week and a panel, in both themes; the ways around work."""
    name = f"P{'D' if device is DESKTOP else 'P'}{theme[0].upper()}"
    made = scene(served_app, name, "09:00", "13:00", "14:00", "15:00", "15:30", "16:30")
    page = await open_page(device, color_scheme=theme)
    await on_plan(page, made)
    await fits(page)
    await page.get_by_role("link", name="Semaine").click()
    await expect(page.get_by_role("heading", level=2, name="Semaine du")).to_be_visible()
    await fits(page)
    await page.get_by_role("link", name="Jour", exact=True).click()
    await expect(page.get_by_role("heading", name="Plan du jour")).to_be_visible()
    await page.get_by_role("link", name="Après").click()
    await expect(page.get_by_text("Aucun rendez-vous")).to_be_visible()
    await page.get_by_role("link", name="Aujourd’hui").click()
    await expect(page.get_by_text("6\u00a0rendez-vous")).to_be_visible()
