"""POST /api/v1/debts, payments, mandates, declarations, due-dates, as co-owners call them (PPR-26)."""

from decimal import Decimal
from typing import Any

import pytest
from httpx import AsyncClient
from sqlmodel import SQLModel, select

from app.http.partner_api import batches
from app.http.server import limits
from demo.commands.companies import siret
from models.identity.accounts.partners import Scope, create_client, revoke_client
from models.identity.accounts.tokens import Audience, sign
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.tables import Debt, FigureFeed, Payment, SepaMandate
from tests.app.http.portal import bearer, count_of, portal
from tests.models.money.payments.figures import debt_body, payment_body
from tests.support.accounts import A, B, cheap_passwords, journal
from tests.support.databases import reading

__all__ = ["cheap_passwords", "portal"]

HAVRE, IBAN = siret(A, 1), "FR7630006000011234567890189"
MANDATE = {"co_owner": "DGDDI", "reference": "M1", "version": 1, "siren": A, "siret": HAVRE, "iban": IBAN}
DECLARATION = {
    "co_owner": "DGDDI",
    "reference": "L1",
    "version": 1,
    "siren": A,
    "service": "CIEL",
    "in_progress": 2,
}
DUE_DATE = {
    "co_owner": "DGFIP", "reference": "E1", "version": 1, "siren": A, "nature": "TVA", "kind": "payment",
    "amount": "8214.00", "due_on": "2026-11-24",
}  # fmt: skip
DOORS: list[tuple[str, str, dict[str, Any], type[SQLModel]]] = [
    ("debts", "debts", debt_body(), Debt),
    ("payments", "payments", payment_body(), Payment),
    ("mandates", "mandates", MANDATE, SepaMandate),
    ("declarations", "declarations", DECLARATION, DeclarationLine),
    ("due-dates", "due_dates", DUE_DATE, DueDate),
]


async def _debts(portal: AsyncClient, *lines: object) -> dict[str, Any]:
    response = await portal.post("/api/v1/debts", json={"debts": lines}, headers=bearer("figures:write"))
    assert response.status_code == 202, response.text
    told: dict[str, Any] = response.json()
    return told


@pytest.mark.parametrize(("path", "member", "line", "table"), DOORS)
async def test_ppr_26_each_door_takes_its_lines_once(
    portal: AsyncClient, path: str, member: str, line: dict[str, Any], table: type[SQLModel]
) -> None:
    """PPR-26, PPR-21, PPR-23, PPR-24: kept, dated, journalled by kind; the same again changes nothing."""
    for counted in ({"applied": 1, "ignored": 0}, {"applied": 0, "ignored": 1}):
        response = await portal.post(
            f"/api/v1/{path}", json={member: [line]}, headers=bearer("figures:write")
        )
        assert (response.status_code, response.json()) == (202, counted | {"refused": []})
    assert await count_of(table) == 1
    async with reading() as db:
        (feed,) = db.exec(select(FigureFeed)).all()
    assert (feed.co_owner, feed.kind) == (line["co_owner"], path)
    (entry,) = await journal("figures.received")
    assert (entry.siren, entry.actor) == (A, "partner:demo-partner")
    assert entry.payload == {"co_owner": line["co_owner"], "what": path}


async def test_one_bad_line_costs_no_other(portal: AsyncClient) -> None:
    """PPR-26: the answer tells which, and why, in French."""
    told = await _debts(portal, debt_body("D1"), debt_body("BAD", amount=12.5, siren="1"), debt_body("D2"))
    (refused,) = told.pop("refused")
    assert told == {"applied": 2, "ignored": 0}
    assert (refused["index"], refused["reference"]) == (1, "BAD")
    assert refused["reason"].startswith(
        "siren\u00a0: ce n’est pas un SIREN\u00a0; amount\u00a0: montant attendu"
    )
    assert await count_of(Debt) == 2


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    (
        "mandates",
        "mandates",
        MANDATE | {"iban": "FR7630006000011234567890188"},
        "iban\u00a0: ce n’est pas un IBAN",
    ),
    ("mandates", "mandates", MANDATE | {"siret": None}, "siret\u00a0: texte attendu"),
    ("declarations", "declarations", DECLARATION | {"service": "TRIGO"}, "service\u00a0: valeur non admise"),
    (
        "due-dates",
        "due_dates",
        DUE_DATE | {"co_owner": "DGDDI"},
        "co_owner\u00a0: pas d’échéancier pour la DGDDI",
    ),
]


async def test_what_other_doors_refuse(portal: AsyncClient) -> None:
    """PPR-23, PPR-24, PPR-27"""
    for path, member, line, reason in REFUSED:
        response = await portal.post(f"/api/v1/{path}", json={member: [line]}, headers=bearer())
        assert response.status_code == 202
        assert response.json()["refused"][0]["reason"].startswith(reason)


async def test_numbers_are_kept_without_blanks_and_la_poste_is_known(portal: AsyncClient) -> None:
    """PPR-26: the SIRETs of La Poste have a check of their own; amounts are exact."""
    post_office: dict[str, Any] = {"siren": "356 000 000", "siret": "35600000012346"}
    told = await _debts(
        portal, debt_body(**post_office, amount="0.10"), debt_body("D2", siret=f"{HAVRE[:9]} {HAVRE[9:]}")
    )
    assert told == {"applied": 2, "ignored": 0, "refused": []}
    async with reading() as db:
        rows = db.exec(select(Debt).order_by(Debt.reference)).all()
    assert [(row.siren, row.siret) for row in rows] == [("356000000", "35600000012346"), (A, HAVRE)]
    assert rows[0].amount == Decimal("0.10")


UNREADABLE = [
    (b"", 400),
    (b"{", 400),
    (b"\xff\xfe", 400),
    (b'{"debts": [{"reference": "\\ud800"}]}', 400),
    (b'{"debts": [NaN]}', 400),
    (b"[" * 100_000, 400),
    (b"[]", 422),
    (b"{}", 422),
    (b'{"debts": {}}', 422),
    (b'{"debts": []}', 422),
    (b'{"debts": [], "co_owner": "INSEE"}', 422),
    (b'{"debts": [], "co_owner": ["DGDDI"]}', 422),
]


async def test_a_batch_that_cannot_be_read_is_a_problem(portal: AsyncClient) -> None:
    """SES-50: RFC 9457, in French."""
    for body, status in UNREADABLE:
        response = await portal.post("/api/v1/debts", content=body, headers=bearer())
        assert (response.status_code, response.headers["content-type"]) == (
            status,
            "application/problem+json",
        )
        assert response.json()["detail"].endswith(".")
    assert await count_of(FigureFeed) == 0


async def test_413_for_too_many_bytes_or_lines(portal: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53"""
    monkeypatch.setattr(batches, "MOST_LINES", 2)
    many = await portal.post("/api/v1/debts", json={"debts": [debt_body()] * 3}, headers=bearer())
    monkeypatch.setenv("PASSAVANT_MESSAGE_LIMIT", "100")
    settings.cache_clear()
    large = await portal.post("/api/v1/debts", json={"debts": [debt_body()]}, headers=bearer())
    for response in (many, large):
        assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")
        assert "Envoyez-le en plusieurs." in response.json()["detail"]
    assert await count_of(Debt) == 0


async def test_an_empty_batch_says_that_there_is_nothing_new(portal: AsyncClient) -> None:
    """PPR-26: the co-owner is not late; no company is concerned."""
    response = await portal.post("/api/v1/debts", json={"co_owner": "URSSAF", "debts": []}, headers=bearer())
    assert response.json() == {"applied": 0, "ignored": 0, "refused": []}
    async with reading() as db:
        assert [(one.co_owner, one.kind) for one in db.exec(select(FigureFeed))] == [("URSSAF", "debts")]
    assert await journal("figures.received") == []


async def _bearer_of(*co_owners: CoOwner) -> dict[str, str]:
    await create_client("urssaf", "Urssaf", "secret", list(Scope), co_owners)
    token = sign(Audience.PARTNER, limits.WINDOW, sub="urssaf", scope=" ".join(Scope))
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize("co_owners", [(), (CoOwner.URSSAF,)])
async def test_a_client_speaks_for_its_own_co_owner_only(
    portal: AsyncClient, co_owners: tuple[CoOwner, ...]
) -> None:
    """COM-23: a foreign co-owner on any line, or on the batch, and nothing is applied."""
    headers = await _bearer_of(*co_owners)
    own, foreign = debt_body(co_owner="URSSAF"), debt_body("D2", co_owner="DGDDI")
    for content in (
        {"debts": [own, foreign]},
        {"debts": [], "co_owner": "DGDDI"},
        {"debts": [own], "co_owner": "DGFIP"},
    ):
        response = await portal.post("/api/v1/debts", json=content, headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (403, "application/problem+json")
        assert "Ce client ne parle pas pour" in response.json()["detail"]
    assert (await count_of(Debt), await count_of(FigureFeed)) == (0, 0)
    response = await portal.post("/api/v1/debts", json={"debts": [own]}, headers=headers)
    assert response.status_code == (202 if co_owners else 403)


async def test_ses_53_calls_are_counted_for_each_partner(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: batches and readings alike; revoked, a client is nobody."""
    limits.calls.clear()
    monkeypatch.setattr(limits, "CALLS", 2)
    other = await _bearer_of(CoOwner.URSSAF)
    content = {"debts": [debt_body(siren=B)]}
    answers = [await portal.post("/api/v1/debts", json=content, headers=bearer()) for _ in range(3)]
    assert [response.status_code for response in answers] == [202, 202, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (await portal.get("/api/v1/accounts/x@y.fr", headers=bearer())).status_code == 429
    assert (await portal.get("/api/v1/accounts/x@y.fr", headers=other)).status_code == 404
    await revoke_client("urssaf")
    assert (await portal.get("/api/v1/accounts/x@y.fr", headers=other)).status_code == 401
    limits.calls.clear()


async def test_the_documentation_s_examples_are_accepted(portal: AsyncClient) -> None:
    """PPR-26: what a co-owner copies first works."""
    document = (await portal.get("/api/v1/openapi.json")).json()
    assert "$defs" not in str(document)
    for path in (f"/api/v1/{path}" for path, *_ in DOORS):
        body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        response = await portal.post(path, json=body["example"], headers=bearer())
        assert response.json() == {"applied": 1, "ignored": 0, "refused": []}


async def test_ppr_24_an_amount_tells_a_payment_from_a_declaration(portal: AsyncClient) -> None:
    """PPR-24: when the co-owner does not say which it is."""
    usual = {name: value for name, value in DUE_DATE.items() if name not in ("amount", "kind")}
    lines = [
        usual,
        usual | {"reference": "E2", "amount": "1.00"},
        usual | {"reference": "E3", "kind": "payment"},
    ]
    response = await portal.post("/api/v1/due-dates", json={"due_dates": lines}, headers=bearer())
    assert response.json()["applied"] == 3
    async with reading() as db:
        kinds = {one.reference: one.kind for one in db.exec(select(DueDate))}
    assert kinds == {"E1": "declaration", "E2": "payment", "E3": "payment"}
