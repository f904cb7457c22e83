"""A place that others want too: taken, held, lost and given back under the eyes (SES-10, SES-12)."""

import re

from playwright.async_api import expect

from tests.factories import C
from tests.journeys.appointment_scene import play
from tests.journeys.booking_screen import (
    NEW,
    choose,
    due,
    fill,
    offers,
    on_a_day_of_its_own,
    open_day,
    signed_in,
    slot,
    taken,
)
from tests.support.browsing import OpenPage, axe
from tests.support.served import ServedApp

__all__ = ["offers"]


async def test_two_telephones_on_the_last_place(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-12: one gets it; the other is told kindly, keeps where it was, and takes the next."""
    day = on_a_day_of_its_own()
    for hours in (9.5, 11.5):
        taken(served_app, day, hours)
    mine, theirs = due(served_app), due(served_app, siren=C)
    one, two = await signed_in(open_page), await signed_in(open_page, "concurrent")
    for page, reference in ((one, mine), (two, theirs)):
        await page.goto(f"{NEW}?envoi={reference}")
        await open_day(page, day)
        await slot(page, day, 10.5).click(force=True)
        await expect(page.get_by_role("group", name="Créneau choisi")).to_be_visible()
    await one.get_by_role("group", name="Créneau choisi").get_by_role("button").click()
    await expect(one.get_by_text("La place vous est gardée encore")).to_be_visible()
    told = two.get_by_role("alert").filter(has_text="Ce créneau vient d’être pris.")
    await expect(told).to_be_visible()
    await expect(told).to_be_focused()
    await expect(slot(two, day, 10.5)).to_be_checked()
    await expect(two.locator(".slot-taken")).to_contain_text("vient d’être pris")
    assert await axe(two) == []
    nearest = told.get_by_role("button")
    await expect(nearest).to_have_count(2)
    await nearest.last.click()
    await expect(two.get_by_text("La place vous est gardée encore")).to_be_visible()
    await fill(one)
    await expect(one.locator(".ticket")).to_be_visible()
    await fill(two)
    await expect(two.locator(".ticket")).to_be_visible()


async def test_a_slot_turns_complete_under_the_eyes_and_nothing_moves(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-12: the hour that another took is complete, the one chosen stays chosen, focus and scroll where they were."""
    day, page = on_a_day_of_its_own(), await signed_in(open_page)
    await page.goto(f"{NEW}?envoi={due(served_app)}")
    await open_day(page, day)
    await slot(page, day, 16).click(force=True)
    await expect(slot(page, day, 16)).to_be_checked()
    await slot(page, day, 16).focus()
    before = await page.evaluate("window.scrollY")
    name = taken(served_app, day, 10)
    tile = page.locator(".slot-tile").filter(has=slot(page, day, 10))
    await expect(tile).to_contain_text("complet")
    await expect(slot(page, day, 16)).to_be_focused()
    await expect(slot(page, day, 16)).to_be_checked()
    assert await page.evaluate("window.scrollY") == before
    await page.keyboard.press("ArrowLeft")
    await expect(slot(page, day, 15.5)).to_be_checked()
    play(served_app, "cancel", name)
    freed = page.get_by_text(
        "9\u00a0h\u00a030, 10\u00a0h\u00a000 et 10\u00a0h\u00a030\u00a0: des places viennent"
    )
    await expect(freed).to_be_visible()  # 45 minutes had kept three starts busy


async def test_a_hold_runs_out_and_nothing_typed_is_lost(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-10: counted down; once it is over the page says so, and confirming takes the place anew."""
    day, page = on_a_day_of_its_own(), await signed_in(open_page)
    await page.goto(f"{NEW}?envoi={due(served_app)}")
    await open_day(page, day)
    await choose(page, day, 10)
    left = page.locator("[data-until]")
    await expect(left).to_contain_text("4\u00a0min 5")
    await page.get_by_label("Téléphone").fill("06 12 34 56 78")
    await page.get_by_label("Consigne pour le poste").fill("Porte 3")
    play(served_app, "lapse")
    over = page.get_by_role("alert").filter(has_text="Cette place ne vous est plus gardée.")
    await expect(over).to_be_visible()
    await expect(over).to_be_focused()
    await expect(left).to_have_count(0)
    await expect(page.get_by_label("Consigne pour le poste")).to_have_value("Porte 3")
    assert await axe(page) == []
    await page.get_by_role("button", name="Confirmer").click()
    await expect(page.locator(".ticket")).to_contain_text("Porte 3")


async def test_leaving_gives_the_place_back(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-12: by a link, not only by the button."""
    day, page = on_a_day_of_its_own(), await signed_in(open_page)
    reference = due(served_app)
    await page.goto(f"{NEW}?envoi={reference}")
    await open_day(page, day)
    await choose(page, day, 10)
    await expect(page.get_by_text("La place vous est gardée encore")).to_be_visible()
    await expect(page).to_have_url(re.compile("etape="))  # the address follows what is shown
    await page.go_back()  # one step back, not out of the booking
    await expect(slot(page, day, 10)).to_be_checked()
    await expect(page.get_by_text("La place vous est gardée encore")).to_be_hidden()
    await page.get_by_role("button", name="Garder").last.click()
    await expect(page.get_by_text("La place vous est gardée encore")).to_be_visible()
    await page.get_by_role("link", name="Rendez-vous", exact=True).first.click()
    await expect(page.get_by_role("link", name=f"Réserver pour {reference}")).to_be_visible()
    assert taken(served_app, day, 10)
