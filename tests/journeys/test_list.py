"""The list as people use it: search, filters in the address, files to download (SES-01, SES-40)."""

import zipfile

from playwright.async_api import Page, expect

from demo.writers.contents import write_ched
from tests.journeys import consignment
from tests.support.browsing import sign_in
from tests.support.served import ServedApp


async def test_what_is_typed_finds_a_consignment_and_the_address_can_be_shared(
    page: Page, served_app: ServedApp
) -> None:
    """SES-01: a CHED or a container is found by its end; the filters stand in the address."""
    reference = consignment.notify(served_app, consignment.new_ched())
    await sign_in(page, "importateur")
    await page.goto("/suivi")
    await page.locator("#recherche").press_sequentially(reference[-7:])
    await page.wait_for_url(f"**/suivi?q={reference[-7:]}")  # as one types, without Enter
    await expect(page.get_by_role("row").filter(has_text=reference)).to_be_visible()
    await expect(
        page.get_by_role("status").get_by_text(f"1 envoi pour « {reference[-7:]} »")
    ).to_be_attached()
    assert await page.evaluate("document.activeElement.id") == "recherche"
    await page.go_back()
    await expect(page.locator("#recherche")).to_have_value("")
    await page.go_forward()
    await expect(page.locator("#recherche")).to_have_value(reference[-7:])
    await page.get_by_label("Poste").select_option(label="Dunkerque")
    await page.wait_for_url("**poste=FRDKK1**")
    await expect(page.get_by_text("Aucun envoi ne correspond")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("row").filter(has_text=reference)).to_be_visible()
    await page.reload()
    assert await page.locator("#recherche").input_value() == reference[-7:]


async def test_documents_are_downloaded_one_by_one_and_together(page: Page, served_app: ServedApp) -> None:
    """SES-40: the messages received are the documents, byte for byte."""
    ched = consignment.new_ched()
    reference = consignment.notify(served_app, ched)
    await sign_in(page, "importateur")
    await page.goto(f"/suivi/{reference}")
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Télécharger DSCE, nouveau").click()
    single = await (await started.value).path()
    assert single.read_bytes() == write_ched(ched)
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Tout télécharger").click()
    archive = await (await started.value).path()
    with zipfile.ZipFile(archive) as zipped:
        assert [zipped.read(name) for name in zipped.namelist()] == [write_ched(ched)]


async def test_the_keyboard_is_enough(page: Page, served_app: ServedApp) -> None:
    """COM-32: skip link first, « / » to search, Enter to open."""
    reference = consignment.notify(served_app, consignment.new_ched())
    await sign_in(page, "importateur")
    await page.goto(f"/suivi?q={reference[-7:]}")
    await expect(page.get_by_role("row").filter(has_text=reference)).to_be_visible()
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.type") == "search"
    await page.get_by_role("link", name="Avocats du Pérou").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/suivi/{reference}")
