"""An account at the customs site in one click, and its password changed from here (PPR-06).

The password passes through this process and is kept nowhere: neither in a row, a cookie, the journal nor the log.
"""

from html import escape

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.links import Holder, configured, to_profile
from app.http.server.plain_page import plain_page
from app.http.server.problems import Problem
from app.oidc.failures import CoOwnerAway, NotProven, told
from app.oidc.scim import AlreadyThere, change_password, draw_password, open_account
from models.identity.access.cookies import LINK_DONE, LINK_REFUSED
from models.identity.accounts.queries import account_facts
from models.identity.accounts.rules import unmet_password_rules
from models.identity.habilitations.forms import CustomsPasswordForm
from models.identity.habilitations.links import link
from models.identity.habilitations.queries import own_link
from models.identity.habilitations.words import CO_OWNERS_IN_SENTENCES
from models.kernel.co_owners import CoOwner
from models.kernel.database import read
from models.kernel.settings.co_owners import CoOwnerSettings

router = APIRouter(include_in_schema=False)

_CUSTOMS = CO_OWNERS_IN_SENTENCES[CoOwner.DGDDI]
_NOT_CREATED = "Compte non créé"


@router.post("/rattachement/DGDDI/creer")
async def create(request: Request, viewer: Holder) -> Response:
    """Open an account at the customs site, link it, and show its password this once (PPR-06)."""
    refuse_cross_site(request)
    there = _with_accounts()
    linked = await read(own_link, viewer, CoOwner.DGDDI)
    email = (await read(lambda db: account_facts(viewer, db))).email
    if linked is not None:
        return to_profile(
            LINK_REFUSED, _NOT_CREATED, "Votre compte est déjà rattaché à un compte de la douane."
        )
    password = draw_password()
    try:
        subject = await open_account(there, email, viewer.name, password)
    except AlreadyThere:
        return to_profile(
            LINK_REFUSED,
            _NOT_CREATED,
            "La douane a déjà un compte à votre adresse électronique. Choisissez «\u00a0Rattacher\u00a0» pour vous en servir.",
        )
    except (CoOwnerAway, NotProven) as error:
        return to_profile(LINK_REFUSED, *told(error, _CUSTOMS))
    refused = await link(viewer, CoOwner.DGDDI, subject, None, created_here=True)
    if refused is not None:
        return to_profile(LINK_REFUSED, "Compte créé, mais pas rattaché", refused.reason)
    return _shown_once(email, password)


@router.post("/rattachement/DGDDI/mot-de-passe")
async def change(request: Request, viewer: Holder) -> Response:
    """Give the customs account that was opened from here another password (PPR-06)."""
    refuse_cross_site(request)
    there = _with_accounts()
    form = CustomsPasswordForm.read(await read_form(request)).values
    password = form.password if form else ""
    linked = await read(lambda db: own_link(db, viewer, CoOwner.DGDDI))
    if linked is None or not linked.created_here:
        return to_profile(
            LINK_REFUSED,
            "Mot de passe inchangé",
            "Seul le mot de passe d’un compte douane créé d’ici se change d’ici. Changez-le sur le site de la douane.",
        )
    unmet = unmet_password_rules(password)
    if unmet:
        lacking = "\u00a0; ".join(unmet)
        return to_profile(LINK_REFUSED, "Mot de passe trop faible", f"Il manque\u00a0: {lacking}.")
    try:
        await change_password(there, linked.subject, password)
    except (CoOwnerAway, NotProven) as error:
        return to_profile(LINK_REFUSED, *told(error, _CUSTOMS))
    return to_profile(
        LINK_DONE,
        "Mot de passe du compte douane changé",
        "Il sert sur le site de la douane seulement. Celui de Passavant n’a pas changé.",
    )


def _with_accounts() -> CoOwnerSettings:
    there = configured(CoOwner.DGDDI)
    if not there.scim_url:
        raise Problem(404)
    return there


def _shown_once(email: str, password: str) -> Response:
    """The answer itself, so that the password is in no address, no cookie and no state."""
    body = (
        "<p>Ce mot de passe ne s’affiche qu’une fois, et Passavant ne le garde pas. Il sert sur le site de la douane, "
        "pas ici. Vous le changerez d’ici, dans votre profil, ou là-bas.</p>"
        f"<dl class='card'><dt>Identifiant</dt><dd><code>{escape(email)}</code></dd>"
        f"<dt>Mot de passe</dt><dd><code id='mot-de-passe'>{escape(password)}</code></dd></dl>"
        f"<p><button type='button' class='again' data-copy='{escape(password)}'>Copier le mot de passe</button></p>"
        "<p><a href='/profil'>Je l’ai noté, revenir à mon profil</a></p>"
    )
    return plain_page("Votre compte douane est créé et rattaché", body, title="Votre compte douane")
