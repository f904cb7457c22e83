"""Every page, on a phone and on a desktop, light and dark: axe, one h1, no overflow (COM-32, SES-50)."""

import pytest
from playwright.async_api import Page, expect

from tests.journeys import consignment
from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe, sign_in
from tests.support.served import ServedApp

PUBLIC = (
    "/",
    "/connexion",
    "/aide",
    "/avis",
    "/simulateur",
    "/payer",
    "/inscription",
    "/mot-de-passe",
    "/mot-de-passe/nouveau",
    "/adresse",
    "/cgu",
    "/donnees-personnelles",
    "/accessibilite",
    "/nulle-part",
)
SIGNED_IN = (
    "/tableau-de-bord",
    "/suivi",
    "/suivi?q=introuvable",
    "/profil",
    "/suivi/CHEDPP.FR.2026.0000000",
    "/agent/planning",
    "/agent/planning?vue=semaine",
    "/agent",
    "/agent?etape=decision&qui=moi",
    "/agent/alertes",
    "/agent/messages",
    "/agent/messages?etat=attente",
    "/agent/rattachements",
    "/agent/avis",
    "/agent/offre",
    "/entreprise",
    "/rendez-vous",
    "/rendez-vous/nouveau",
    "/rendez-vous/LEH-7K4Q2",
    "/notifications",
    "/notifications?etat=non-lues&type=action-requise",
    "/notifications/reglages",
    "/agent/envois-en-echec",
)
DEVICES = {"phone": PHONE, "desktop": DESKTOP}


async def check(page: Page, path: str) -> None:
    """Open the page and hold it against what every page owes."""
    await page.goto(path)
    await expect(page.locator("h1")).to_have_count(1)
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert await axe(page) == [], path
    assert await page.evaluate("document.documentElement.lang") == "fr"
    width = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"{path} is {width} px wider than its screen"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", DEVICES)
async def test_public_pages(open_page: OpenPage, device: str, theme: str) -> None:
    """COM-32, COM-30: what anybody may open; PPR-50: on a phone and a desktop, and no page opens a window by itself."""
    page = await open_page(DEVICES[device], color_scheme=theme)
    for path in PUBLIC:
        await check(page, path)
    assert page.context.pages == [page]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("who", ["importateur", "sivep", "comptable"])
async def test_pages_of_people_signed_in(
    open_page: OpenPage, served_app: ServedApp, device: str, theme: str, who: str
) -> None:
    """COM-32: the list and the file, for an operator, an officer, and one without habilitation."""
    reference = consignment.notify(served_app, consignment.new_ched())
    page = await open_page(DEVICES[device], color_scheme=theme)
    await sign_in(page, who)
    for path in (*SIGNED_IN, f"/suivi/{reference}"):
        await check(page, path)
