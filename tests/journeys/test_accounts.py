"""Accounts as people live them: signing up through the letter on disk, a forgotten password, another device."""

import uuid
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.support.browsing import DESKTOP, PHONE, OpenPage, axe, sign_in
from tests.support.mailbox import link_in, next_letter
from tests.support.served import PASSWORD, ServedApp

CHOSEN = "Quai-3-froid-2026"
ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0"


def new_address() -> str:
    """An address that nobody has."""
    return f"nouvelle.{uuid.uuid4().hex[:8]}@kerdrel.example"


async def sign_up(page: Page, email: str, siren: str = "912 345 675") -> None:
    """Fill the form in and send it."""
    await page.goto("/inscription")
    await page.fill("input[name=name]", "Maëlle Kerdrel")
    await page.fill("input[name=email]", email)
    await page.fill("input[name=siren]", siren)
    await page.get_by_role("button", name="Créer mon compte").click()


async def choose_password(page: Page, link: str, password: str = CHOSEN) -> None:
    """Open the link of a letter, and send its form."""
    await page.goto(link)
    await page.fill("input[name=password]", password)
    await page.locator("form[action='/compte/mot-de-passe'] button[type=submit]").click()


async def test_com_03_signing_up_through_the_letter(open_page: OpenPage, served_app: ServedApp) -> None:
    """COM-03, COM-05, PPR-02: sign-up, letter, link, password, sign-in; on a phone."""
    page, email = await open_page(PHONE), new_address()
    await sign_up(page, email)
    await expect(page.get_by_text("Regardez votre messagerie")).to_be_visible()
    letter = await next_letter(served_app, email)
    link = link_in(letter)
    await page.goto(link)
    await expect(page.get_by_text("Maëlle Kerdrel, Kerdrel Primeurs")).to_be_visible()
    await page.goto(link)
    await choose_password(page, link)
    await page.wait_for_url("**/connexion")
    await expect(page.get_by_text("Votre mot de passe est enregistré")).to_be_visible()
    await expect(page.locator("input[name=email]")).to_have_value(email)
    await page.fill("input[name=password]", CHOSEN)
    await page.get_by_role("button", name="Se connecter").click()
    await page.wait_for_url("**/cgu?suite=%2Ftableau-de-bord")
    await page.goto("/suivi")
    await page.wait_for_url("**/cgu?suite=%2Fsuivi")
    await page.get_by_role("button", name="J’ai lu et j’accepte").click()
    await page.wait_for_url("**/suivi")
    await expect(page.get_by_text("Il vous manque l’habilitation")).to_be_visible()
    await page.goto("/profil")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Maëlle Kerdrel")
    await expect(page.get_by_text("Version 2026-01")).to_be_visible()


async def test_com_01_rules_tick_while_one_types(open_page: OpenPage, served_app: ServedApp) -> None:
    """COM-01: what is missing, and by how much; a mail scanner that opened the link first did no harm."""
    page, email = await open_page(DESKTOP), new_address()
    await sign_up(page, email)
    link = link_in(await next_letter(served_app, email))
    scanner = await open_page(DESKTOP)
    await scanner.goto(link)
    await expect(scanner.locator("input[name=password]")).to_be_visible()
    await page.goto(link)
    await page.fill("input[name=password]", "Quai3-froid")
    await expect(page.locator("[data-rule=length]")).to_contain_text("il en manque\u00a01")
    await expect(page.locator("[data-rule][data-met]")).to_have_count(4)
    await page.fill("input[name=password]", "Quai3-froids")
    await expect(page.locator("[data-rule][data-met]")).to_have_count(5)
    await page.locator("form[action='/compte/mot-de-passe'] button[type=submit]").click()
    await page.wait_for_url("**/connexion")


async def test_what_is_wrong_takes_the_focus_and_keeps_what_was_typed(page: Page) -> None:
    """SES-50, COM-32: a summary that leads to the fields."""
    await sign_up(page, "pas une adresse", "912 345 676")
    await expect(page.get_by_role("alert").filter(has_text="À corriger")).to_be_focused()
    await expect(page.locator("input[name=name]")).to_have_value("Maëlle Kerdrel")
    await expect(page.get_by_text("sa clé de contrôle ne correspond pas")).to_be_visible()
    await page.fill("input[name=siren]", "912 345 675")
    await page.locator("input[name=name]").focus()
    await expect(page.get_by_text("Kerdrel Primeurs")).to_be_visible()


async def member(page: Page, served_app: ServedApp) -> str:
    """A new account whose password is CHOSEN, and whose holder accepted the terms; its address."""
    email = new_address()
    await sign_up(page, email)
    await choose_password(page, link_in(await next_letter(served_app, email)))
    await page.wait_for_url("**/connexion")
    await sign_in(page, email, password=CHOSEN)
    await page.get_by_role("button", name="J’ai lu et j’accepte").click()
    await page.wait_for_url("**/tableau-de-bord")
    return email


async def test_com_05_a_forgotten_password_and_the_sessions_it_ends(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """COM-05: the other browser is sent out at once, and a letter says what happened."""
    inside, forgetful = await open_page(DESKTOP), await open_page(PHONE)
    email = await member(inside, served_app)
    await inside.goto("/profil")
    await expect(inside.get_by_text("cette session")).to_be_visible()
    await forgetful.goto("/connexion")
    await forgetful.get_by_role("link", name="Mot de passe oublié").click()
    await forgetful.wait_for_url("**/mot-de-passe")
    await forgetful.fill("form[action='/compte/lien'] input[name=email]", "personne@kerdrel.example")
    await forgetful.get_by_role("button", name="Recevoir un lien").click()
    await expect(forgetful.get_by_text("Regardez votre messagerie")).to_be_visible()
    await forgetful.get_by_role("link", name="Indiquer une autre adresse").click()
    await forgetful.fill("form[action='/compte/lien'] input[name=email]", email)
    await forgetful.get_by_role("button", name="Recevoir un lien").click()
    await expect(forgetful.get_by_text(email)).to_be_visible()
    link = link_in(await next_letter(served_app, email, after=1))
    await choose_password(forgetful, link, PASSWORD)
    await forgetful.wait_for_url("**/connexion")
    await expect(inside.get_by_text("Votre session est terminée")).to_be_visible()
    told = await next_letter(served_app, email, after=2)
    assert told["Subject"] == "Votre mot de passe a été changé"
    await forgetful.goto(link)
    await expect(forgetful.get_by_text("Ce lien ne sert plus")).to_be_visible()
    await sign_in(forgetful, email, password=PASSWORD)


async def test_ses_04_closing_another_session_sends_that_browser_out(
    open_page: OpenPage, served_app: ServedApp
) -> None:
    """SES-04: the list names the devices, and follows; this session stays."""
    here, there = await open_page(DESKTOP), await open_page(PHONE, user_agent=ANDROID)
    email = await member(here, served_app)
    await here.goto("/profil")
    await expect(here.get_by_text("cette session")).to_be_visible()
    await sign_in(there, email, password=CHOSEN)
    await there.goto("/profil")
    await expect(here.get_by_text("Firefox sur Android", exact=True)).to_be_visible()
    await here.get_by_role("button", name="Fermer la session Firefox sur Android").click()
    await expect(there.get_by_text("Votre session est terminée")).to_be_visible()
    await expect(here.get_by_text("Firefox sur Android")).to_have_count(0)
    await there.goto("/suivi")
    await there.wait_for_url("**/connexion?next=**")
    await here.goto("/profil")
    await expect(here.get_by_text("cette session")).to_be_visible()


async def test_com_03_changing_address_from_the_profile(open_page: OpenPage, served_app: ServedApp) -> None:
    """COM-03: the new one is checked by a link that the other browser opens; the old one is told."""
    page, elsewhere = await open_page(DESKTOP), await open_page(PHONE)
    email, wanted = await member(page, served_app), new_address()
    await page.goto("/profil")
    await page.get_by_text("Changer d’adresse électronique").click()
    form = page.locator("form[action='/profil/adresse']")
    await form.locator("input[name=email]").fill(wanted)
    await form.locator("input[name=current]").fill("pas-le-bon")
    await form.get_by_role("button", name="Recevoir un lien").click()
    await expect(page.get_by_text("Mot de passe actuel erroné")).to_be_visible()
    await expect(form.locator("input[name=email]")).to_have_value(wanted)
    await form.locator("input[name=current]").fill(CHOSEN)
    await form.get_by_role("button", name="Recevoir un lien").click()
    await expect(page.get_by_text("Confirmez votre nouvelle adresse")).to_be_visible()
    await elsewhere.goto(link_in(await next_letter(served_app, wanted)))
    assert await axe(elsewhere) == []
    await elsewhere.get_by_role("button", name="Confirmer cette adresse").click()
    await expect(elsewhere.get_by_text("Votre adresse est changée")).to_be_visible()
    await expect(page.locator(".lead").first).to_have_text(wanted)
    told = await next_letter(served_app, email, after=2)
    assert told["Subject"] == "L’adresse de votre compte a changé"


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_what_is_answered_when_a_field_is_left_does_not_move_the_button(
    open_page: OpenPage, device: dict[str, Any]
) -> None:
    """PPR-02: who leaves the SIREN by pressing the button presses the button. Seen to fail without the place kept."""
    page = await open_page(device)
    await page.goto("/inscription")
    button = page.get_by_role("button", name="Créer mon compte")
    before = await button.bounding_box()
    for typed, answer in (
        ("1", "Un SIREN compte 9\u00a0chiffres"),
        ("912345674", "Ce SIREN est faux"),
        ("912345675", "Kerdrel Primeurs"),
        ("732829320", "Numéro valable"),
    ):
        await page.locator("#siren").fill(typed)
        await page.locator("#name").focus()
        await expect(page.get_by_text(answer)).to_be_visible()
        assert await button.bounding_box() == before, answer


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_com_32_every_page_of_accounts(
    open_page: OpenPage, served_app: ServedApp, device: dict[str, Any]
) -> None:
    """COM-32: axe, in the states that only these journeys reach."""
    page, email = await open_page(device), new_address()
    await sign_up(page, "pas une adresse", "1")
    await expect(page.get_by_role("alert").filter(has_text="À corriger")).to_be_visible()
    assert await axe(page) == []
    await sign_up(page, email)
    await expect(page.get_by_text("Regardez votre messagerie")).to_be_visible()
    assert await axe(page) == []
    link = link_in(await next_letter(served_app, email))
    await choose_password(page, link, "court")
    await expect(page.get_by_text("Mot de passe trop faible")).to_be_visible()
    assert await axe(page) == []
    await choose_password(page, link)
    await expect(page.get_by_text("Votre mot de passe est enregistré")).to_be_visible()
    assert await axe(page) == []
    await page.goto(link)
    await expect(page.get_by_text("Ce lien ne sert plus")).to_be_visible()
    assert await axe(page) == []
    await sign_in(page, email, password=CHOSEN)
    await page.wait_for_url("**/cgu?**")
    await expect(page.get_by_role("button", name="J’ai lu et j’accepte")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("button", name="J’ai lu et j’accepte").click()
    await page.wait_for_url("**/tableau-de-bord")
    await page.goto("/profil")
    await page.get_by_text("Changer de mot de passe").first.click()
    await page.get_by_text("Changer d’adresse électronique").first.click()
    assert await axe(page) == []
