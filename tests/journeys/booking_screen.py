"""Booking as one does it on a telephone, and what there is to book: one bay, days of each test’s own."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from models.kernel import clock, french
from tests.factories import A
from tests.journeys.appointment_scene import DUNKERQUE, play
from tests.support.browsing import PHONE, OpenPage, sign_in
from tests.support.served import ServedApp

NEW = "/rendez-vous/nouveau"
WEEKS = 8
"""More than the days of all tests take."""
_numbers = itertools.count(8_100_001)
_days = itertools.count(2)
"""Each test has a day of its own: they share the application."""


@pytest.fixture(scope="module", autouse=True)
def offers(served_app: ServedApp) -> None:
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


async def turned_to(page: Page, day: date, press: Callable[[Locator], Awaitable[None]]) -> Locator:
    """Turn the weeks until that day is shown, a few at most; the day's radio."""
    radio = page.locator(f'input[name="jour"][value="{day.isoformat()}"]')
    await expect(page.locator('input[name="jour"]').first).to_be_attached()
    for _ in range(WEEKS):
        if await radio.count():
            break
        week = await page.locator(".week-at").inner_text()
        await press(page.get_by_role("button", name="Semaine suivante"))
        await expect(page.locator(".week-at")).not_to_have_text(week)
    return radio


async def open_day(page: Page, day: date) -> None:
    """Turn to its week, and choose it."""
    radio = await turned_to(page, day, lambda button: button.click())
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
