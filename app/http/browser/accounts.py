"""What somebody who is not signed in does about an account: signing up, and the forms of links sent by e-mail.

Whatever the address that is typed, the answer is the same, so that nobody learns which have an account.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.session import see_other
from models.identity.access import credentials
from models.identity.access.cookies import (
    LINK_ASKED,
    LINK_SENT,
    NEW_ADDRESS,
    NEW_PASSWORD,
    SIGN_IN_DONE,
    SIGN_UP,
    SIGN_UP_SENT,
    UNDONE,
    Flash,
)
from models.identity.access.disavowal import disown
from models.identity.access.forms import LinkForm, NewPasswordForm, SignUpForm, TokenForm
from models.identity.access.sign_up import sign_up
from models.identity.accounts.links import PARAMETER
from models.identity.accounts.rules import RefusalKind, Refused

router = APIRouter(include_in_schema=False, prefix="/compte")

_SIGN_UP, _ASK, _NEW, _ADDRESS = "/inscription", "/mot-de-passe", "/mot-de-passe/nouveau", "/adresse"
_UNDO = "/annuler"


@router.post("/inscription")
async def open_account(request: Request) -> Response:
    """Sign up (PPR-01, PPR-02), then 303 to a page that says to read one's e-mail, or what to correct."""
    refuse_cross_site(request)
    reading = SignUpForm.read(await read_form(request))
    if reading.values is None:
        return see_other(_SIGN_UP, Flash(SIGN_UP, "", "", "", reading.typed, reading.errors))
    await sign_up(reading.values)
    return see_other(_SIGN_UP, Flash(SIGN_UP_SENT, "", "", reading.values.email))


@router.post("/lien")
async def ask_link(request: Request) -> Response:
    """Ask for a link to choose a password (COM-05), then 303: the same, whatever the address."""
    refuse_cross_site(request)
    reading = LinkForm.read(await read_form(request))
    if reading.values is None:
        return see_other(_ASK, Flash(LINK_ASKED, "", "", "", reading.typed, reading.errors))
    await credentials.ask_password_link(reading.values.email)
    return see_other(_ASK, Flash(LINK_SENT, "", "", reading.values.email))


@router.post("/mot-de-passe")
async def set_password(request: Request) -> Response:
    """Use a link to set a password (COM-01, COM-05), then 303 to the sign-in page."""
    refuse_cross_site(request)
    raw = await read_form(request)
    reading, token = NewPasswordForm.read(raw), _token(raw)
    if reading.values is None:
        back = f"{_NEW}?{urlencode({PARAMETER: token})}"
        return see_other(back, Flash(NEW_PASSWORD, "", "", "", {}, reading.errors))
    form = reading.values
    outcome = await credentials.set_password(token, form.password, disowned=form.disowned)
    if isinstance(outcome, Refused):
        weak = outcome.kind is RefusalKind.PASSWORD
        errors = {"password": f"{outcome.title}. {outcome.sentence}"} if weak else {}
        back = f"{_NEW}?{urlencode({PARAMETER: token})}" if weak else _NEW
        return see_other(back, Flash(NEW_PASSWORD, outcome.title, outcome.sentence, "", {}, errors))
    flash = Flash(
        SIGN_IN_DONE, "Votre mot de passe est enregistré", "Connectez-vous avec ce mot de passe.", outcome
    )
    return see_other("/connexion", flash)


@router.post("/adresse")
async def confirm_address(request: Request) -> Response:
    """Use a link to give an account its new address (COM-03), then 303 to the page that says so."""
    refuse_cross_site(request)
    outcome = await credentials.confirm_address(_token(await read_form(request)))
    if isinstance(outcome, Refused):
        return see_other(_ADDRESS, Flash(NEW_ADDRESS, outcome.title, outcome.sentence, ""))
    return see_other(_ADDRESS, Flash(NEW_ADDRESS, "", "", outcome))


@router.post("/annuler")
async def undo(request: Request) -> Response:
    """Use the link of a warning letter (« ce n’était pas moi »), then 303 to the page that says what was done."""
    refuse_cross_site(request)
    outcome = await disown(_token(await read_form(request)))
    if isinstance(outcome, Refused):
        return see_other(_UNDO, Flash(UNDONE, outcome.title, outcome.sentence, ""))
    return see_other(_UNDO, Flash(UNDONE, "", "", outcome))


def _token(raw: Mapping[str, str]) -> str:
    """The link that the page was opened with; empty for what is none of ours."""
    form = TokenForm.read(raw).values
    return form.token if form else ""
