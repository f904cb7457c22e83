"""A real browser. Async Playwright: its sync form keeps a loop running, which no other async test survives."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.support import chromium, shifting
from tests.support.served import PASSWORD, ServedApp

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
OpenPage = Callable[..., Awaitable[Page]]

_HELD_AGAINST = """async (only) => {
  const { violations } = await axe.run({ resultTypes: ["violations"], ...(only.length && { runOnly: { type: "rule", values: only } }) });
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html }) => `${id} (${impact}): ${help}: ${html.slice(0, 200)}`));
}"""
"""Only what is wrong travels: what axe has to say of all the rest is megabytes."""
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that another theme can break: the document is the same."""
LIMIT = 40_000
"""Milliseconds after which what is awaited does not come: a limit, on any machine, and no measure of how fast it came."""
expect.set_options(timeout=LIMIT)


@asynccontextmanager
async def _started(*, whole: bool = False) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = chromium.find(playwright.chromium.executable_path, whole=whole)
        chrome = await playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield chrome
        await chrome.close()


async def _context(chrome: Browser, served: ServedApp, options: dict[str, Any]) -> BrowserContext:
    """What a person in France has."""
    usual: dict[str, Any] = {"base_url": served.url, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
    context = await chrome.new_context(**(usual | options))
    await shifting.in_pages(context)
    return context


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the session."""
    async with _started() as chrome:
        yield chrome


@asynccontextmanager
async def whole_browser(served: ServedApp, device: dict[str, Any]) -> AsyncIterator[Page]:
    """A page in a Chromium with all that one with windows has, notifications included."""
    async with _started(whole=True) as chrome:
        yield await (await _context(chrome, served, device)).new_page()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, served_app: ServedApp) -> AsyncIterator[OpenPage]:
    """Opens pages, each in a browser of its own, as another person; call it with PHONE or DESKTOP."""
    contexts: list[BrowserContext] = []

    async def open_one(device: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        contexts.append(await _context(browser, served_app, device | options))
        page = await contexts[-1].new_page()
        page.set_default_timeout(LIMIT)
        return page

    yield open_one
    for context in contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def desktop(open_page: OpenPage) -> Page:
    """A page on a desktop's screen."""
    return await open_page(DESKTOP)


@pytest_asyncio.fixture(loop_scope="session")
async def phone(open_page: OpenPage) -> Page:
    """A page on a phone's screen, with touch."""
    return await open_page(PHONE)


@pytest.fixture
def page(desktop: Page) -> Page:
    """A page on a desktop's screen: for tests that do not care."""
    return desktop


async def sign_in(page: Page, email: str, *, password: str = PASSWORD) -> None:
    """Fill in the form as a person would; an `email` without @ is a demonstration account's."""
    await page.goto("/connexion")
    await page.fill("input[name=email]", email if "@" in email else f"{email}@demo.passavant.fr")
    await page.fill("input[name=password]", password)
    await page.get_by_role("button", name="Se connecter").click()
    await page.wait_for_url(lambda url: "/connexion" not in url)


async def axe(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe-core holds against the page as it is shown, one line per element; empty when all is well.

    `only` names some of its rules.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    lines: list[str] = await page.evaluate(_HELD_AGAINST, list(only))
    return lines
