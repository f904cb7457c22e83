"""What comes out of the printer of a consignment: its facts, in black on few sheets, and nothing that only works on screen.

Seen to fail with the style sheet for paper left out.
"""

from io import BytesIO

from playwright.async_api import expect
from pypdf import PdfReader

from models.border.passage.vocabulary import StepKind, StepStatus
from tests.journeys import consignment
from tests.support.browsing import OpenPage, sign_in
from tests.support.served import ServedApp

ON_SCREEN_ONLY = ("Aller au contenu", "Navigation principale", "Notifications", "Se déconnecter", "En direct")


async def test_com_32_a_consignment_on_paper(open_page: OpenPage, served_app: ServedApp) -> None:
    """COM-32: who reads it on the quay finds reference, container, whose turn it is, and each step with its date."""
    reference = consignment.notify(served_app, consignment.new_ched())
    consignment.tell(served_app, reference, StepKind.ARRIVAL, StepStatus.DONE)
    page = await open_page(color_scheme="dark")
    await sign_in(page, "importateur")
    await page.goto(f"/suivi/{reference}")
    await expect(page.get_by_text(reference).first).to_be_visible()
    printed = PdfReader(BytesIO(await page.pdf(format="A4", print_background=True)))
    assert len(printed.pages) <= 3
    words = " ".join(" ".join(one.extract_text() for one in printed.pages).split())
    assert reference in words
    assert "CSQU 305438 3" in words
    assert "Contrôle documentaire" in words
    assert [one for one in ON_SCREEN_ONLY if one in words] == []
