"""Measure the first visit of each page, and write the figures into docs/vitals.md.

    make vitals
    .venv/bin/python -m tools.vitals --without-lighthouse    the visits alone: two minutes instead of ten
    .venv/bin/python -m tools.vitals --show /suivi           what one page fetches, and what moves; writes nothing

Serves a demonstration of its own, and needs a Chromium (tests/support/chromium.py finds or installs it). Lighthouse
comes from the npm registry the first time. A busy machine gives worse times, never better ones.
"""

import argparse
import asyncio
import os
import platform
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, async_playwright

from tests.support import chromium
from tests.support.browsing import sign_in
from tests.support.served import ServedApp, serving
from tools import vitals_page
from tools.vitals_browser import PHONE, Visit, visit
from tools.vitals_lighthouse import Report, report

PUBLIC = (
    "/",
    "/connexion",
    "/inscription",
    "/mot-de-passe",
    "/aide",
    "/avis",
    "/simulateur",
    "/payer",
    "/cgu",
    "/donnees-personnelles",
    "/accessibilite",
)
SIGNED_IN = (
    ("importateur", "/suivi"),
    ("importateur", "/tableau-de-bord"),
    ("importateur", "/rendez-vous"),
    ("sivep", "/agent"),
    ("sivep", "/agent/planning"),
)
PAGE = Path(__file__).parents[1] / "docs" / "vitals.md"
_CONSIGNMENTS = "60"


async def main(words: Sequence[str] | None = None) -> None:
    """Serve, visit, report."""
    asked = _asked(words)
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as served:
        served.command("demo", "--consignments", _CONSIGNMENTS)
        async with async_playwright() as playwright:
            path = chromium.find(playwright.chromium.executable_path)
            browser = await playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
            version = browser.version
            if asked.show:
                _show(await _one(browser, served, asked.show))
                return
            visits = await _visits(browser, served)
            await browser.close()
        reports = [] if asked.without_lighthouse else [_said(report(served.url, one, path)) for one in PUBLIC]
    machine = f"Chromium {version}, {os.cpu_count()} cores ({platform.machine()})"
    PAGE.write_text(vitals_page.written(visits, reports, machine))


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--without-lighthouse", action="store_true")
    parser.add_argument("--show", metavar="PATH")
    return parser.parse_args(words)


async def _visits(browser: Browser, served: ServedApp) -> list[Visit]:
    found = []
    for who, path in [*(("", path) for path in PUBLIC), *SIGNED_IN]:
        done = await _one(browser, served, path, who)
        print(f"{path}: {vitals_page.figures(done)}")
        found.append(done)
    return found


async def _one(browser: Browser, served: ServedApp, path: str, who: str | None = None) -> Visit:
    if who is None:
        who = next((one for one, known in SIGNED_IN if known == path), "")
    if not who:
        return await visit(browser, served.url, path)
    context = await browser.new_context(base_url=served.url, **PHONE)
    await sign_in(await context.new_page(), who)
    cookies = await context.cookies()
    await context.close()
    return await visit(browser, served.url, path, cookies=cookies)


def _said(told: Report) -> Report:
    print(f"{told.path}: {told.scores}")
    return told


def _show(done: Visit) -> None:
    print(vitals_page.figures(done))
    for address, size in sorted(done.sizes.items(), key=lambda one: -one[1]):
        print(f"{size:8} {urlsplit(address).path}")
    print(f"{done.pushed:8} websocket")
    for shift in done.moved:
        print(f"moved {shift}")


if __name__ == "__main__":
    asyncio.run(main())
