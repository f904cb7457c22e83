"""Booking on a telephone, against the clock and against others (SES-02, SES-10, SES-11, SES-12)."""

import itertools
from datetime import date, datetime, time, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from models import clock, french
from tests.factories import A, C
from tests.journeys.appointment_scene import DUNKERQUE, FOS, play
from tests.support.browsing import PHONE, OpenPage, axe, sign_in
from tests.support.served import ServedApp

NEW = "/rendez-vous/nouveau"
_numbers = itertools.count(8_100_001)
_days = itertools.count(2)
"""Each test has a day of its own: they share the application."""


@pytest.fixture(scope="module", autouse=True)
def _offers(served_app: ServedApp) -> None:
    play(served_app, "fill")


def on_a_day_of_its_own() -> date:
    """A day on which no other test books anything."""
    return french.local(clock.now()).date() + timedelta(days=next(_days))


def iso(day: date, hours: float) -> str:
    """That hour of the day in Paris, as tiles name it."""
    return french.iso(datetime.combine(day, time(), french.PARIS) + timedelta(hours=hours))


def due(served: ServedApp, post: str = DUNKERQUE, siren: str = A) -> str:
    """One more consignment whose physical check is asked for."""
    number = next(_numbers)
    play(served, "due", str(number), post, siren)
    return f"CHEDPP.FR.2026.{number:07}"


def taken(served: ServedApp, day: date, hours: float) -> str:
    """The only place of that hour, taken by the importer's company; the appointment's reference."""
    return play(served, "taken", str(next(_numbers)), DUNKERQUE, iso(day, hours))


async def signed_in(open_page: OpenPage, who: str = "importateur") -> Page:
    """Somebody's telephone."""
    page = await open_page(PHONE)
    await sign_in(page, who)
    return page


def slot(page: Page, day: date, hours: float) -> Locator:
    """The radio of that hour."""
    return page.locator(f'input[name="heure"][value="{iso(day, hours)}"]')


async def open_day(page: Page, day: date) -> None:
    """Turn to its week, and choose it."""
    radio = page.locator(f'input[name="jour"][value="{day.isoformat()}"]')
    await expect(page.locator('input[name="jour"]').first).to_be_attached()
    while not await radio.count():
        week = await page.locator(".week-at").inner_text()
        await page.get_by_role("button", name="Semaine suivante").click()
        await expect(page.locator(".week-at")).not_to_have_text(week)
    await radio.click(force=True)
    await expect(page.locator('input[name="jour"]:checked')).to_have_value(day.isoformat())


async def choose(page: Page, day: date, hours: float) -> None:
    """Choose that hour, and keep it."""
    await slot(page, day, hours).click(force=True)
    await page.get_by_role("group", name="Créneau choisi").get_by_role("button").click()


async def fill(page: Page) -> None:
    """Say whom to call, and confirm."""
    await page.get_by_label("Téléphone").fill("06 12 34 56 78")
    await page.get_by_role("button", name="Confirmer").click()


async def booked(page: Page, reference: str, day: date, hours: float) -> str:
    """From the consignment to the ticket; the appointment's reference."""
    await page.goto(f"{NEW}?envoi={reference}")
    await open_day(page, day)
    await choose(page, day, hours)
    await expect(page.get_by_text("La place vous est gardée encore")).to_be_visible()
    await fill(page)
    await page.wait_for_url("**/rendez-vous/*fait=reserve")
    await expect(page.locator(".ticket")).to_be_visible()
    return page.url.partition("?")[0].rpartition("/")[2]


async def test_a_booking_from_the_quay_takes_less_than_a_minute(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-02, SES-10: from the yellow card to the ticket; each screen holds for axe; the consignment then tells when."""
    reference, day = due(served_app), on_a_day_of_its_own()
    page = await signed_in(open_page)
    await page.goto(f"/suivi/{reference}")
    await page.get_by_role("link", name="Réserver un créneau").click()
    await open_day(page, day)
    assert await axe(page) == []
    await choose(page, day, 10)
    await expect(page.locator("[data-until]")).to_contain_text("4\u00a0min 5")
    assert await axe(page) == []
    await page.get_by_label("Téléphone").fill("12")
    await page.get_by_label("Consigne pour le poste").fill("Porte 3, sonner")
    await page.get_by_role("button", name="Confirmer").click()
    await expect(page.get_by_role("alert").get_by_text("Donnez un numéro où joindre")).to_be_visible()
    assert await axe(page) == []
    await fill(page)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(
        "10\u00a0h\u00a000 à 10\u00a0h\u00a045"
    )
    await expect(page.get_by_role("img", name="QR code de la référence DKK")).to_be_visible()
    await expect(page.get_by_text("Porte 3, sonner")).to_be_visible()
    calendar = page.get_by_role("link", name="Ajouter à l’agenda (.ics)")
    booked_as = page.url.partition("?")[0].rpartition("/")[2]
    await expect(calendar).to_have_attribute("href", f"/rendez-vous/{booked_as}/calendrier.ics")
    assert await axe(page) == []
    await page.goto(f"/suivi/{reference}")
    await expect(page.locator(".turn-visit")).to_contain_text("10\u00a0h\u00a000, Quai 3")
    await expect(page.locator(".tl-visit").get_by_role("link")).to_have_attribute(
        "href", f"/rendez-vous/{booked_as}"
    )
    await page.goto("/rendez-vous")
    await expect(page.locator(f'#a-venir a[href="/rendez-vous/{booked_as}"]')).to_be_visible()
    assert await axe(page) == []


async def test_an_appointment_is_moved_then_cancelled(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-11: the same slots; its old place is free again at once; cancelling asks once more, without a reason."""
    reference, day = due(served_app), on_a_day_of_its_own()
    page = await signed_in(open_page)
    name = await booked(page, reference, day, 10)
    await page.get_by_role("link", name="Déplacer").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Déplacer le rendez-vous {name.replace('-', chr(0xA0))}"
    )
    await open_day(page, day)
    await choose(page, day, 15)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(
        "15\u00a0h\u00a000 à 15\u00a0h\u00a045"
    )
    await expect(page.get_by_text("Déplacé par l’opérateur")).to_be_visible()
    assert taken(served_app, day, 10)
    await page.get_by_role("button", name="Annuler le rendez-vous").click()
    dialog = page.get_by_role("dialog", name="Annuler ce rendez-vous")
    await expect(dialog).to_be_visible()
    assert await axe(page) == []
    await expect(dialog.get_by_role("button", name="Garder le rendez-vous")).to_be_focused()
    await dialog.get_by_role("button", name="Garder le rendez-vous").click()
    await expect(dialog).to_be_hidden()
    await page.get_by_role("button", name="Annuler le rendez-vous").click()
    await dialog.get_by_role("button", name="Oui, annuler").click()
    await expect(page.get_by_text("Ce rendez-vous est annulé")).to_be_visible()
    await expect(dialog).to_be_hidden()


async def test_what_the_post_refused_is_booked_anew(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-11: requested, refused with a reason under the eyes of whom asked, and requested at another hour."""
    reference, day = due(served_app, FOS), on_a_day_of_its_own()
    page = await signed_in(open_page)
    name = await booked(page, reference, day, 10)
    await expect(page.locator(".ticket-state")).to_have_text("À confirmer par le poste")
    await page.evaluate("window.notReloaded = true")
    play(served_app, "refuse", name)
    await expect(page.get_by_text("Le poste a refusé ce rendez-vous")).to_be_visible(timeout=3000)
    await expect(page.get_by_text("pas d’inspecteur disponible. Effectif réduit ce jour-là")).to_be_visible()
    assert await page.evaluate("window.notReloaded"), "the page was reloaded"
    assert await axe(page) == []
    await page.get_by_role("link", name="Réserver de nouveau").click()
    await open_day(page, day)
    await choose(page, day, 11)
    await page.get_by_role("button", name="Confirmer").click()  # whom to call was said last time
    await expect(page.locator(".ticket-state")).to_have_text("À confirmer par le poste")
    assert not page.url.endswith(name)


async def test_a_proposal_of_the_post_is_answered(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-11: refused with a reason, the appointment stays; accepted from the list, it moves."""
    reference, day = due(served_app), on_a_day_of_its_own()
    page = await signed_in(open_page)
    name = await booked(page, reference, day, 10)
    play(served_app, "propose", name, "2")
    await expect(page.get_by_role("heading", name="Le poste propose")).to_be_visible(timeout=3000)
    await page.get_by_text("Refuser", exact=True).click()
    await page.get_by_role("button", name="Garder l’heure actuelle").click()
    await expect(page.get_by_text("Choisissez un motif")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_label("Motif du refus").select_option(label="Marchandise en retard")
    await page.get_by_role("button", name="Garder l’heure actuelle").click()
    await expect(page.get_by_role("heading", name="Le poste propose")).to_have_count(0)
    play(served_app, "propose", name, "3")
    await page.goto("/rendez-vous")
    await expect(page.get_by_role("link", name="1 en attente de réponse")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("button", name=f"Accepter pour {name.replace('-', chr(0xA0))}").click()
    line = page.locator(".visit").filter(has_text=name.replace("-", "\u00a0"))
    await expect(line).to_contain_text("13\u00a0h\u00a000")


async def test_an_earlier_place_is_offered_to_whom_waits_for_it(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-11: joined on the ticket; the place that comes free is offered there, with a time limit, and taken."""
    day = on_a_day_of_its_own()
    before = french.local(clock.now()).date()
    page = await signed_in(open_page)
    name = await booked(page, due(served_app), day, 10)
    await page.get_by_role("button", name="Attendre une place plus tôt").click()
    offer = page.get_by_role("heading", name="Une place s’est libérée plus tôt")
    await expect(offer).to_be_visible()  # nearer days have free places: the first of them, at once
    await expect(page.locator(".answer-until")).to_contain_text("Répondez avant")
    await expect(page.get_by_role("button", name="Quitter la liste d’attente")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("button", name="Accepter").click()
    await expect(page.get_by_text("est déplacé à l’heure proposée")).to_be_visible()
    await expect(offer).to_have_count(0)
    moved = await page.locator("h1 time").get_attribute("datetime")
    assert moved is not None
    assert before <= french.local(datetime.fromisoformat(moved)).date() <= day
    assert moved < iso(day, 10)
    assert page.url.partition("?")[0].endswith(name)


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
    await expect(told).to_be_visible(timeout=3000)
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
    await expect(tile).to_contain_text("complet", timeout=3000)
    await expect(slot(page, day, 16)).to_be_focused()
    await expect(slot(page, day, 16)).to_be_checked()
    assert await page.evaluate("window.scrollY") == before
    await page.keyboard.press("ArrowLeft")
    await expect(slot(page, day, 15.5)).to_be_checked()
    play(served_app, "cancel", name)
    freed = page.get_by_text(
        "9\u00a0h\u00a030, 10\u00a0h\u00a000 et 10\u00a0h\u00a030\u00a0: des places viennent"
    )
    await expect(freed).to_be_visible(timeout=3000)  # 45 minutes had kept three starts busy


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
    await expect(over).to_be_visible(timeout=6000)
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
    await page.get_by_role("link", name="Rendez-vous", exact=True).first.click()
    await expect(page.get_by_role("link", name=f"Réserver pour {reference}")).to_be_visible()
    assert taken(served_app, day, 10)
