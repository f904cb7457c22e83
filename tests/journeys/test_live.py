"""What is seen live: two people at two screens, and a third who must see nothing (SES-01, SES-04, SES-05)."""

from playwright.async_api import Page, WebSocket, expect

from models.border.passage.vocabulary import StepKind, StepStatus
from tests.journeys import consignment
from tests.support.browsing import PHONE, OpenPage, sign_in
from tests.support.served import ServedApp


def frames_of(page: Page) -> list[str]:
    """Every websocket frame that this page receives from now on."""
    received: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(str(frame)))

    page.on("websocket", listen)
    return received


async def test_an_officer_records_a_result_and_the_importer_sees_it(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-01, SES-04, SES-05: list and page change without a reload; a competitor receives nothing."""
    ched = consignment.new_ched()
    reference = consignment.notify(served_app, ched)
    consignment.tell(served_app, reference, StepKind.ARRIVAL, StepStatus.DONE)
    importer_list, importer_page = await open_page(PHONE), await open_page()
    officer, competitor = await open_page(), await open_page()
    overheard = frames_of(competitor)
    await sign_in(importer_list, "importateur")
    await importer_list.goto(f"/suivi?q={reference[-7:]}")
    await sign_in(importer_page, "importateur")
    await importer_page.goto(f"/suivi/{reference}")
    await sign_in(competitor, "concurrent")
    await competitor.goto("/suivi")
    await expect(competitor.get_by_role("status").get_by_text("En direct")).to_be_visible()
    row = importer_list.get_by_role("row").filter(has_text=reference)
    await expect(row).to_contain_text("En cours")
    for page in (importer_list, importer_page):
        await page.evaluate("window.notReloaded = true")

    await sign_in(officer, "sivep")
    await officer.goto(f"/suivi/{reference}")
    await officer.get_by_label("Étape", exact=True).select_option(label="Contrôle documentaire")
    await officer.get_by_text("Non conforme", exact=True).click()
    await officer.get_by_label("Motif").select_option(label="Certificat non valable")
    await officer.get_by_label("Précisions").fill("Page 2 illisible")
    await officer.get_by_role("button", name="Enregistrer : contrôle documentaire non conforme").click()
    await expect(officer.get_by_text("Enregistré : contrôle documentaire, non conforme.")).to_be_visible()

    await expect(row).to_contain_text("Bloqué")
    await expect(row).to_contain_text("Contrôle documentaire non conforme : certificat non valable")
    await expect(row).to_have_class("row-c fresh")
    await expect(importer_page.get_by_text("Page 2 illisible").first).to_be_visible()
    for page in (importer_list, importer_page):
        assert await page.evaluate("window.notReloaded"), "the page was reloaded"
    assert not [frame for frame in overheard if reference in frame or "Page 2" in frame]


async def test_a_new_consignment_is_offered_and_not_pushed_under_the_finger(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-01: a newcomer is announced; the list is sorted anew only when asked."""
    consignment.notify(served_app, consignment.new_ched())
    page = await open_page()
    await sign_in(page, "importateur")
    await page.goto("/suivi")
    await expect(page.get_by_role("row").nth(1)).to_be_visible()
    newcomer = consignment.notify(served_app, consignment.new_ched("06031100"))
    offer = page.get_by_role("button", name="1 nouvel envoi : afficher")
    await expect(offer).to_be_visible()
    await expect(page.get_by_text(newcomer)).to_have_count(0)
    await offer.click()
    await page.goto(f"/suivi?q={newcomer[-7:]}")
    await expect(page.get_by_role("row").filter(has_text=newcomer)).to_be_visible()


async def test_a_screen_that_lost_its_connection_says_so_and_catches_up(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-01: the indicator tells the truth, and what was missed is there when it is back."""
    reference = consignment.notify(served_app, consignment.new_ched())
    page = await open_page()
    await sign_in(page, "importateur")
    await page.goto(f"/suivi?q={reference[-7:]}")
    row = page.get_by_role("row").filter(has_text=reference)
    await expect(row).to_contain_text("En attente")
    await page.context.set_offline(True)
    live = page.locator(".topbar .live")
    await expect(live).to_contain_text("Hors ligne")
    consignment.tell(served_app, reference, StepKind.ARRIVAL, StepStatus.DONE)
    await page.context.set_offline(False)
    await expect(live).to_contain_text("En direct")
    await expect(row).to_contain_text("En cours")


async def test_signing_out_leaves_nothing_in_the_tab(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-04: the next person at the same tab is sent nothing of the last one's."""
    reference = consignment.notify(served_app, consignment.new_ched())
    page = await open_page()
    received = frames_of(page)
    await sign_in(page, "importateur")
    await page.goto(f"/suivi/{reference}")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Avocats du Pérou")
    await page.locator(".user-btn").click()
    received.clear()
    await page.get_by_role("button", name="Se déconnecter").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Suivez vos marchandises")
    await sign_in(page, "concurrent")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Tableau de bord")
    assert not [frame for frame in received if reference in frame]
