"""What a phone that has never been here must fetch. Bytes, not time: `make vitals` measures the time (COM-32)."""

import pytest
from playwright.async_api import Browser

from tests.support.browsing import PHONE, OpenPage, sign_in
from tests.support.served import ServedApp
from tools.vitals_browser import visit
from tools.vitals_page import AIM


@pytest.mark.parametrize(("path", "who"), [("/", ""), ("/suivi", "importateur")])
async def test_the_first_page_weighs_less_than_250_kb(
    browser: Browser, open_page: OpenPage, served_app: ServedApp, path: str, who: str
) -> None:
    """All of it: page, scripts, styles, fonts, what the websocket brings; each file of ours is compressed."""
    page = await open_page(PHONE)
    if who:
        await sign_in(page, who)
    cookies = await page.context.cookies()
    done = await visit(browser, served_app.url, path, cookies=cookies, slow=False)
    assert any(address.endswith(".css") for address in done.sizes)
    assert any(address.endswith(".woff2") for address in done.sizes)
    assert 150_000 < done.total <= AIM, sorted(done.sizes.items(), key=lambda one: -one[1])[:8]


async def test_what_is_named_after_its_content_is_fetched_once(open_page: OpenPage) -> None:
    """A second visit asks for the page and for facts: scripts and styles are kept for ever."""
    page = await open_page(PHONE)
    told: dict[str, str | None] = {}
    page.on("response", lambda answer: told.update({answer.url: answer.headers.get("cache-control")}))
    await page.goto("/", wait_until="load")
    built = [kept for address, kept in told.items() if "/assets/" in address]
    assert built
    assert set(built) == {"public, max-age=31536000, immutable"}
