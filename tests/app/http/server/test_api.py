"""All the routes together: what is published of them, and that each door is known."""

from collections.abc import Sequence

from fastapi.routing import APIRoute
from httpx import AsyncClient

from app.http.server import api
from tests.app.http.portal import portal
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords", "portal"]

ROUTES = {
    ("POST", "/session"),
    ("POST", "/session/second"),
    ("POST", "/session/second/perdu"),
    ("POST", "/session/end"),
    ("POST", "/session/company"),
    ("GET", "/fichiers/{reference}.zip"),
    ("GET", "/fichiers/{reference}/{document_id}"),
    ("POST", "/fichiers"),
    ("HEAD", "/fichiers/{reference}"),
    ("PATCH", "/fichiers/{reference}"),
    ("DELETE", "/fichiers/{reference}"),
    ("GET", "/fichiers/{reference}"),
    ("GET", "/fichiers/{reference}/pages/{page}"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("POST", "/api/v1/token"),
    ("POST", "/api/v1/messages"),
    ("GET", "/api/v1/docs"),
    ("GET", "/journal/cle-publique.pem"),
    ("GET", "/fichiers/{reference}/copie-certifiee.zip"),
    ("GET", "/messages-recus/{message_id}"),
    ("POST", "/messages-recus/{message_id}/copie"),
    ("POST", "/api/v1/habilitations"),
    ("GET", "/api/v1/accounts/{email}"),
    ("GET", "/rendez-vous/{reference}/calendrier.ics"),
    ("GET", "/calendar/{secret}.ics"),
    ("GET", "/rendez-vous/{reference}/attestation.pdf"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/notifications/aller/{seq}"),
    ("POST", "/notifications/aller/{seq}"),
    ("GET", "/notifications/desabonnement"),
    ("POST", "/notifications/desabonnement"),
    ("GET", "/api/v1/consignments"),
    ("GET", "/api/v1/consignments/{reference}"),
    ("GET", "/api/v1/posts/{code}/slots"),
    ("POST", "/api/v1/appointments"),
    ("GET", "/api/v1/appointments/{reference}"),
    ("POST", "/api/v1/appointments/{reference}/move"),
    ("DELETE", "/api/v1/appointments/{reference}"),
    ("POST", "/api/v1/debts"),
    ("POST", "/api/v1/payments"),
    ("POST", "/api/v1/mandates"),
    ("POST", "/api/v1/declarations"),
    ("POST", "/api/v1/due-dates"),
    ("GET", "/tableau-de-bord/paiements.csv"),
    ("GET", "/tableau-de-bord/paiements.xlsx"),
    ("GET", "/tableau-de-bord/echeances.ics"),
    ("GET", "/rattachement/{co_owner}"),
    ("GET", "/rattachement/{co_owner}/retour"),
    ("POST", "/rattachement/{co_owner}/rompre"),
    ("POST", "/rattachement/DGDDI/creer"),
    ("POST", "/rattachement/DGDDI/mot-de-passe"),
    ("GET", "/acces/{co_owner}/{service}"),
    ("GET", "/.well-known/jwks.json"),
    ("GET", "/verifier/cles.json"),
    ("POST", "/compte/inscription"),
    ("POST", "/compte/lien"),
    ("POST", "/compte/mot-de-passe"),
    ("POST", "/compte/adresse"),
    ("POST", "/compte/annuler"),
    ("POST", "/profil/mot-de-passe"),
    ("POST", "/profil/adresse"),
    ("POST", "/profil/second-facteur/application"),
    ("POST", "/profil/second-facteur/cle"),
    ("POST", "/profil/second-facteur/codes"),
    ("POST", "/profil/second-facteur/confirmer"),
    ("POST", "/profil/second-facteur/retirer"),
    ("POST", "/payer"),
    ("POST", "/payer/carte"),
    ("GET", "/cgu.pdf"),
    ("POST", "/cgu/acceptation"),
}


def test_every_route_is_known() -> None:
    """SES-04: a new door is written here, and tested."""
    routes = [route for route in _flat(api.build().routes) if isinstance(route, APIRoute)]
    assert {(method, route.path) for route in routes for method in route.methods or ()} == ROUTES


def _flat(routes: Sequence[object]) -> list[object]:
    """Routes, those of routers that were included among them."""
    found: list[object] = []
    for route in routes:
        inner = getattr(route, "original_router", None)
        found += _flat(list(inner.routes)) if inner is not None else [route]
    return found


async def test_openapi_describes_the_partner_s_api_and_nothing_else(portal: AsyncClient) -> None:
    """SES-02: the contract that partners generate their clients from."""
    response = await portal.get("/api/v1/openapi.json")
    assert response.status_code == 200
    document = response.json()
    files = {"/fichiers", "/fichiers/{reference}"}
    assert set(document["paths"]) == files | {path for _, path in ROUTES if path.startswith("/api/v1/")} - {
        "/api/v1/docs",
        "/api/v1/openapi.json",
    }
    for verb in (verb for path in files for verb in document["paths"][path].values()):
        assert verb["security"] == [{"Partenaire": []}]
    deposit = document["paths"]["/api/v1/messages"]["post"]
    assert deposit["security"] == [{"Partenaire": ["messages:write"]}]
    accepted = deposit["responses"]["202"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    members = document["components"]["schemas"][accepted]["properties"]
    assert {"message_id", "format", "duplicate", "consignments"} <= set(members)
    flows = document["components"]["securitySchemes"]["Partenaire"]["flows"]
    assert flows["clientCredentials"]["tokenUrl"] == "/api/v1/token"


async def test_the_documentation_asks_nothing_of_a_third_party(portal: AsyncClient) -> None:
    """COM-06: the page and its scripts come from our own address."""
    page = await portal.get("/api/v1/docs")
    assert page.status_code == 200
    assert "://" not in page.text
    for path in ("/api/v1/docs-static/swagger-ui-bundle.js", "/api/v1/docs-static/swagger-ui.css"):
        assert path in page.text
        assert (await portal.get(path)).status_code == 200
