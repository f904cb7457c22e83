"""An alert about a service in real browsers: it appears and leaves without a reload, and fits every screen (MET-11)."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import Locator, Page, expect

from tests.support.browsing import PHONE, OpenPage, axe, sign_in
from tests.support.served import ServedApp

SAID = "Les validations n'aboutissent pas."


def banner(page: Page, title: str) -> Locator:
    """The banner of that service, in a region that is read out."""
    return page.get_by_role("status").locator(".outage").filter(has_text=title)


@contextmanager
def alert(served: ServedApp, *part: str) -> Iterator[None]:
    """One in force, published as whoever runs the portal does."""
    service, *mode = part
    done = served.command("service-alert", "start", service, SAID, *mode)
    assert done.returncode == 0, done.stderr
    try:
        yield
    finally:
        done = served.command("service-alert", "end", service, *mode)
    assert done.returncode == 0, done.stderr


async def test_met_11_a_banner_appears_and_leaves_by_itself(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """MET-11: on the dashboard of who declares there, on a phone too, and not elsewhere; put out of the way by keyboard."""
    desk, phone, rival = await open_page(), await open_page(PHONE), await open_page()
    await sign_in(desk, "importateur")
    await sign_in(phone, "importateur")
    await sign_in(rival, "concurrent")
    for page in (desk, phone, rival):
        await expect(page.locator("h1")).to_have_text("Tableau de bord")
    with alert(served_app, "DELTA_G", "--mode", "DTI"):
        for page in (desk, phone):
            await expect(banner(page, "DELTA G, mode DTI")).to_contain_text(
                "Les validations n’aboutissent pas."
            )
            await expect(banner(page, "DELTA G, mode DTI")).to_contain_text("Depuis le ")
            for theme in ("light", "dark"):
                await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                await expect(page.locator("html")).to_have_class(theme)
                assert await axe(page) == []
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0
        await expect(banner(rival, "DELTA")).to_have_count(0)
        close = banner(phone, "DELTA").get_by_role("button", name="Masquer")
        await close.focus()
        await phone.keyboard.press("Enter")
        await expect(banner(phone, "DELTA")).to_have_count(0)
        await desk.goto("/profil")
        await expect(desk.locator("h1")).to_be_visible()
        await expect(banner(desk, "DELTA")).to_have_count(0)
        await desk.goto("/suivi")
        await expect(banner(desk, "DELTA")).to_be_visible()
    await expect(banner(desk, "DELTA")).to_have_count(0)


async def test_met_11_the_portal_s_alert_reaches_who_is_not_signed_in(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """MET-11: on public pages, live."""
    home, phone = await open_page(), await open_page(PHONE)
    await home.goto("/")
    await phone.goto("/connexion")
    for page in (home, phone):
        await expect(page.locator("h1")).to_be_visible()
    with alert(served_app, "PORTAL"):
        for page in (home, phone):
            await expect(banner(page, "Passavant")).to_be_visible()
            assert await axe(page) == []
    for page in (home, phone):
        await expect(banner(page, "Passavant")).to_have_count(0)
