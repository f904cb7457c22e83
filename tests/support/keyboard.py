"""Going about a page as somebody without a pointer does: Tab, and what is seen of it."""

from playwright.async_api import Locator, Page

_FURTHEST = 120
"""Steps with Tab after which a control counts as out of reach."""
_SEEN = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "nothing has the focus";
  const drawn = [[at, null], [at, "::after"], [at.closest("label"), null]].some(([one, part]) => {
    const style = one && getComputedStyle(one, part);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const name = `${at.tagName} ${at.className} ${at.textContent.slice(0, 40)}`;
  if (!drawn) return `no focus is drawn on ${name}`;
  const box = (at.closest("label") || at).getBoundingClientRect();
  const shown = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  if (!shown) return `out of the screen: ${name}`;
  const [x, y] = [box.left + box.width / 2, Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1)];
  const over = document.elementFromPoint(x, y)?.closest(".topbar, .mainnav");
  return over && !over.contains(at) ? `hidden behind ${over.className}: ${name}` : "";
}
"""


async def focus_is_seen(page: Page) -> None:
    """Fail unless the focus is drawn, on the screen, and behind nothing (WCAG 2.4.7, 2.4.11)."""
    wrong = await page.evaluate(_SEEN)
    assert not wrong, wrong


async def tab_to(page: Page, wanted: Locator, *, back: bool = False) -> None:
    """Step with Tab until the control has the focus, which must be seen at each step."""
    await wanted.first.wait_for(state="attached")
    for _ in range(_FURTHEST):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        if await page.evaluate("document.activeElement === document.body"):
            continue  # past the last control: the browser's own come next
        await focus_is_seen(page)
        if await wanted.first.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is out of reach")


async def press(page: Page, wanted: Locator) -> None:
    """Go to a button or a link, and press Enter there."""
    await tab_to(page, wanted)
    await page.keyboard.press("Enter")


async def moment_passed(page: Page) -> None:
    """Wait until the next press of a button is another one, not the last one repeated (assets/js/passavant.js)."""
    since = await page.evaluate("performance.now()")
    await page.wait_for_function("(since) => performance.now() - since > 700", arg=since)
