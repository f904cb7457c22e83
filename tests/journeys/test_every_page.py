"""Every page, at three widths, light and dark, for each kind of person: axe, one h1, no overflow (COM-32, SES-50).

Seen to fail: `overflow-wrap: break-word` in assets/css/base.css, a select of 15 px, a place of the navigation offered
to everybody.
"""

import subprocess
import sys

import pytest
from playwright.async_api import Page, expect

from app.frontend.build import ROOT
from app.page_table import PAGES
from state.kit.doors import door_of
from state.kit.guard import anyone
from tests.journeys import consignment
from tests.support import long_words
from tests.support.browsing import DESKTOP, OF_COLOURS, OpenPage, axe, sign_in
from tests.support.served import ServedApp


def _addresses(*, public: bool) -> tuple[str, ...]:
    return tuple(address for page in PAGES if (page.guard is anyone) == public for address in page.addresses)


PUBLIC = _addresses(public=True)
SIGNED_IN = _addresses(public=False)
"""From the table of pages: a new one is looked at as soon as it has a row."""
WIDTHS = {390: 844, 768: 1024, 1280: 800}
"""A phone, a tablet and a desktop: width to height."""
NARROW = {320: 800, 640: 400}
"""Where nothing may overflow either: the narrowest of WCAG (1.4.10), and a desktop's screen at 200 %."""
THEMES = ("light", "dark")
PEOPLE = (
    *("importateur", "comptable", "assistant", "transitaire", "mandataire", "correspondante"),
    *("sivep", "douane", "superviseur", "dgitm"),
)
"""One of each kind; those that are left out see pages as another does."""
OF_LONG_WORDS = {
    long_words.OPERATOR: (
        *(
            "/tableau-de-bord",
            "/suivi",
            f"/suivi?q={long_words.WORD}",
            "/rendez-vous",
            "/rendez-vous/nouveau",
        ),
        *(f"/suivi/{long_words.REFERENCE}", f"/rendez-vous/{long_words.TICKET}"),
        *("/notifications", "/profil", "/entreprise"),
    ),
    long_words.OFFICER: (
        *("/agent", "/agent/alertes", "/agent/planning", "/agent/planning?vue=semaine", "/agent/offre"),
        *("/agent/messages", "/agent/messages?etat=attente", "/agent/rattachements", "/suivi"),
        f"/suivi/{long_words.REFERENCE}",
    ),
    "superviseur": ("/agent", "/agent/avis", "/agent/messages"),
}
"""Where the words of others are shown."""
_STRUCTURE = """() => {
  const worded = new Set(["aria-label", "title", "alt", "placeholder", "content", "value", "name"]);
  const kept = new Set(["id", "class", "style", "role", "type", "for", "tabindex", "lang", "hidden", "disabled", "open",
    "inert"]);
  const main = document.querySelector("main");
  const attribute = ({ name, value }) => worded.has(name) ? `${name}?${value.trim() !== ""}`
    : kept.has(name) || /^(aria|data)-/.test(name) ? `${name}=${value.replace(/[0-9]+/g, "0")}` : "";
  const of = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "word" : "";
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const below = new Set([...node.childNodes].filter((one) => one !== main).map(of));
    const shown = node.closest("nav") && node.tagName === "A" ? [] : [...node.attributes];
    return `<${node.tagName} ${shown.map(attribute).sort().join(" ")}>${[...below].join("")}</>`;
  };
  return [of(main), of(document.body)];
}"""
"""Main and what is around it, without words and figures, nor what is repeated: what axe judges, whatever is said.

Links of a menu are alike: which of them is the current page makes no other menu.
"""
_held: set[str] = set()
"""What axe judged before: a page that shows the same to several, apart from words, is judged once."""


async def check(page: Page, path: str) -> None:
    """Open the page once, and hold it against what every page owes at each width, in each theme."""
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(path)
    await expect(page.locator("h1")).to_have_count(1)
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert await page.evaluate("document.documentElement.lang") == "fr"
    assert (await page.title()).endswith("Passavant")
    new = set(await page.evaluate(_STRUCTURE)) - _held
    _held.update(new)
    for theme in THEMES if new else ():
        await page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        await expect(page.locator("html")).to_have_class(theme)
        rules = () if theme == THEMES[0] else OF_COLOURS
        for width, height in (WIDTHS if not rules else {390: 844, 1280: 800}).items():
            await _fits(page, path, width, height)
            assert await axe(page, rules) == [], f"{path}, {width} px, {theme}"
    known_and_closed = not new and await page.locator("[data-refused]").count()
    for width, height in ({} if known_and_closed else NARROW).items():
        await _fits(page, path, width, height)
    if not new:  # what is said differs, and may be wider
        await _fits(page, path, 390, 844)


async def _fits(page: Page, path: str, width: int, height: int) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{path} is {wide - width} px wider than its {width} px"
    if width < 640:
        assert await page.evaluate(_SMALL) == [], f"{path}: a phone zooms in on a field below 16 px"


_SMALL = """[...document.querySelectorAll("select, textarea, input:not([type=radio]):not([type=checkbox])")]
    .filter((field) => field.offsetParent && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.outerHTML.slice(0, 200))"""


async def _doors(page: Page) -> set[str]:
    """The pages that not everybody may open, and that this one leads to."""
    links: list[str] = await page.evaluate(
        "[...document.querySelectorAll('a[href^=\"/\"]')].map((link) => link.getAttribute('href'))"
    )
    return {door for door in map(door_of, links) if door}


async def test_public_pages(open_page: OpenPage) -> None:
    """COM-32, COM-30: what anybody may open; PPR-50: at every width, and no page opens a window by itself."""
    page = await open_page(DESKTOP)
    for path in PUBLIC:
        await check(page, path)
    assert page.context.pages == [page]


@pytest.mark.parametrize("who", PEOPLE)
async def test_pages_of_people_signed_in(open_page: OpenPage, served_app: ServedApp, who: str) -> None:
    """COM-32: every page, for operators with and without habilitation, for officers, and for those who serve them."""
    reference = consignment.notify(served_app, consignment.new_ched())
    page = await open_page(DESKTOP)
    await sign_in(page, who)
    offered: dict[str, str] = {}
    closed: set[str] = set()
    for path in (*SIGNED_IN, f"/suivi/{reference}", "/", "/aide"):
        await check(page, path)
        offered |= dict.fromkeys(await _doors(page), path)
        if await page.locator("[data-refused]").count():
            closed.add(door_of(path))
    for door, path in offered.items():
        if door in closed:  # offered for a moment, perhaps: until it is known who is there
            await page.goto(path)
            await expect(page.locator(f'a[href^="{door}"]'), f"{path} leads to {door}").to_have_count(0)


@pytest.mark.parametrize("who", OF_LONG_WORDS)
async def test_a_word_of_sixty_letters_widens_no_page(
    open_page: OpenPage, served_app: ServedApp, who: str
) -> None:
    """COM-32: goods, parties, seals, names, reasons, references: whatever others write, on a telephone's screen."""
    _write_long_words(served_app)
    page = await open_page(DESKTOP)
    await sign_in(page, who)
    for path in OF_LONG_WORDS[who]:
        await page.goto(path)
        await expect(page.locator("h1")).to_have_count(1)
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert long_words.WORD[:40].lower() in (await page.inner_text("body")).lower(), path
        for width in (320, 390, 768):
            await _fits(page, path, width, 800)


def _write_long_words(served: ServedApp) -> None:
    """Once for each application that is served."""
    done = served.data / "long-words"
    if not done.exists():
        words = [sys.executable, "-m", "tests.support.long_words"]
        subprocess.run(words, cwd=ROOT, env=served.environment, check=True, timeout=120)
        done.touch()
