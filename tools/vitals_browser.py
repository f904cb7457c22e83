"""What one cold visit on a slow phone costs: bytes, paint, shift, and how fast the page answers a finger."""

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, expect

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "fr-FR",
    "timezone_id": "Europe/Paris",
}
ROUND_TRIP = 150
"""Milliseconds added to each request: the slow 4G of Lighthouse."""
DOWN, UP = 1_600_000 // 8, 750_000 // 8
"""Bytes a second, from and to the phone."""
SLOWER = 4
"""How many times slower than this machine the phone computes."""
_SETTLED = 1000
"""Milliseconds without anything received after which the page counts as loaded."""
_WATCH = """
(() => {
  const seen = (window.__vitals = { lcp: 0, what: "", shift: 0, moved: [], slowest: 0, ready: 0 });
  const watch = (type, tell, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type, buffered: true, ...more });
  watch("largest-contentful-paint", (entry) => {
    seen.lcp = entry.startTime;
    seen.what = (entry.element?.className || entry.element?.tagName || "").toString().slice(0, 40);
  });
  const name = (node) => (node?.className || node?.nodeName || "?").toString().slice(0, 40);
  watch("layout-shift", (entry) => {
    if (entry.hadRecentInput) return;
    seen.shift += entry.value;
    seen.moved.push(`${entry.value.toFixed(3)} ${entry.sources.map((one) => name(one.node)).join(", ")}`);
  });
  watch("event", (entry) => { if (entry.interactionId) seen.slowest = Math.max(seen.slowest, entry.duration); },
    { durationThreshold: 16 });
  const look = () => {
    const waits = !document.querySelector("main h1") || document.querySelector("[aria-busy=true]");
    if (waits) seen.ready = 0;
    else if (!seen.ready) seen.ready = performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
})();
"""


@dataclass
class Visit:
    """One page, as it was measured. Times in milliseconds, sizes in bytes as they travelled."""

    path: str
    largest_paint: float = 0
    what: str = ""
    ready: float = 0
    """When nothing on the page was a skeleton any more: for a page of facts, what people wait for."""
    shift: float = 0
    moved: list[str] = field(default_factory=list)
    """Each shift, and the classes of what it moved."""
    slowest: float = 0
    pushed: int = 0
    """What came through the websocket, before its own compression."""
    sizes: dict[str, int] = field(default_factory=dict)
    """By address: what each answer weighed, headers included."""

    @property
    def total(self) -> int:
        """All that the phone received."""
        return sum(self.sizes.values()) + self.pushed


class Scales:
    """Weighs what a page receives, from now on."""

    def __init__(self, cdp: CDPSession, visit: Visit) -> None:
        self._visit = visit
        self._addresses: dict[str, str] = {}
        cdp.on("Network.requestWillBeSent", self._asked)
        cdp.on("Network.loadingFinished", self._finished)
        cdp.on("Network.webSocketFrameReceived", self._pushed)

    def _asked(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        address = self._addresses.get(event["requestId"], "?")
        sizes = self._visit.sizes
        sizes[address] = sizes.get(address, 0) + int(event["encodedDataLength"])

    def _pushed(self, event: dict[str, Any]) -> None:
        self._visit.pushed += len(event["response"]["payloadData"].encode())


async def visit(browser: Browser, address: str, path: str, *, cookies: Any = (), slow: bool = True) -> Visit:
    """Open the page in a browser that has never been there; `slow` as a phone on slow 4G."""
    context = await browser.new_context(base_url=address, **PHONE)
    try:
        await context.add_cookies(list(cookies))
        return await _measured(context, path, slow=slow)
    finally:
        await context.close()


async def _measured(context: BrowserContext, path: str, *, slow: bool) -> Visit:
    page = await context.new_page()
    page.set_default_timeout(60_000)
    await page.add_init_script(_WATCH)
    cdp = await context.new_cdp_session(page)
    done = Visit(path)
    Scales(cdp, done)
    await cdp.send("Network.enable")
    if slow:
        await _slow_down(cdp)
    await page.goto(path)
    await expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=30_000)
    before = None
    while before != (before := (len(done.sizes), done.pushed)):
        await page.wait_for_timeout(_SETTLED)
    seen = await page.evaluate("window.__vitals")
    done.largest_paint, done.what, done.ready = seen["lcp"], seen["what"], seen["ready"]
    done.shift, done.moved = seen["shift"], seen["moved"]
    weighed = (dict(done.sizes), done.pushed)
    await _use(page)
    done.slowest = await page.evaluate("window.__vitals.slowest")
    done.sizes, done.pushed = weighed
    return done


async def _slow_down(cdp: CDPSession) -> None:
    conditions = {
        "offline": False,
        "latency": ROUND_TRIP,
        "downloadThroughput": DOWN,
        "uploadThroughput": UP,
    }
    await cdp.send("Network.emulateNetworkConditions", conditions)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


async def _use(page: Page) -> None:
    """What anybody does: a tap on the first button, keys in the first field, a few steps with Tab."""
    button = page.locator("main button:visible:not([type=submit]), header button:visible, summary:visible")
    if await button.count():
        await button.first.tap()
        await page.keyboard.press("Escape")
    box = page.locator("main input:visible:is([type=text], [type=search], [type=email], :not([type]))")
    if await box.count():
        await box.first.press_sequentially("kiwi", delay=80)
    for _ in range(5):
        await page.keyboard.press("Tab")
    await page.wait_for_timeout(_SETTLED)
