"""Each journey once with the keyboard alone: no pointer, and the focus seen at each step (COM-32)."""

import itertools
from datetime import date, datetime, time, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock, french
from tests.journeys import consignment
from tests.journeys.appointment_scene import DUNKERQUE, play
from tests.journeys.booking_screen import turned_to
from tests.support.browsing import DESKTOP, OpenPage
from tests.support.keyboard import focus_is_seen, moment_passed, press, tab_to
from tests.support.plan_scene import scene, told_at
from tests.support.served import PASSWORD, ServedApp

_numbers = itertools.count(8_400_001)


@pytest.fixture(scope="module", autouse=True)
def _offers(served_app: ServedApp) -> None:
    play(served_app, "fill")


async def signed_in(open_page: OpenPage, who: str, path: str) -> Page:
    """Signed in by typing, then at that address."""
    page = await open_page(DESKTOP)
    await page.goto("/connexion")
    await tab_to(page, page.locator("input[name=email]"))
    await page.keyboard.type(who if "@" in who else f"{who}@demo.passavant.fr")
    await tab_to(page, page.locator("input[name=password]"))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: "/connexion" not in url)
    await page.goto(path)
    await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    return page


def due(served: ServedApp) -> str:
    """One more consignment of the importer whose physical check is asked for."""
    number = next(_numbers)
    play(served, "due", str(number), DUNKERQUE)
    return f"CHEDPP.FR.2026.{number:07}"


async def choose(page: Page, wanted: Locator) -> None:
    """Reach the group of radio buttons with Tab, then walk it with the arrows, as browsers do it."""
    group = page.locator(f'input[name="{await wanted.get_attribute("name")}"]:not(:disabled)')
    checked = group.and_(page.locator(":checked"))
    await tab_to(page, checked if await checked.count() else group)
    for _ in range(40):
        if await wanted.evaluate("(one) => one === document.activeElement"):
            break
        await page.keyboard.press("ArrowRight")
        await focus_is_seen(page)
    if not await wanted.is_checked():
        await page.keyboard.press("Space")
    await expect(wanted).to_be_checked()


async def open_day(page: Page, day: date) -> None:
    """Turn to its week, and choose it."""
    await choose(page, await turned_to(page, day, lambda button: press(page, button)))


async def test_an_appointment_is_booked(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-10: from the yellow card to the ticket."""
    reference = due(served_app)
    day = french.local(clock.now()).date() + timedelta(days=3)
    page = await signed_in(open_page, "importateur", f"/suivi/{reference}")
    await press(page, page.get_by_role("link", name="Réserver un créneau"))
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await open_day(page, day)
    at = french.iso(datetime.combine(day, time(10), french.PARIS))
    await choose(page, page.locator(f'input[name="heure"][value="{at}"]'))
    await press(page, page.get_by_role("button", name="Garder ce créneau"))
    await tab_to(page, page.get_by_label("Téléphone"))
    await page.keyboard.type("06 12 34 56 78")
    await press(page, page.get_by_role("button", name="Confirmer"))
    await expect(page.locator(".ticket")).to_be_visible()


async def test_an_appointment_is_moved_on_the_plan(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-11: opened, a step later, then to an hour and a bay that are typed; closing gives the focus back."""
    made = scene(served_app, "PGK", "15:00", "18:00")
    page = await signed_in(open_page, made.officer, "/agent/planning")
    block = page.locator(f'[data-rdv="{made.appointments["15:00"]}"]')
    await press(page, block.get_by_role("button"))
    dialog = page.get_by_role("dialog")
    await press(page, dialog.get_by_role("button", name="15\u00a0min plus tard"))
    await expect(dialog.get_by_text(told_at("15:15"))).to_be_visible()
    await press(page, dialog.get_by_role("button", name="Autre heure ou quai"))
    await tab_to(page, dialog.get_by_label("Heure"))
    await page.keyboard.type("16")
    await tab_to(page, dialog.get_by_label("Quai"))
    await page.keyboard.type("Quai 3")
    await press(page, dialog.get_by_role("button", name="Déplacer", exact=True))
    await expect(dialog.get_by_text(told_at("16:00"))).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(block.get_by_role("button")).to_be_focused()
    await focus_is_seen(page)


async def test_a_control_is_recorded(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-05: found in the list, its form filled in and confirmed; the same key again records nothing more.

    Seen to fail: with a first outcome chosen beforehand and the focus left on the button, a decision is recorded.
    """
    reference = consignment.notify(served_app, consignment.new_ched())
    consignment.tell(served_app, reference, StepKind.ARRIVAL, StepStatus.DONE)
    page = await signed_in(open_page, "sivep", f"/suivi?q={reference[-7:]}")
    await press(page, page.get_by_role("row").filter(has_text=reference).get_by_role("link"))
    await page.wait_for_url(f"**/suivi/{reference}")
    form = page.locator("#controle")
    await tab_to(page, form.get_by_label("Étape"))
    result = form.get_by_label("Conforme", exact=True)
    await choose(page, result)
    await press(page, form.get_by_role("button", name="Enregistrer\u00a0: contrôle documentaire conforme"))
    done = page.locator(".note-ok")
    await expect(done).to_contain_text("Enregistré\u00a0: contrôle documentaire, conforme.")
    await expect(done.locator("..")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await choose(page, form.get_by_label("Entrée acceptée"))
    sign = "Signer\u00a0: entrée acceptée"
    await press(page, form.get_by_role("button", name=sign))
    dialog = page.get_by_role("dialog", name=sign)
    await expect(dialog.get_by_role("button", name="Revenir")).to_be_focused()
    await page.keyboard.press("Enter")  # the same key again keeps things as they are
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("Enregistré\u00a0: décision sur le DSCE, entrée acceptée.")).to_have_count(
        0
    )
    await moment_passed(page)
    await form.get_by_role("button", name=sign).focus()
    await page.keyboard.press("Enter")
    await press(page, dialog.get_by_role("button", name=sign))
    await expect(done).to_contain_text("Enregistré\u00a0: décision sur le DSCE, entrée acceptée.")
    await expect(done.locator("..")).to_be_focused()


async def test_a_proposal_is_answered(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-11: what the post proposes is accepted on the ticket."""
    day = french.local(clock.now()).date() + timedelta(days=4)
    at = french.iso(datetime.combine(day, time(10), french.PARIS))
    name = play(served_app, "taken", str(next(_numbers)), DUNKERQUE, at)
    play(served_app, "propose", name, "2")
    page = await signed_in(open_page, "importateur", f"/rendez-vous/{name}")
    await expect(page.get_by_role("heading", name="Le poste propose")).to_be_visible()
    await press(page, page.get_by_role("button", name="Accepter"))
    await expect(page.get_by_role("heading", name="Le poste propose")).to_have_count(0)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("12\u00a0h\u00a000")
