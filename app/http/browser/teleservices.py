"""Passing to a co-owner's tele-service without signing in again (PPR-04, PPR-21, PPR-30)."""

from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.http.browser.forms import refuse_cross_site
from app.http.browser.links import Known, see_other, to_profile, to_sign_in
from app.http.browser.people import person_of
from app.http.server.problems import Problem
from app.oidc.assertions import assertion, public_keys
from models.identity.access.cookies import LINK_REFUSED
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.passage import note_passage
from models.identity.habilitations.policy import TELE_SERVICES, may_link, opening
from models.identity.habilitations.queries import own_link
from models.identity.habilitations.words import CO_OWNERS_IN_SENTENCES
from models.kernel.co_owners import CoOwner
from models.kernel.database import read
from models.kernel.settings.portal import settings

router = APIRouter(include_in_schema=False)

_TITLE = "Téléservice non ouvert"
_LONGEST = 100


@router.get("/acces/{co_owner}/{service}")
async def pass_on(request: Request, co_owner: Known, service: str, objet: str = "") -> Response:
    """303 to the tele-service, with an assertion that says who comes and by which right; else back, with why not.

    The address is the settings' own: nothing that the browser sends chooses where it goes.
    """
    refuse_cross_site(request)
    if service not in TELE_SERVICES[co_owner]:
        raise Problem(404, "Téléservice introuvable", "Ce téléservice ne s’ouvre pas depuis le portail.")
    if len(objet) > _LONGEST or not objet.isprintable():
        raise Problem(400)
    viewer = await person_of(request)
    if viewer is None:
        return to_sign_in(_asked(co_owner, service, objet))
    refused = may_link(viewer)
    if refused is not None:
        return to_profile(LINK_REFUSED, _TITLE, refused.reason)
    return await _passage(viewer, co_owner, service, objet)


@router.get("/.well-known/jwks.json")
async def keys() -> Response:
    """The public keys of assertions, for tele-services."""
    return JSONResponse(public_keys(), headers={"Cache-Control": "public, max-age=300"})


async def _passage(viewer: Viewer, co_owner: CoOwner, service: str, objet: str) -> Response:
    there, name = settings().co_owner(co_owner), CO_OWNERS_IN_SENTENCES[co_owner]
    linked = await read(lambda db: own_link(db, viewer, co_owner))
    held = opening(viewer, co_owner, service)
    if not there.services_url:
        return to_profile(LINK_REFUSED, _TITLE, f"Les téléservices de {name} ne sont pas reliés au portail.")
    if not held:
        # The same whether or not the company, the debt or the declaration exists.
        sentence = f"Aucune de vos habilitations pour cette entreprise ne l’ouvre. Demandez-la sur le site de {name}."
        return to_profile(LINK_REFUSED, _TITLE, sentence)
    if linked is None:
        sentence = f"Rattachez d’abord votre compte de {name}\u00a0: vous n’aurez plus à vous y connecter."
        return to_profile(LINK_REFUSED, _TITLE, sentence)
    await note_passage(viewer, co_owner, service)
    passed = assertion(viewer, linked.subject, f"{co_owner}/{service}", held, objet)
    return see_other(f"{there.services_url}/{service}?{urlencode({'assertion': passed})}")


def _asked(co_owner: CoOwner, service: str, objet: str) -> str:
    return f"/acces/{co_owner}/{quote(service)}" + (f"?{urlencode({'objet': objet})}" if objet else "")
