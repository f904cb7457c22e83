"""The second half of a sign-in, and what to do when every second factor is lost: native forms, as for the first."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.session import drop_cookie, let_in, second_factor_page, see_other, sign_in_page
from app.http.server.limits import failures, network_of
from models.identity.access.cookies import (
    CEREMONY_COOKIE,
    FACTOR_REFUSED,
    SIGN_IN_DONE,
    Flash,
    read_ceremony_cookie,
)
from models.identity.access.second_step import finish
from models.identity.accounts.rules import RefusalKind, Refused
from models.identity.factors import passkeys
from models.identity.factors.forms import ProofForm
from models.identity.factors.recovery import ask_recovery
from models.kernel.paths import local_path

router = APIRouter(include_in_schema=False, prefix="/session")

LIMIT = 8192
"""Bytes of a form that holds a passkey's answer."""
_ASKED = (
    "Demande enregistrée",
    "Un correspondant de votre entreprise, ou l’assistance, doit la certifier\u00a0: appelez-les. Un message vous dira à partir de quand vous connecter avec le seul mot de passe.",
)


@router.post("/second")
async def second_factor(request: Request) -> Response:
    """Complete a sign-in, then 303 to `next`; or back to the page, or to the password, with the reason."""
    refuse_cross_site(request)
    form = ProofForm.read(await read_form(request, LIMIT)).values or ProofForm()
    following = local_path(form.next, "")
    network = network_of(request)
    await failures.enter(network)
    await passkeys.ready()
    outcome = await finish(_ceremony(request), form.way, form.model_dump())
    if isinstance(outcome, Refused):
        return _back(outcome, following)
    await failures.forgive(network)
    response = await let_in(request, outcome, following)
    drop_cookie(response, CEREMONY_COOKIE)
    return response


@router.post("/second/perdu")
async def lost(request: Request) -> Response:
    """Ask to sign in without the second factor, then 303 to the sign-in page, which says what follows."""
    refuse_cross_site(request)
    refused = await ask_recovery(_ceremony(request))
    if refused is not None:
        return _back(refused, "")
    response = see_other(sign_in_page(""), Flash(SIGN_IN_DONE, *_ASKED, ""))
    drop_cookie(response, CEREMONY_COOKIE)
    return response


def _ceremony(request: Request) -> str | None:
    return read_ceremony_cookie(request.headers.get("cookie"))


def _back(refused: Refused, following: str) -> Response:
    """To the page of the second factor, or of the password when this sign-in is over."""
    if refused.kind is RefusalKind.FACTOR:
        return see_other(
            second_factor_page(following), Flash(FACTOR_REFUSED, refused.title, refused.sentence, "")
        )
    return see_other(sign_in_page(following), Flash(refused.kind, refused.title, refused.sentence, ""))
