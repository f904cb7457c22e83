"""The ground that browser tests stand on: a served page, a phone, a desktop, an accessibility check."""

from playwright.async_api import Page, expect

from tests.support.browsing import axe


async def test_the_home_page_shows_on_a_desktop_and_on_a_phone(desktop: Page, phone: Page) -> None:
    for page in (desktop, phone):
        await page.goto("/")
        await expect(page.locator("h1")).to_be_visible()
    width = await phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "the page is wider than the phone"


async def test_axe_finds_what_is_wrong(page: Page) -> None:
    await page.set_content('<main><h1>x</h1><img src="/none.png"></main>')
    assert any(line.startswith("image-alt") for line in await axe(page))
