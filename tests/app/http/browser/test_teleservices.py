"""Passing to a tele-service without signing in again (PPR-04, PPR-21, PPR-30)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from httpx import AsyncClient, Response
from joserfc import jwt
from joserfc.jwk import KeySet

from demo.co_owners.people import subject_of
from demo.co_owners.register import Register
from demo.co_owners.services import NotLetIn, admit
from demo.commands.companies import A
from models.identity.access.cookies import LINK_REFUSED
from models.identity.habilitations.actions import withdraw
from models.identity.habilitations.policy import TELE_SERVICES
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings
from tests.app.http.links import DGDDI, flash_of, linked, provided, visitor
from tests.app.http.portal import portal, signed_in
from tests.support.accounts import account_row, cheap_passwords, journal
from tests.support.co_owners import Visitor

__all__ = ["cheap_passwords", "portal", "provided", "visitor"]


async def _keys(portal: AsyncClient) -> dict[str, Any]:
    keys: dict[str, Any] = (await portal.get("/.well-known/jwks.json")).json()
    return keys


def _sent(answer: Response, address: str) -> str:
    """The assertion that goes to that address, and to no other."""
    assert answer.status_code == 303
    url = httpx.URL(answer.headers["location"])
    assert str(url.copy_with(query=None)) == address
    return url.params["assertion"]


async def test_a_right_and_a_link_open_it_with_a_signed_assertion(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04, PPR-21: who, for which company, by which right, about what; kept by nobody on the way."""
    cookie, _ = await linked(provided, visitor, "importateur")
    answer = await provided.get("/acces/DGDDI/CIEL?objet=DRM-2026-10", headers=cookie)
    passed = _sent(answer, f"{settings().dgddi.services_url}/CIEL")
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    keys = await _keys(provided)
    claims = jwt.decode(passed, KeySet.import_key_set(keys), algorithms=["ES256"]).claims  # type: ignore[arg-type]
    assert claims["exp"] - claims["iat"] == 60
    said = {name: claims[name] for name in ("iss", "sub", "aud", "siren", "right", "objet")}
    assert said == {
        "iss": settings().public_url,
        "sub": subject_of(DGDDI, "importateur"),
        "aud": "DGDDI/CIEL",
        "siren": A,
        "right": "declarer",
        "objet": "DRM-2026-10",
    }
    assert [entry.payload["service"] for entry in await journal("teleservice.opened")] == ["CIEL"]


async def test_the_key_is_published_without_its_private_part(provided: AsyncClient) -> None:
    """PPR-04"""
    (key,) = (await _keys(provided))["keys"]
    assert (key["kty"], key["crv"], key["alg"]) == ("EC", "P-256", "ES256")
    assert "d" not in key


async def test_an_assertion_is_good_once_for_one_service_and_for_a_minute(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04: as the tele-service verifies it."""
    cookie, _ = await linked(provided, visitor, "importateur")
    keys, register = await _keys(provided), Register(DGDDI)

    async def passed() -> str:
        answer = await provided.get("/acces/DGDDI/CIEL", headers=cookie)
        return _sent(answer, f"{settings().dgddi.services_url}/CIEL")

    first = await passed()
    assert admit(first, "DGDDI/CIEL", register, lambda: keys)["siren"] == A
    with clock.fixed(clock.now() - timedelta(seconds=61)):
        late = await passed()
    for spoilt, audience in ((first, "DGDDI/CIEL"), (await passed(), "DGDDI/DOMINO"), (late, "DGDDI/CIEL")):
        with pytest.raises(NotLetIn):
            admit(spoilt, audience, register, lambda: keys)
    with pytest.raises(NotLetIn):
        admit((await passed())[:-4] + "AAAA", "DGDDI/CIEL", register, lambda: keys)


@pytest.mark.parametrize(
    ("who", "service", "opens"),
    [
        ("importateur", "DELTA_G", True),
        ("importateur", "ISOPE", True),
        ("importateur", "ISOPE_DOM", False),
        ("importateur", "TELEPAIEMENT_SEPA", True),
        ("importateur", "TELEPAIEMENT_CARTE", True),
        ("comptable", "TELEPAIEMENT_CARTE", True),
        ("comptable", "CIEL", False),
        ("transitaire", "DELTA_G", False),
    ],
)
async def test_each_service_asks_for_its_right(
    provided: AsyncClient, visitor: Visitor, who: str, service: str, opens: bool
) -> None:
    """PPR-21, PPR-30: to read or to declare in it; télépayer to pay."""
    cookie, _ = await linked(provided, visitor, who)
    answer = await provided.get(f"/acces/DGDDI/{service}", headers=cookie)
    if opens:
        _sent(answer, f"{settings().dgddi.services_url}/{service}")
    else:
        assert "Aucune de vos habilitations" in flash_of(answer).sentence
        assert "assertion" not in answer.headers["location"]


@pytest.mark.parametrize("co_owner", [CoOwner.DGFIP, CoOwner.URSSAF])
async def test_the_others_open_to_any_right_that_they_gave(
    provided: AsyncClient, visitor: Visitor, co_owner: CoOwner
) -> None:
    """PPR-20: those of customs do not count there."""
    cookie, _ = await linked(provided, visitor, "importateur")
    account = await account_row("importateur@demo.passavant.fr")
    await withdraw(account.key, "PAIEMENT", "lire", A, co_owner=co_owner)
    refused = await provided.get(f"/acces/{co_owner}/PAIEMENT", headers=cookie)
    assert "Aucune de vos habilitations" in flash_of(refused).sentence
    await linked(provided, visitor, "importateur", co_owner)
    answer = await provided.get(f"/acces/{co_owner}/PAIEMENT", headers=cookie)
    _sent(answer, f"{settings().co_owner(co_owner).services_url}/PAIEMENT")


async def test_a_right_that_is_withdrawn_closes_it_at_once(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-09, PPR-30"""
    cookie, _ = await linked(provided, visitor, "importateur")
    account = await account_row("importateur@demo.passavant.fr")
    await withdraw(account.id or 0, "TELEPAIEMENT_SEPA", "telepayer", A)
    answer = await provided.get("/acces/DGDDI/TELEPAIEMENT_SEPA", headers=cookie)
    assert flash_of(answer).kind == LINK_REFUSED


async def test_without_link_one_is_told_to_link(provided: AsyncClient) -> None:
    """PPR-04: the habilitation alone does not say who one is there."""
    answer = await provided.get("/acces/DGDDI/CIEL", headers=await signed_in("importateur"))
    assert flash_of(answer).sentence.startswith("Rattachez d’abord votre compte de la douane")


async def test_signed_out_one_comes_back_after_signing_in(provided: AsyncClient) -> None:
    """PPR-04"""
    answer = await provided.get("/acces/DGDDI/CIEL?objet=A%26b")
    assert answer.headers["location"] == "/connexion?next=%2Facces%2FDGDDI%2FCIEL%3Fobjet%3DA%2526b"


@pytest.mark.parametrize(
    "service", ["H7", "TRIGO", "SESAME", "ciel", "..", "CIEL/x", "https:%2F%2Fevil.example"]
)
async def test_what_is_not_in_the_list_does_not_exist(provided: AsyncClient, service: str) -> None:
    """PPR-27: no H7, no TRIGO; nothing that the browser sends chooses where it goes."""
    assert service not in {one for some in TELE_SERVICES.values() for one in some}
    answer = await provided.get(f"/acces/DGDDI/{service}", headers=await signed_in("importateur"))
    assert answer.status_code == 404


async def test_a_reference_of_any_length_is_not_passed_on(provided: AsyncClient) -> None:
    """COM-23"""
    cookie = await signed_in("importateur")
    for objet in ("x" * 101, "a%00b", "a%0D%0AX-Y:z"):
        assert (await provided.get(f"/acces/DGDDI/CIEL?objet={objet}", headers=cookie)).status_code == 400


async def test_without_address_of_its_services_a_co_owner_opens_none(portal: AsyncClient) -> None:
    """PPR-04: everything about a co-owner is optional."""
    answer = await portal.get("/acces/DGDDI/CIEL", headers=await signed_in("importateur"))
    assert "ne sont pas reliés" in flash_of(answer).sentence
