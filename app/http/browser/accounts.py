"""What somebody who is not signed in does about an account: signing up, and the forms of links sent by e-mail.

Whatever the address that is typed, the answer is the same, so that nobody learns which have an account.
"""

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
from models.identity.access.registration import NOT_AN_ADDRESS
from models.identity.access.sign_up import read_typed, sign_up
from models.identity.accounts.links import PARAMETER
from models.identity.accounts.rules import RefusalKind, Refused, is_address, same_address

router = APIRouter(include_in_schema=False, prefix="/compte")

_SIGN_UP, _ASK, _NEW, _ADDRESS = "/inscription", "/mot-de-passe", "/mot-de-passe/nouveau", "/adresse"
_UNDO = "/annuler"
DISOWNED = "autre"
"""The box by which one says that somebody else knew the password."""
_LONGEST = 254
"""Of what is shown again after an error: the cookie that carries it is small."""


@router.post("/inscription")
async def open_account(request: Request) -> Response:
    """Sign up (PPR-01, PPR-02), then 303 to a page that says to read one's e-mail, or what to correct."""
    refuse_cross_site(request)
    form = await read_form(request)
    words = {name: form.get(name, "") for name in ("nom", "email", "siren")}
    typed = read_typed(words["nom"], words["email"], words["siren"])
    if typed.errors:
        shown = {name: value[:_LONGEST] for name, value in words.items()}
        return see_other(_SIGN_UP, Flash(SIGN_UP, "", "", "", shown, typed.errors))
    await sign_up(typed)
    return see_other(_SIGN_UP, Flash(SIGN_UP_SENT, "", "", typed.email))


@router.post("/lien")
async def ask_link(request: Request) -> Response:
    """Ask for a link to choose a password (COM-05), then 303: the same, whatever the address."""
    refuse_cross_site(request)
    email = same_address((await read_form(request)).get("email", ""))
    if not is_address(email):
        wrong = {"email": NOT_AN_ADDRESS.sentence}
        return see_other(_ASK, Flash(LINK_ASKED, "", "", email[:_LONGEST], {}, wrong))
    await credentials.ask_password_link(email)
    return see_other(_ASK, Flash(LINK_SENT, "", "", email))


@router.post("/mot-de-passe")
async def set_password(request: Request) -> Response:
    """Use a link to set a password (COM-01, COM-05), then 303 to the sign-in page."""
    refuse_cross_site(request)
    form = await read_form(request)
    token = form.get(PARAMETER, "")
    outcome = await credentials.set_password(
        token, form.get("mot-de-passe", ""), disowned=form.get(DISOWNED) == "1"
    )
    if isinstance(outcome, Refused):
        flash = Flash(NEW_PASSWORD, outcome.title, outcome.sentence, "")
        back = f"{_NEW}?{urlencode({PARAMETER: token})}" if outcome.kind is RefusalKind.PASSWORD else _NEW
        return see_other(back, flash)
    done = Flash(
        SIGN_IN_DONE, "Votre mot de passe est enregistré", "Connectez-vous avec ce mot de passe.", outcome
    )
    return see_other("/connexion", done)


@router.post("/adresse")
async def confirm_address(request: Request) -> Response:
    """Use a link to give an account its new address (COM-03), then 303 to the page that says so."""
    refuse_cross_site(request)
    outcome = await credentials.confirm_address((await read_form(request)).get(PARAMETER, ""))
    if isinstance(outcome, Refused):
        return see_other(_ADDRESS, Flash(NEW_ADDRESS, outcome.title, outcome.sentence, ""))
    return see_other(_ADDRESS, Flash(NEW_ADDRESS, "", "", outcome))


@router.post("/annuler")
async def undo(request: Request) -> Response:
    """Use the link of a warning letter (« ce n’était pas moi »), then 303 to the page that says what was done."""
    refuse_cross_site(request)
    outcome = await disown((await read_form(request)).get(PARAMETER, ""))
    if isinstance(outcome, Refused):
        return see_other(_UNDO, Flash(UNDONE, outcome.title, outcome.sentence, ""))
    return see_other(_UNDO, Flash(UNDONE, "", "", outcome))
