"""POST /api/v1/habilitations and GET /api/v1/accounts/{email}, as the contract says them (PPR-09)."""

from typing import Any

import pytest
from httpx import AsyncClient

from models.identity.habilitations.tables import HabilitationEvent
from tests.app.http.portal import bearer, count_of, portal
from tests.support.accounts import A, cheap_passwords

__all__ = ["cheap_passwords", "portal"]

ASSISTANT = "assistant@demo.passavant.fr"


def event(number: str, action: str = "granted", **said: Any) -> dict[str, Any]:
    """Customs says something of télépayer, to the assistant."""
    usual = {"service": "TELEPAIEMENT_SEPA", "right": "telepayer", "siren": A, "siret": None}
    return {"id": number, "co_owner": "DGDDI", "action": action, "email": ASSISTANT} | usual | said


async def _send(portal: AsyncClient, *events: object) -> dict[str, Any]:
    content = {"events": events}
    response = await portal.post("/api/v1/habilitations", json=content, headers=bearer("habilitations:write"))
    assert response.status_code == 202
    told: dict[str, Any] = response.json()
    return told


async def _held(portal: AsyncClient, email: str = ASSISTANT) -> list[dict[str, Any]]:
    response = await portal.get(f"/api/v1/accounts/{email}", headers=bearer("accounts:read"))
    assert response.status_code == 200
    told = response.json()
    assert set(told) == {"email", "siren", "habilitations"}
    assert (told["email"], told["siren"]) == (ASSISTANT, A)
    held: list[dict[str, Any]] = told["habilitations"]
    return held


async def test_ppr_09_what_is_given_can_be_read_and_withdrawn(portal: AsyncClient) -> None:
    """PPR-09: with exactly the promised members."""
    assert await _held(portal) == []
    assert await _send(portal, event("1"), event("1")) == {"applied": 1, "ignored": 1, "refused": []}
    right = {
        "co_owner": "DGDDI",
        "service": "TELEPAIEMENT_SEPA",
        "right": "telepayer",
        "siren": A,
        "siret": None,
    }
    assert await _held(portal, ASSISTANT.upper()) == [right]
    assert (await _send(portal, event("2", "withdrawn")))["applied"] == 1
    assert await _held(portal) == []


async def test_what_is_refused_is_told_in_its_place(portal: AsyncClient) -> None:
    """PPR-09, SES-50: what cannot be read and what cannot be applied, together, in French."""
    told = await _send(
        portal,
        event("1", email="nobody@demo.passavant.fr"),
        event("2", action="suspended"),
        event("3"),
        event("4", siret="95012034500011"),
        event("5", co_owner="URSSAF"),
        event("6", right="Lise Marchand"),
        {"id": "7"},
        event("8", email="lise\x00@demo.passavant.fr"),
    )
    assert told["applied"] == 1
    reasons = {one["id"]: one["reason"] for one in told["refused"]}
    assert list(reasons) == ["1", "2", "4", "5", "6", "7", "8"]
    assert reasons["1"] == "aucun compte d’opérateur à cette adresse électronique"
    assert reasons["2"] == "action\u00a0: valeur non admise (attendu\u00a0: granted ou withdrawn)"
    assert reasons["4"].startswith("siret\u00a0: ce n’est pas un SIRET")
    assert reasons["5"] == "ce service n’est pas de ce co-propriétaire"
    assert "email\u00a0: champ manquant" in reasons["7"]
    assert reasons["8"] == "email\u00a0: ce n’est pas une adresse électronique"
    assert await count_of(HabilitationEvent) == 1


@pytest.mark.parametrize("email", ["nobody@demo.passavant.fr", "sivep@demo.passavant.fr", "%", "%00"])
async def test_nobody_is_a_problem(portal: AsyncClient, email: str) -> None:
    """SES-50: 404; officers are none of the co-owners' business."""
    response = await portal.get(f"/api/v1/accounts/{email}", headers=bearer("accounts:read"))
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == "Aucun compte d’opérateur à cette adresse électronique."
