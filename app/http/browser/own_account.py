"""What a person changes of their own account from /profil, the present password being asked (COM-01, COM-03)."""

from typing import TypeVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.people import person_of
from app.http.browser.session import see_other, sign_in_page
from app.http.server.limits import enter_proof, failures, network_of
from models.identity.access import credentials
from models.identity.access.cookies import PROFILE_ADDRESS, PROFILE_DONE, PROFILE_PASSWORD, Flash
from models.identity.access.forms import AddressForm, PasswordForm
from models.identity.accounts.rules import RefusalKind, Refused
from models.kernel.forms.declaration import Form, Reading

router = APIRouter(include_in_schema=False, prefix="/profil")

_PAGE = "/profil"
_FIELDS = {
    RefusalKind.PASSWORD: "password",
    RefusalKind.EMAIL: "email",
    RefusalKind.WRONG: "current",
    RefusalKind.WARNED: "current",
}
"""Which field a refusal is about."""
F = TypeVar("F", bound=Form)


@router.post("/mot-de-passe")
async def change_password(request: Request) -> Response:
    """Set another password; every other session ends."""
    refuse_cross_site(request)
    reading = PasswordForm.read(await read_form(request))
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    if reading.values is None:
        return to_correct(PROFILE_PASSWORD, reading)
    form, network = reading.values, network_of(request)
    await enter_proof(network, str(viewer.account_id))
    refused = await credentials.change_password(viewer, form.current, form.password, disowned=form.disowned)
    if refused is not None:
        return refusal(PROFILE_PASSWORD, refused, reading)
    await failures.forgive(network)
    sentence = "Vos autres sessions sont fermées. Un message vous le confirme."
    return see_other(_PAGE, Flash(PROFILE_DONE, "Votre mot de passe est changé", sentence, ""))


@router.post("/adresse")
async def change_address(request: Request) -> Response:
    """Ask for another address: a link goes there, and word of it to the present one."""
    refuse_cross_site(request)
    reading = AddressForm.read(await read_form(request))
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    if reading.values is None:
        return to_correct(PROFILE_ADDRESS, reading)
    wanted, network = reading.values.email, network_of(request)
    await enter_proof(network, str(viewer.account_id))
    refused = await credentials.ask_new_address(viewer, reading.values.current, wanted)
    if refused is not None:
        return refusal(PROFILE_ADDRESS, refused, reading)
    await failures.forgive(network)
    asked = f"Ouvrez le lien qui vient de partir pour {wanted}\u00a0: votre compte change alors d’adresse."
    return see_other(_PAGE, Flash(PROFILE_DONE, "Confirmez votre nouvelle adresse", asked, ""))


def to_correct(kind: str, reading: Reading[F]) -> Response:
    """Back to the profile, with what is to be corrected; what was typed is shown again there, but for passwords."""
    return see_other(_PAGE, Flash(kind, "", "", "", reading.typed, reading.errors))


def refusal(kind: str, refused: Refused, reading: Reading[F]) -> Response:
    """Back to the profile, with the reason beside its field; to the sign-in page when the session ended with it."""
    if refused.kind is RefusalKind.CLOSED:
        return see_other(sign_in_page(_PAGE), Flash(refused.kind, refused.title, refused.sentence, ""))
    errors = (
        {_FIELDS[refused.kind]: f"{refused.title}. {refused.sentence}"} if refused.kind in _FIELDS else {}
    )
    return see_other(_PAGE, Flash(kind, refused.title, refused.sentence, "", reading.typed, errors))
