"""Take the pictures of docs/screens from a running demonstration, and write docs/screens.md.

    make run                                  (in another terminal)
    .venv/bin/python -m tools.screens http://localhost:8000

Needs a Chromium (tests/support/chromium.py finds or installs it).
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.support import chromium
from tests.support.served import PASSWORD

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
PAGE = FOLDER.with_suffix(".md")
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
OPERATORS = {
    "rendez-vous": "/rendez-vous",
    "reservation": "/rendez-vous/nouveau",
    "notifications": "/notifications",
}
OFFICERS = {
    "agent": "/agent",
    "alertes": "/agent/alertes",
    "suivi-agent": "/suivi",
    "planning": "/agent/planning",
    "offre": "/agent/offre",
}
"""By the name of the picture: what else an operator and an officer see."""
TITLES = {
    "accueil": "Home",
    "connexion": "Sign-in",
    "tableau-de-bord": "Dashboard",
    "suivi": "List",
    "envoi": "One consignment",
    "rendez-vous": "Appointments",
    "reservation": "Booking",
    "notifications": "Notices",
    "agent": "Officers' list",
    "alertes": "Alerts",
    "suivi-agent": "List, officer",
    "envoi-agent": "One consignment, officer's form",
    "planning": "Plan of a post",
    "offre": "Offer of a post",
}
"""By the name of the picture: how docs/screens.md calls it, in that order."""
_HEAD = """# Screens, beside the target

Taken by `tools/screens.py` from a running demonstration, at 390 and 1280 px (long pages stop at {longest} px).
On the left what is served, on the right the drawing it is measured against, where there is one. The drawings show
pages of later issues too: their places in the navigation appear with them.

| served | target |
| --- | --- |
"""
_LONGEST = 2400
"""Pixels: a picture of a long page stops there."""


async def main(address: str) -> None:
    """Every screen, on both devices; the list and the file in dark too."""
    FOLDER.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        path = chromium.find(playwright.chromium.executable_path)
        browser = await playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        for name, device in DEVICES.items():
            for theme in ("light", "dark"):
                await _take(browser, name, {**device, "color_scheme": theme, "base_url": address})
        await browser.close()
    PAGE.write_text(_HEAD.format(longest=_LONGEST) + "".join(_rows()))


def _rows() -> Iterator[str]:
    for name, title in TITLES.items():
        for theme in ("", "-dark"):
            for device in DEVICES:
                picture = f"{name}-{device}{theme}.jpg"
                if not (FOLDER / picture).exists():
                    continue
                told = f"{title}, {device}" + (", dark" if theme else "")
                target = f"cible-{picture}"
                drawn = f"![target: {told}](screens/{target})" if (FOLDER / target).exists() else ""
                yield f"| {told}<br>![{told}](screens/{picture}) | {drawn} |\n"


async def _take(browser: Browser, name: str, device: dict[str, Any]) -> None:
    suffix = name if device["color_scheme"] == "light" else f"{name}-dark"
    context = await browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", **device)
    page = await context.new_page()
    if device["color_scheme"] == "light":
        for path, title in (("/", "accueil"), ("/connexion", "connexion")):
            await page.goto(path)
            await _shoot(page, f"{title}-{suffix}")
    await _sign_in(page, "importateur")
    await _shoot(page, f"tableau-de-bord-{suffix}")
    await page.goto("/suivi")
    await _shoot(page, f"suivi-{suffix}")
    await _first_of_mine(page, f"envoi-{suffix}")
    await _each(page, suffix, OPERATORS)
    await context.clear_cookies()
    await _sign_in(page, "sivep")
    await _each(page, suffix, OFFICERS)
    await _first_of_mine(page, f"envoi-agent-{suffix}")
    await context.close()


async def _each(page: Page, suffix: str, pages: dict[str, str]) -> None:
    for title, path in pages.items():
        await page.goto(path)
        await _shoot(page, f"{title}-{suffix}")


async def _first_of_mine(page: Page, name: str) -> None:
    await page.goto("/suivi?etat=a-vous")
    await page.locator("a.row-a").first.click()
    await _shoot(page, name)


async def _sign_in(page: Page, who: str) -> None:
    await page.goto("/connexion")
    await page.fill("input[name=email]", f"{who}@demo.passavant.fr")
    await page.fill("input[name=password]", PASSWORD)
    await page.get_by_role("button", name="Se connecter").click()
    await page.wait_for_url(lambda url: "/connexion" not in url)


async def _shoot(page: Page, name: str) -> None:
    await page.locator("h1").first.wait_for()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    await page.wait_for_timeout(800)  # let the fonts and the first row settle
    height = min(await page.evaluate("document.documentElement.scrollHeight"), _LONGEST)
    size = page.viewport_size or {"width": 1280, "height": 900}
    await page.set_viewport_size({"width": size["width"], "height": height})
    await page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=70)
    await page.set_viewport_size(size)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
