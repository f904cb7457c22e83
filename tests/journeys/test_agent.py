"""The officers' list and alerts, in a browser: live, by keyboard, twenty lines at once (SES-05, SES-20, SES-21)."""

from dataclasses import replace
from datetime import timedelta

from playwright.async_api import expect

from demo.writers.contents import write_event
from models.border.passage.content import StepEvent
from models.border.passage.vocabulary import ChedType, StepKind, StepStatus
from models.kernel import clock
from tests.journeys import consignment
from tests.support.browsing import PHONE, OpenPage, axe, sign_in
from tests.support.sending import send
from tests.support.served import ServedApp


def waiting(served: ServedApp, kind: ChedType = ChedType.PLANTS) -> str:
    """A consignment whose documents wait for the SIVEP of Le Havre."""
    ched = consignment.new_ched()
    name = ched.reference.replace("CHEDPP", kind)
    reference = consignment.notify(served, replace(ched, reference=name, ched_type=kind))
    consignment.tell(served, reference, StepKind.ARRIVAL, StepStatus.DONE)
    return reference


async def test_twenty_lines_without_scrolling(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-20: at 1280 × 800 the twentieth line is above the fold, and the rest is on the next page."""
    for _ in range(21):
        waiting(served_app)
    page = await open_page()
    await sign_in(page, "sivep")
    await expect(page.get_by_role("heading", level=1)).to_have_text("File de contrôle")
    lines = page.locator(".w-row")
    await expect(lines).to_have_count(20)
    box = await lines.nth(19).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800
    await page.get_by_role("link", name="Suivants").click()
    await page.wait_for_url("**/agent?page=2")
    await expect(page.get_by_role("link", name="Précédents")).to_be_visible()


async def test_taken_by_keyboard_and_seen_at_once_by_a_colleague(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-05: live animals stand first; what one takes is taken on the other's telephone."""
    reference = waiting(served_app, ChedType.ANIMALS)
    number = reference.rpartition(".")[2]
    mine, theirs = await open_page(), await open_page(PHONE)
    for page in (mine, theirs):
        await sign_in(page, "sivep")
        await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    row, seen = (page.get_by_role("row").filter(has_text=number) for page in (mine, theirs))
    await expect(row).to_contain_text("Animaux vivants")
    await row.get_by_role("link").focus()
    await mine.keyboard.press("Tab")
    await mine.keyboard.press("Enter")
    await expect(row.get_by_role("button", name="Rendre")).to_be_visible()
    await expect(seen.get_by_role("button", name="Rendre")).to_be_visible()
    assert await axe(theirs) == []
    assert await theirs.evaluate("window.innerWidth") == 390, "something is wider than the telephone"
    await row.get_by_role("link").press("Enter")
    await mine.wait_for_url(f"**/suivi/{reference}")


async def test_an_alert_opens_and_closes_before_the_officer_s_eyes(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-20, SES-21: released without decision: told by the watch, acknowledged, gone once the decision is there."""
    reference = waiting(served_app)
    page = await open_page()
    await sign_in(page, "sivep")
    await page.get_by_role("link", name="Alertes").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Alertes")
    await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    earlier = clock.now().replace(microsecond=0) - timedelta(minutes=20)
    released = StepEvent(reference, StepKind.RELEASE, StepStatus.DONE, earlier)
    send(served_app, write_event(released))
    alert = page.get_by_role("listitem").filter(has_text=reference).filter(has_text="BAE sans décision")
    await expect(alert.first).to_be_visible()
    await expect(alert.first).to_contain_text("Seuil 15\u00a0min")
    await alert.first.get_by_role("button", name="Acquitter").click()
    await expect(alert.first).to_contain_text("Acquittée")
    consignment.tell(served_app, reference, StepKind.DECISION, StepStatus.SATISFACTORY)
    await expect(alert).to_have_count(0)
