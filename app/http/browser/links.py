"""Linking the account with those at the co-owners, and ending it (PPR-04, PPR-05)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.http.browser.forms import refuse_cross_site
from app.http.browser.people import person_of
from app.http.browser.session import leave_flash
from app.http.server.problems import Problem
from app.oidc.client import address_to_sign_in, prove
from app.oidc.failures import CoOwnerAway, Declined, NotProven, told
from models.identity.access.cookies import LINK_DONE, LINK_REFUSED, Flash
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.attempts import begin, take_back
from models.identity.habilitations.links import link, unlink
from models.identity.habilitations.policy import may_link
from models.identity.habilitations.words import CO_OWNERS_IN_SENTENCES
from models.kernel.co_owners import CoOwner
from models.kernel.french import typeset
from models.kernel.settings.co_owners import CoOwnerSettings
from models.kernel.settings.portal import settings

router = APIRouter(include_in_schema=False)

PROFILE = "/profil"
_UNFOUND = ("Rattachement introuvable", "Ce partenaire n’existe pas, ou n’est pas relié au portail.")
_ALREADY_GONE = "Ce rattachement n’existait plus. Rien n’a changé."
_STALE = (
    "La demande n’est plus valable\u00a0: elle a plus de dix minutes, elle a déjà servi, ou elle vient d’une autre "
    "session. Recommencez depuis votre profil."
)


def known_co_owner(co_owner: str) -> CoOwner:
    """The co-owner that the address names.

    Raises:
        Problem: 404.
    """
    try:
        return CoOwner(co_owner)
    except ValueError:
        raise Problem(404, *_UNFOUND) from None


def configured(co_owner: CoOwner) -> CoOwnerSettings:
    """How that co-owner is reached.

    Raises:
        Problem: 404 when the portal has no issuer for it.
    """
    there = settings().co_owner(co_owner)
    if not there.issuer:
        raise Problem(404, *_UNFOUND)
    return there


async def _holder(request: Request) -> Viewer:
    """Who asks, if links are for them.

    Raises:
        Problem: 401 when nobody is signed in, 403 for an officer.
    """
    viewer = await person_of(request)
    refused = may_link(viewer)
    if viewer is None:
        raise Problem(401, "Session terminée", refused.reason if refused else "")
    if refused is not None:
        raise Problem(403, detail=refused.reason)
    return viewer


Holder = Annotated[Viewer, Depends(_holder)]
Known = Annotated[CoOwner, Depends(known_co_owner)]


def see_other(address: str) -> Response:
    """303, kept by nobody, and telling nobody where one comes from: addresses here hold codes."""
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(address, 303, headers=headers)


def to_profile(kind: str, title: str, sentence: str) -> Response:
    """Back to /profil, which says what became of it."""
    response = see_other(PROFILE)
    leave_flash(response, Flash(kind, typeset(title), typeset(sentence), ""))
    return response


def to_sign_in(following: str) -> Response:
    """To the sign-in page, then to `following`."""
    return see_other(f"/connexion?{urlencode({'next': following})}")


def redirect_uri(co_owner: CoOwner) -> str:
    """Where the co-owner sends the browser back; to be declared there."""
    return f"{settings().public_url}/rattachement/{co_owner}/retour"


@router.get("/rattachement/{co_owner}")
async def start(request: Request, co_owner: Known) -> Response:
    """Send the browser to the co-owner, to sign in there once (PPR-04)."""
    refuse_cross_site(request)
    there = configured(co_owner)
    viewer = await person_of(request)
    if viewer is None:
        return to_sign_in(PROFILE)
    refused = may_link(viewer)
    if refused is not None:
        return to_profile(LINK_REFUSED, "Rattachement impossible", refused.reason)
    attempt = await begin(viewer, co_owner)
    try:
        return see_other(await address_to_sign_in(there, attempt, redirect_uri(co_owner)))
    except CoOwnerAway as error:
        return to_profile(LINK_REFUSED, *told(error, CO_OWNERS_IN_SENTENCES[co_owner]))


@router.get("/rattachement/{co_owner}/retour")
async def come_back(request: Request, co_owner: Known) -> Response:
    """Back from the co-owner: verify who signed in there, link, take over the habilitations (PPR-04, PPR-05)."""
    there = configured(co_owner)
    viewer = await person_of(request)
    if viewer is None:
        return to_sign_in(PROFILE)
    answer = dict(request.query_params)
    attempt = await take_back(viewer, co_owner, answer.get("state", ""))
    if attempt is None:
        return to_profile(LINK_REFUSED, "Rattachement refusé", _STALE)
    name = CO_OWNERS_IN_SENTENCES[co_owner]
    try:
        proven = await prove(there, attempt, answer, redirect_uri(co_owner))
    except (CoOwnerAway, Declined, NotProven) as error:
        return to_profile(LINK_REFUSED, *told(error, name))
    refused = await link(viewer, co_owner, proven.subject, proven.named)
    if refused is not None:
        return to_profile(LINK_REFUSED, "Rattachement impossible", refused.reason)
    return to_profile(
        LINK_DONE,
        "Compte rattaché",
        f"Vous passez désormais aux services de {name} sans vous reconnecter.",
    )


@router.post("/rattachement/{co_owner}/rompre")
async def end(request: Request, co_owner: Known, viewer: Holder) -> Response:
    """End the link, and the habilitations that came with it."""
    refuse_cross_site(request)
    if not await unlink(viewer, co_owner):
        return to_profile(LINK_REFUSED, "Aucun rattachement", _ALREADY_GONE)
    name = CO_OWNERS_IN_SENTENCES[co_owner]
    return to_profile(
        LINK_DONE,
        "Rattachement rompu",
        f"Les habilitations reçues de {name} sont retirées d’ici. Votre compte là-bas reste tel quel.",
    )
