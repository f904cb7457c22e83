"""What a person changes of their own account from /profil, the present password being asked (COM-01, COM-03)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.accounts import DISOWNED
from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.people import person_of
from app.http.browser.session import see_other, sign_in_page
from app.http.server.limits import enter_proof, failures, network_of
from models.identity.access import credentials
from models.identity.access.cookies import PROFILE_ADDRESS, PROFILE_DONE, PROFILE_PASSWORD, Flash
from models.identity.accounts.rules import RefusalKind, Refused, same_address

router = APIRouter(include_in_schema=False, prefix="/profil")

_PAGE = "/profil"
_LONGEST_EMAIL = 254


@router.post("/mot-de-passe")
async def change_password(request: Request) -> Response:
    """Set another password; every other session ends."""
    refuse_cross_site(request)
    form = await read_form(request)
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    network = network_of(request)
    await enter_proof(network, str(viewer.account_id))
    refused = await credentials.change_password(
        viewer, form.get("actuel", ""), form.get("mot-de-passe", ""), disowned=form.get(DISOWNED) == "1"
    )
    if refused is not None:
        return refusal(PROFILE_PASSWORD, refused)
    await failures.forgive(network)
    done = "Vos autres sessions sont fermées. Un message vous le confirme."
    return see_other(_PAGE, Flash(PROFILE_DONE, "Votre mot de passe est changé", done, ""))


@router.post("/adresse")
async def change_address(request: Request) -> Response:
    """Ask for another address: a link goes there, and word of it to the present one."""
    refuse_cross_site(request)
    form = await read_form(request)
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    wanted = same_address(form.get("email", ""))
    network = network_of(request)
    await enter_proof(network, str(viewer.account_id))
    refused = await credentials.ask_new_address(viewer, form.get("actuel", ""), wanted)
    if refused is not None:
        return refusal(PROFILE_ADDRESS, refused, wanted)
    await failures.forgive(network)
    asked = f"Ouvrez le lien qui vient de partir pour {wanted}\u00a0: votre compte change alors d’adresse."
    return see_other(_PAGE, Flash(PROFILE_DONE, "Confirmez votre nouvelle adresse", asked, ""))


def refusal(kind: str, refused: Refused, email: str = "") -> Response:
    """Back to the profile, with the reason; to the sign-in page when the session ended with it."""
    if refused.kind is RefusalKind.CLOSED:
        return see_other(sign_in_page(_PAGE), Flash(refused.kind, refused.title, refused.sentence, ""))
    return see_other(_PAGE, Flash(kind, refused.title, refused.sentence, email[:_LONGEST_EMAIL]))
