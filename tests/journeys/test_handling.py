"""Officers settle what nobody could match or read, and those concerned see it (SES-01, SES-04, SES-05)."""

from dataclasses import replace

from playwright.async_api import expect

from demo.writers.contents import write_ched
from models.border.passage.content import Party
from tests.journeys import consignment
from tests.journeys.test_live import frames_of
from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe, sign_in
from tests.support.sending import token
from tests.support.served import ServedApp


async def test_an_officer_ties_a_consignment_and_the_company_sees_it(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-01, SES-04: the company's open list has it without a reload; a competitor receives nothing."""
    ched = consignment.new_ched()
    unknown = f"FR{ched.reference[-7:]}L"
    nobody = Party("consignee", "Maison Inconnue", "FR", "Le Havre", identifier=unknown)
    reference = consignment.notify(served_app, replace(ched, parties=(nobody,)))
    officer, owner, competitor = await open_page(PHONE), await open_page(), await open_page()
    overheard = frames_of(competitor)
    await sign_in(owner, "importateur")
    await owner.goto(f"/suivi?q={reference[-7:]}")
    await expect(owner.get_by_text("Aucun envoi ne correspond")).to_be_visible()
    await owner.evaluate("window.notReloaded = true")
    await sign_in(competitor, "concurrent")
    await competitor.goto("/suivi")
    await expect(competitor.get_by_role("status").get_by_text("En direct")).to_be_visible()

    await sign_in(officer, "sivep")
    await officer.get_by_role("link", name="Rattacher").click()
    await expect(officer.get_by_role("heading", level=1)).to_have_text("Envois sans entreprise")
    row = officer.get_by_role("listitem").filter(has_text=reference)
    await expect(row).to_contain_text("Maison Inconnue")
    await row.get_by_role("button", name="Rattacher à une entreprise").press("Enter")
    dialog = officer.get_by_role("dialog", name="Rattacher l’envoi")
    await expect(dialog).to_contain_text(reference)  # opened at once; a person types later than this
    await dialog.get_by_label("SIREN de l’entreprise").fill("912345676")
    await dialog.get_by_role("button", name="Vérifier").click()
    await expect(dialog.get_by_text("sa clé de contrôle ne correspond pas")).to_be_visible()
    await dialog.get_by_label("SIREN de l’entreprise").fill("912 345 675")
    await dialog.get_by_role("button", name="Vérifier").click()
    await expect(dialog).to_contain_text("Kerdrel Primeurs, SIREN 912")
    await expect(dialog).to_contain_text(unknown)
    assert await axe(officer) == []
    await dialog.get_by_role("button", name="Confirmer le rattachement").click()
    await expect(
        officer.get_by_role("status").get_by_text("Envoi rattaché à Kerdrel Primeurs.")
    ).to_be_visible()
    await expect(dialog).to_be_hidden()

    await expect(owner.get_by_role("row").filter(has_text=reference)).to_be_visible()
    assert await owner.evaluate("window.notReloaded"), "the page was reloaded"
    assert not [frame for frame in overheard if reference in frame]

    again = consignment.notify(served_app, replace(consignment.new_ched(), parties=(nobody,)))
    await owner.goto(f"/suivi/{again}")
    await expect(owner.get_by_text(again).first).to_be_visible()

    await officer.get_by_role("button", name=f"Annuler le rattachement de {reference}").click()
    await expect(owner.get_by_role("heading", level=1)).to_have_text("Envoi introuvable")


async def test_a_supervisor_corrects_a_refused_message(open_page: OpenPage, served_app: ServedApp) -> None:
    """SES-02: seen live, downloaded, corrected by a file, and applied."""
    ched = consignment.new_ched()
    good = write_ched(ched)
    page = await open_page(DESKTOP)
    await sign_in(page, "superviseur")
    await page.goto("/agent/messages")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Messages reçus")
    await expect(page.get_by_role("status").get_by_text("En direct")).to_be_visible()
    refused = await page.request.post(
        "/api/v1/messages", data=good[:-40], headers={"Authorization": f"Bearer {token(served_app)}"}
    )
    document = await refused.json()
    number = document["message_id"]
    row = page.get_by_role("listitem").filter(has_text=document["detail"]).first
    await expect(row).to_be_visible()
    await row.get_by_role("button", name=f"Rejouer le message {number}").click()
    await expect(page.get_by_role("alert").get_by_text("Le message reste refusé")).to_be_visible()
    original = await page.request.get(f"/messages-recus/{number}")
    assert await original.body() == good[:-40]

    await row.get_by_text("Envoyer une copie corrigée").click()
    file = {"name": "copie.xml", "mimeType": "text/xml", "buffer": good}
    await row.get_by_label("Fichier de la copie corrigée").set_input_files(file)  # type: ignore[arg-type]
    await row.get_by_role("button", name="Envoyer la copie").click()
    await expect(page.get_by_text(f"Elle est appliquée à {ched.reference}.")).to_be_visible()
    await expect(page.get_by_role("button", name=f"Rejouer le message {number}")).to_have_count(0)
