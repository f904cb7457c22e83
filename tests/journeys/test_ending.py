"""Where the focus goes once something was done, what a tab is called, and where back leads, in a browser (COM-32).

What the server tells is tests/state/kit/test_ending.py and test_trail.py. Seen to fail: a script that leaves the focus
on the body.
"""

import re

from playwright.async_api import expect

from tests.journeys import consignment
from tests.support.browsing import DESKTOP, OpenPage, sign_in
from tests.support.served import ServedApp


async def test_the_focus_goes_to_what_answers(open_page: OpenPage) -> None:
    """To the first field to correct; to the word of what was done, when what was pressed is gone."""
    page = await open_page(DESKTOP)
    await page.goto("/simulateur")
    await page.get_by_role("button", name="Estimer").click()
    await expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    await sign_in(page, "correspondante")
    await page.goto("/entreprise")
    await page.fill("input[name=email]", "nouvelle@example.org")
    await page.get_by_role("button", name="Envoyer l’invitation").click()
    cancel = page.get_by_role("button", name="Annuler l’invitation").first
    await cancel.click()
    await expect(page.locator(".toast")).to_contain_text("annulée")
    await expect(page.locator(".toast")).to_be_focused()


async def test_a_tab_is_called_after_what_it_shows(open_page: OpenPage, served_app: ServedApp) -> None:
    """The thing and the company; and back leads to the list as it was left, with the focus on its heading."""
    reference = consignment.notify(served_app, consignment.new_ched())
    page = await open_page(DESKTOP)
    await sign_in(page, "importateur")
    await page.goto(f"/suivi?q={reference}")
    await page.locator(f'a[href="/suivi/{reference}"]').first.click()
    await expect(page).to_have_title(f"Envoi {reference} · Kerdrel Primeurs · Passavant")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    back = page.get_by_role("link", name="Suivi en direct").last
    await expect(back).to_have_attribute("href", f"/suivi?q={reference}")  # told after the page shows itself
    await back.click()
    await expect(page).to_have_url(re.compile(rf"/suivi\?q={re.escape(reference)}$"))
    await expect(page).to_have_title("Suivi en direct · Kerdrel Primeurs · Passavant")
