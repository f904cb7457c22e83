"""Booking on a telephone, and what comes of it: moved, refused, proposed, offered earlier (SES-02, SES-10, SES-11)."""

import re
from datetime import datetime

from playwright.async_api import Page, expect

from models.kernel import clock, french
from tests.journeys.appointment_scene import FOS, play
from tests.journeys.booking_screen import (
    booked,
    choose,
    due,
    fill,
    iso,
    offers,
    on_a_day_of_its_own,
    open_day,
    signed_in,
    taken,
)
from tests.support.browsing import OpenPage, axe
from tests.support.served import ServedApp

__all__ = ["offers"]


async def _reads_it_offline(page: Page, reference: str) -> None:
    """The ticket that was opened opens the gate without a network, when the telephone forgot the page."""
    await page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function(
        "(wanted) => (localStorage.getItem('passavant.tickets') ?? '').includes(wanted)", arg=reference
    )
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes hors ligne")
    await expect(page.locator("#tickets li").first).to_contain_text(reference.replace("-", "\u00a0"))
    await expect(page.get_by_role("img", name="QR code de la référence DKK").first).to_be_visible()
    assert await axe(page) == []
    await page.context.set_offline(False)
    await expect(page.locator(".ticket-state")).to_be_visible()  # the page shown offline has none


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
    await expect(page.get_by_label("Téléphone")).to_be_focused()
    await expect(page.get_by_label("Téléphone")).to_have_accessible_description(
        re.compile("Donnez un numéro où joindre")
    )
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
    await _reads_it_offline(page, booked_as)
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
    await expect(page.get_by_text("Le poste a refusé ce rendez-vous")).to_be_visible()
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
    await expect(page.get_by_role("heading", name="Le poste propose")).to_be_visible()
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
