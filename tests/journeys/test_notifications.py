"""Notices in real browsers: in step on two tabs and two devices, on a phone that is pushed to, and offline (SES-30)."""

import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from models.border.passage.vocabulary import StepKind, StepStatus
from tests.journeys import consignment
from tests.support.browsing import PHONE, OpenPage, axe, sign_in, whole_browser
from tests.support.served import ServedApp

ENDPOINT = "https://push.example.org/journey"
FAKE_PUSH = f"""
(() => {{
  // No push service here: the browser's part is played, ours is not.
  const key = (length) => {{ const bytes = new Uint8Array(length).fill(7); bytes[0] = 4; return bytes.buffer; }};
  const made = {{
    endpoint: "{ENDPOINT}", options: {{}}, unsubscribe: async () => true,
    getKey: (name) => key(name === "auth" ? 16 : 65),
  }};
  let here = null;
  PushManager.prototype.getSubscription = async () => here;
  PushManager.prototype.subscribe = async () => (here = made);
}})();
"""


def bell(page: Page) -> Any:
    """The bell of that screen."""
    return page.locator(".topbar .bell")


async def kept(page: Page, wanted: str) -> None:
    """Wait until the browser keeps that for offline; nothing at all when it is empty."""
    await page.wait_for_function(
        """(wanted) => {
          const seen = localStorage.getItem("passavant.seen") ?? "";
          return wanted ? seen.includes(wanted) : !seen;
        }""",
        arg=wanted,
    )


async def first_listed(page: Page, served: ServedApp) -> str:
    """Open the follow-up as it comes, which is what is kept for offline; the reference of its first line."""
    consignment.notify(served, consignment.new_ched())  # there is one at least, whichever tests ran before
    await page.goto("/suivi")
    return await page.locator("main .ref").first.inner_text()


async def worker(page: Page) -> Any:
    """The service worker that serves that page."""
    await page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    context: BrowserContext = page.context
    return context.service_workers[0]


async def test_ses_30_read_on_one_screen_read_on_all(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-30: two tabs of a desktop and a phone count together, without a reload; another company hears nothing."""
    desk, phone, rival = await open_page(), await open_page(PHONE), await open_page()
    await sign_in(desk, "importateur")
    await sign_in(phone, "importateur")
    await sign_in(rival, "concurrent")
    second = await desk.context.new_page()
    await desk.goto("/notifications")
    await phone.goto("/suivi")
    await second.goto("/profil")
    await rival.goto("/notifications")
    await expect(desk.get_by_role("heading", level=1, name="Notifications")).to_be_visible()
    all_read = desk.get_by_role("button", name="Tout marquer comme lu")
    if await all_read.count():
        await all_read.click()
    for page in (desk, second, phone):
        await expect(bell(page)).to_have_accessible_name("Notifications")
        await page.evaluate("window.notReloaded = true")
    reference = consignment.notify(served_app, consignment.new_ched())
    consignment.tell(served_app, reference, StepKind.DOCUMENTARY, StepStatus.UNSATISFACTORY)
    for page in (desk, second, phone):
        await expect(bell(page)).to_have_accessible_name(re.compile("^Notifications\\s: 1 non lue$"))
    await expect(bell(rival)).to_have_accessible_name("Notifications")
    offer = desk.get_by_role("button", name="nouvelle notification")
    if await offer.count():
        await offer.click()
    line = desk.get_by_role("listitem").filter(has_text=reference)
    mark = line.get_by_role("button")
    await expect(mark).to_contain_text("Marquer comme lue")
    await mark.focus()
    await desk.keyboard.press("Enter")
    await expect(mark).to_contain_text("Lue")
    await expect(mark).to_be_focused()
    for page in (desk, second, phone):
        await expect(bell(page)).to_have_accessible_name("Notifications")
        assert await page.evaluate("window.notReloaded"), "the page was reloaded"
    await line.get_by_role("link").click()
    await expect(desk).to_have_url(f"{served_app.url}/suivi/{reference}")
    assert await rival.get_by_text(reference).count() == 0


async def test_ses_30_a_choice_is_kept(open_page: OpenPage) -> None:
    """SES-30: saved at once, said, and found again; what cannot be switched off has no switch."""
    page = await open_page()
    await sign_in(page, "transitaire")
    await page.goto("/notifications/reglages")
    await page.get_by_label("E-mail, Décision rendue").select_option(label="Jamais")
    await expect(page.get_by_text("Enregistré : Décision rendue, e-mail, jamais.")).to_be_visible()
    box = page.get_by_role("checkbox", name="Envoi libéré, téléphone")
    await expect(box).to_be_checked()
    await box.click()
    await expect(box).not_to_be_checked()
    await page.reload()
    await expect(page.get_by_label("E-mail, Décision rendue")).to_have_value("off")
    await expect(box).not_to_be_checked()
    required = page.get_by_role("row").filter(has_text="Action requise")
    await expect(required).to_contain_text("Toujours")
    await expect(required.get_by_role("combobox")).to_have_count(0)


@pytest.mark.usefixtures("browser")
async def test_a_phone_is_allowed_pushed_to_and_removed(served_app: ServedApp) -> None:
    """SES-30: the browser is told, shows the words, and a click leads where they say; never out of the portal."""
    async with whole_browser(served_app, PHONE) as page:
        await _allow_push_and_remove(page)


async def _allow_push_and_remove(page: Page) -> None:
    await page.context.grant_permissions(["notifications"])
    await page.context.add_init_script(FAKE_PUSH)
    await sign_in(page, "mandataire")
    await page.goto("/notifications/reglages")
    await page.get_by_role("button", name="Activer sur ce téléphone").click()
    await expect(page.get_by_text("Cet appareil reçoit vos notifications.")).to_be_visible()
    await expect(page.locator(".push .place")).to_have_count(1)
    assert await axe(page) == []
    service = await worker(page)
    await service.evaluate(
        """async () => {
          const told = (url) => JSON.stringify({ title: "Action requise", body: "Un envoi attend.", url, tag: "t" });
          for (const url of ["https://elsewhere.example/", "//elsewhere.example/", "/notifications/aller/1"]) {
            self.dispatchEvent(new PushEvent("push", { data: told(url) }));
          }
          for (let tries = 0; tries < 50; tries += 1) {
            const shown = await self.registration.getNotifications();
            if (shown.length && shown[0].data.url === "/notifications/aller/1") return;
            await new Promise((next) => setTimeout(next, 100));
          }
          throw new Error("nothing was shown");
        }"""
    )
    shown = await service.evaluate(
        "async () => (await self.registration.getNotifications()).map((one) => [one.title, one.body, one.data.url])"
    )
    assert shown == [["Action requise", "Un envoi attend.", "/notifications/aller/1"]], (
        "one tag, one notification"
    )
    await service.evaluate(
        """async () => {
          const [notification] = await self.registration.getNotifications();
          self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )
    await page.wait_for_url("**/notifications")  # of nothing that was told to this person: the list
    await page.goto("/notifications/reglages")
    await page.locator(".push .place").get_by_role("button").click()
    await expect(page.get_by_role("button", name="Activer sur ce téléphone")).to_be_visible()


async def test_a_browser_that_refuses_is_told_so(open_page: OpenPage) -> None:
    """SES-30: no button that does nothing."""
    page = await open_page(PHONE)
    denied = "Object.defineProperty(Notification, 'permission', { get: () => 'denied' });"
    await page.context.add_init_script(denied)
    await sign_in(page, "mandataire")
    await page.goto("/notifications/reglages")
    await expect(page.get_by_text("Cet appareil refuse les notifications de Passavant.")).to_be_visible()
    await expect(page.get_by_role("button", name="Activer sur ce téléphone")).to_be_hidden()


async def test_offline_shows_what_was_seen_dated_and_nothing_after_signing_out(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-04, COM-06: of the person signed in, erased at sign-out; no secret of the session is kept."""
    page = await open_page(PHONE)
    await sign_in(page, "importateur")
    reference = await first_listed(page, served_app)
    await worker(page)
    await kept(page, reference)
    await page.context.set_offline(True)
    await page.goto("/suivi")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes hors ligne")
    await expect(page.get_by_text(reference)).to_be_visible()
    await expect(page.locator("#when")).to_contain_text("État vu le")
    assert await axe(page) == []
    await page.context.set_offline(False)
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Suivi en direct"
    )  # it came back by itself
    await page.locator(".user-btn").click()
    await page.get_by_role("button", name="Se déconnecter").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Suivez vos marchandises")
    assert await page.evaluate("localStorage.getItem('passavant.seen')") is None
    await page.context.set_offline(True)
    await page.goto("/suivi")
    await expect(page.locator("#none")).to_be_visible()
    assert await page.get_by_text(reference).count() == 0


async def test_the_page_shown_offline_leaves_by_itself_though_nothing_says_that_the_network_is_back(
    open_page: OpenPage,
) -> None:
    """COM-06: the portal was away rather than the network, or the page came back a moment too early."""
    page = await open_page(PHONE)
    await page.goto("/hors-ligne.html")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Suivez vos marchandises")


async def test_another_person_at_the_same_browser_finds_nothing_of_the_last(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-04: even when the first one's session ended elsewhere."""
    page = await open_page()
    await sign_in(page, "importateur")
    reference = await first_listed(page, served_app)
    await kept(page, reference)
    await page.context.clear_cookies()
    await sign_in(page, "comptable")
    await page.goto("/profil")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await kept(page, "")
