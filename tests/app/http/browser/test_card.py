"""Paying by card from a payment notice, without an account (PPR-31).

Seen to fail: without the comparison of the password any reference opens; without the window a password of four
characters is found by trying.
"""

import json
from base64 import urlsafe_b64decode
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient, Response

from models.identity.access.cookies import CARD_ASKED, CARD_FOUND, FLASH_COOKIE, Flash, read_flash_cookie
from models.kernel.co_owners import CoOwner
from models.kernel.settings.co_owners import CoOwnerSettings
from models.kernel.settings.portal import settings
from models.money.payments.notices import notice_hash
from tests.factories import keep
from tests.support.figures import A, debt

PASSWORD = "K7PQ-22"


@pytest.fixture
async def notices(client: AsyncClient) -> AsyncClient:
    """Debts with a notice: one that a card pays, one too large, one of another kind, one that is paid."""
    made = {"TP-1": ("DOMINO", "1500.00", "due"), "TP-2": ("DOMINO", "1500.01", "due")}
    made |= {"TP-3": ("DELTA_G", "10.00", "due"), "TP-4": ("DOMINO", "10.00", "paid")}
    rows = []
    for reference, (nature, amount, status) in made.items():
        row = debt(amount, reference=reference, siren=A, nature=nature, status=status)
        row.notice_hash = notice_hash(CoOwner.DGDDI, reference, PASSWORD)
        rows.append(row)
    await keep(*rows)
    return client


def flash(response: Response) -> Flash:
    """What the page will say."""
    found = SimpleCookie()
    for header in response.headers.get_list("set-cookie"):
        found.load(header)
    read = read_flash_cookie(f"{FLASH_COOKIE}={found[FLASH_COOKIE].value}")
    assert read is not None
    return read


async def ask(client: AsyncClient, reference: str, password: str = PASSWORD) -> Flash:
    """Fill the form in."""
    response = await client.post("/payer", data={"reference": reference, "password": password})
    assert (response.status_code, response.headers["location"]) == (303, "/payer")
    return flash(response)


async def test_ppr_31_the_notice_opens_its_debt_and_a_card_pays_it(
    notices: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PPR-31: the assertion names the debt, and nobody; spaces and capitals do not matter."""
    found = await ask(notices, " tp-1 ")
    assert found.kind == CARD_FOUND
    there = CoOwnerSettings(services_url="https://douane.example/services")
    monkeypatch.setattr(type(settings()), "co_owner", lambda _self, _name: there)
    response = await notices.post("/payer/carte", data={"ticket": found.typed["ticket"]})
    target = urlsplit(response.headers["location"])
    assert (response.status_code, target.path) == (303, "/services/TELEPAIEMENT_CARTE")
    part = parse_qs(target.query)["assertion"][0].split(".")[1]
    claims = json.loads(urlsafe_b64decode(part + "=="))
    assert (claims["objet"], claims["aud"], claims["right"]) == (
        "TP-1",
        "DGDDI/TELEPAIEMENT_CARTE",
        "payer-sur-avis",
    )


async def test_ppr_31_nothing_is_learnt_from_a_refusal(notices: AsyncClient) -> None:
    """PPR-31: unknown, wrong password and paid already read the same."""
    said = {(one.kind, one.sentence) for one in [
        await ask(notices, "TP-9"), await ask(notices, "TP-1", "K7PQ-23"), await ask(notices, "TP-4"),
    ]}  # fmt: skip
    assert len(said) == 1
    assert said.pop()[0] == CARD_ASKED


@pytest.mark.parametrize("reference", ["TP-2", "TP-3"])
async def test_ppr_31_beyond_the_limits_it_says_how_else_to_pay(notices: AsyncClient, reference: str) -> None:
    """PPR-31: alcohol up to 2,000 €, octroi de mer up to 1,500 €, and no other."""
    found = await ask(notices, reference)
    assert found.kind == CARD_ASKED
    assert "SEPA" in found.sentence


async def test_ppr_31_a_password_is_not_found_by_trying(notices: AsyncClient) -> None:
    """PPR-31: five tries an hour for one reference, whether or not it exists."""
    for reference in ("TP-1", "TP-9"):
        for _ in range(5):
            await ask(notices, reference, "0000")
        response = await notices.post("/payer", data={"reference": reference, "password": PASSWORD})
        assert response.status_code == 429


async def test_ppr_31_a_ticket_opens_one_debt_for_a_while(notices: AsyncClient) -> None:
    """PPR-31: made up, or of another purpose, it opens nothing; and no other site may send it."""
    response = await notices.post("/payer/carte", data={"ticket": "x"})
    assert flash(response).kind == CARD_ASKED
    foreign = {"origin": "https://evil.example"}
    response = await notices.post("/payer", data={"reference": "TP-1", "password": PASSWORD}, headers=foreign)
    assert response.status_code == 403
