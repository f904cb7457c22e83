"""Officers set what their post offers, in a browser, and handle the appointments that it hits (SES-12)."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from models.border.passage.vocabulary import StepKind, StepStatus
from tests.journeys import consignment
from tests.support.booked import booked
from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe, sign_in
from tests.support.served import ServedApp, serving

DEVICES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """An application of its own: what these posts offer is nobody else's."""
    with serving(tmp_path_factory.mktemp("offer")) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def open_own(browser: Browser, own_app: ServedApp) -> AsyncIterator[OpenPage]:
    """Opens its pages, each in a browser of its own, as another person."""
    contexts: list[BrowserContext] = []

    async def open_one(device: dict[str, Any] = DESKTOP) -> Page:
        given = {"base_url": own_app.url, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
        contexts.append(await browser.new_context(**(given | device)))
        return await contexts[-1].new_page()

    yield open_one
    for context in contexts:
        await context.close()


def due(served: ServedApp) -> str:
    """A consignment of the demonstration importer that came, and whose physical check is asked for."""
    reference = consignment.notify(served, consignment.new_ched())
    consignment.tell(served, reference, StepKind.ARRIVAL, StepStatus.DONE)
    consignment.tell(served, reference, StepKind.DOCUMENTARY, StepStatus.SATISFACTORY)
    consignment.tell(served, reference, StepKind.PHYSICAL, StepStatus.PLANNED)
    return reference


def stored(served: ServedApp, reference: str) -> dict[str, Any]:
    """The appointment, and what the journal says of it, as the database has them."""
    with sqlite3.connect(f"file:{served.data / 'passavant.db'}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        row = db.execute("SELECT * FROM appointment WHERE reference = ?", (reference,)).fetchone()
        kinds = db.execute(
            "SELECT kind FROM journal_entry WHERE payload LIKE ? ORDER BY seq", (f"%{reference}%",)
        ).fetchall()
    return {**dict(row), "kinds": [kind for (kind,) in kinds]}


async def shorten(page: Page, weekday: int, half: int, until: str) -> None:
    """Let the plant health service close earlier on one half of that weekday."""
    service = page.locator(".of-service", has=page.get_by_role("heading", name="Phytosanitaire"))
    await service.locator(".of-week > li").nth(weekday).get_by_role("button").nth(half).press("Enter")
    await expect(page.get_by_role("heading", name="Modifier la plage")).to_be_visible()
    await page.get_by_label("Fermeture", exact=True).fill(until)
    await page.get_by_role("button", name="Garder dans le brouillon").first.click()
    await expect(page.get_by_text("Non enregistré")).to_be_visible()


@pytest.mark.parametrize("device", DEVICES)
async def test_hours_that_hit_an_appointment_move_it(
    open_own: OpenPage, own_app: ServedApp, device: str
) -> None:
    """SES-12: seen before anything is done, moved where the officer chose, and the operator is told."""
    hour, half, until = (17, 1, "16:00") if device == "phone" else (11, 0, "11:00")
    mine = booked(own_app, due(own_app), hour)
    page = await open_own(DEVICES[device])
    await sign_in(page, "sivep")
    await page.goto("/agent/offre")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Offre du poste")
    await shorten(page, mine["weekday"], half, until)
    await page.get_by_role("button", name="Voir l’effet").click()
    effect = page.get_by_role("region", name="Effet sur les rendez-vous")
    await expect(effect.get_by_text("1 rendez-vous touché")).to_be_visible()
    hit = effect.get_by_role("group", name=mine["reference"])
    await expect(hit).to_contain_text("Kerdrel Primeurs")
    await expect(hit).to_contain_text(mine["when"])
    assert await axe(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    await effect.get_by_role("button", name="Enregistrer").click()
    await expect(effect.get_by_text("Dites pour chaque rendez-vous touché")).to_be_visible()
    assert stored(own_app, mine["reference"])["sequence"] == 0

    move = hit.get_by_role("radio", name="Déplacer au")
    await move.press("Space")
    await expect(move).to_be_checked()
    await effect.get_by_label("Message aux opérateurs touchés").fill("Travaux sur le quai")
    await effect.get_by_role("button", name="Enregistrer").click()
    await expect(page.get_by_role("status").get_by_text("1 rendez-vous déplacé")).to_be_visible()
    await expect(effect).to_be_hidden()
    moved = stored(own_app, mine["reference"])
    assert (moved["status"], moved["sequence"], moved["reason_text"]) == (
        "confirmed",
        1,
        "Travaux sur le quai",
    )
    assert moved["kinds"][-1] == "appointment.moved"
    assert moved["reason"] == "post_closed"


@pytest.mark.parametrize("device", DEVICES)
async def test_every_part_of_the_offer(open_own: OpenPage, device: str) -> None:
    """SES-12: each tab, by keyboard, with axe; a closure is drafted, previewed, and taken back."""
    page = await open_own(DEVICES[device])
    await sign_in(page, "sivep")
    await page.goto("/agent/offre")
    await page.get_by_role("tab", name="Horaires").focus()
    for name in ("Fermetures et absences", "Quais", "Durées", "Règles", "Horaires"):
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("tabpanel", name=name)).to_be_visible()
        assert await axe(page) == [], name
        assert await page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name
    await page.get_by_role("tab", name="Fermetures").click()
    await page.get_by_label("Motif").fill("Travaux")
    monday = await page.get_by_label("Semaine du").input_value()
    await page.get_by_role("textbox", name="Du", exact=True).fill(monday)
    await page.get_by_role("textbox", name="Au (facultatif)", exact=True).fill(monday)
    await page.get_by_role("button", name="Ajouter au brouillon").locator("visible=true").click()
    await expect(page.get_by_text("La fin doit suivre le début")).to_be_visible()
    await page.get_by_label("à", exact=True).last.fill("23:45")
    await page.get_by_role("button", name="Ajouter au brouillon").locator("visible=true").click()
    await expect(page.get_by_role("status").get_by_text("Poste fermé")).to_be_visible()
    await page.get_by_role("button", name="Voir les créneaux").click()
    await expect(page.locator(".of-days > li").first).to_contain_text("retiré")
    assert await axe(page) == []
    await page.get_by_role("status").get_by_role("button", name="Annuler").click()
    await expect(page.get_by_text("Aucune modification.")).to_be_visible()


async def test_a_supervisor_reads(open_own: OpenPage) -> None:
    """SES-12: any post, and nothing to change."""
    page = await open_own(DESKTOP)
    await sign_in(page, "superviseur")
    await page.goto("/agent/offre")
    await page.get_by_label("Poste", exact=True).select_option("FRCDG4")
    await expect(page.get_by_text("Roissy-Charles-de-Gaulle, FRCDG4")).to_be_visible()
    await expect(page.get_by_text("En lecture seule")).to_be_visible()
    await expect(page.get_by_role("button", name="modifier")).to_have_count(0)
    assert await axe(page) == []
