"""Signing in and out by plain form posts: a cookie that no script can read needs an HTTP answer to set it."""

from datetime import timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.people import person_of
from app.http.server.limits import enter_proof, failures, network_of
from app.http.server.problems import Problem
from models.identity.access import sessions
from models.identity.access.cookies import (
    CEREMONY_COOKIE,
    FLASH_COOKIE,
    FLASH_LIFE,
    SESSION_COOKIE,
    SIGN_IN_MISSING,
    Flash,
    ceremony_cookie,
    flash_cookie,
    name_of,
    read_session_cookie,
    session_cookie,
)
from models.identity.access.forms import CompanyForm, SignInForm
from models.identity.access.outcomes import Halfway, SignedIn
from models.identity.access.sign_in import sign_in
from models.identity.accounts.devices import device_of
from models.identity.accounts.inputs import LONGEST_ADDRESS
from models.identity.accounts.rules import SESSION_LIFE, Refused, Role, home_of, same_address
from models.identity.factors.rules import CEREMONY_LIFE
from models.kernel.paths import local_path
from models.kernel.settings.portal import settings

router = APIRouter(include_in_schema=False)

_SIGN_IN, _SECOND = "/connexion", "/connexion/verification"


@router.post("/session")
async def open_session(request: Request) -> Response:
    """Sign in (COM-02), then 303 to `next`; or back to the form, with the reason in a short-lived cookie."""
    refuse_cross_site(request)
    raw = await read_form(request)
    reading, following = SignInForm.read(raw), local_path(raw.get("next"), "")
    if reading.values is None:
        return _back(Flash(SIGN_IN_MISSING, "", "", reading.typed["email"], {}, reading.errors), following)
    email, password = reading.values.email, reading.values.password
    network = network_of(request)
    await enter_proof(network, same_address(email)[:LONGEST_ADDRESS])
    outcome = await sign_in(email, password, device_of(request.headers.get("user-agent", "")))
    if isinstance(outcome, Refused):
        return _back(Flash(outcome.kind, outcome.title, outcome.sentence, email), following)
    await failures.forgive(network)
    if isinstance(outcome, Halfway):
        return to_second_factor(outcome, following)
    return await let_in(request, outcome, following)


async def let_in(request: Request, entered: SignedIn, following: str) -> Response:
    """303 to where the person wanted to go, with the cookie of the session; the one before it ends."""
    await _end_previous(request)
    response = see_other(following or home_of(entered.role))
    set_cookie(response, SESSION_COOKIE, session_cookie(entered.session_id), SESSION_LIFE)
    drop_cookie(response, FLASH_COOKIE)
    return response


def to_second_factor(halfway: Halfway, following: str) -> Response:
    """303 to the page that asks for the second factor, with the cookie that names the sign-in half-way."""
    response = see_other(second_factor_page(following))
    set_cookie(response, CEREMONY_COOKIE, ceremony_cookie(halfway.ceremony_id), CEREMONY_LIFE)
    drop_cookie(response, FLASH_COOKIE)
    return response


def second_factor_page(following: str) -> str:
    """The address of the page that asks for the second factor, and leads on to `following`."""
    return f"{_SECOND}?{urlencode({'next': following})}" if following else _SECOND


@router.post("/session/end")
async def end_session(request: Request) -> Response:
    """Sign out: the session row ends, so that a copy of the cookie is worth nothing."""
    refuse_cross_site(request)
    await _end_previous(request)
    response = see_other("/")
    drop_cookie(response, SESSION_COOKIE)
    if settings().secure_cookies:
        response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    drop_cookie(response, FLASH_COOKIE)
    return response


@router.post("/session/company")
async def choose_company(request: Request) -> Response:
    """Work for another of one's companies (PPR-03), then 303 to `next`."""
    refuse_cross_site(request)
    form = CompanyForm.read(await read_form(request)).values or CompanyForm()
    following = local_path(form.next, home_of(Role.OPERATOR))
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(following))
    if viewer.owes_terms:
        return see_other(f"/cgu?{urlencode({'suite': following})}")
    refused = await sessions.choose_company(viewer.session_id, form.siren)
    if refused is not None:
        raise Problem(403, refused.title, refused.sentence)
    return see_other(following)


async def _end_previous(request: Request) -> None:
    session_id = read_session_cookie(request.headers.get("cookie"))
    if session_id is not None:
        await sessions.sign_out(session_id)


def _back(flash: Flash, following: str) -> Response:
    return see_other(sign_in_page(following), flash)


def leave_flash(response: Response, flash: Flash) -> None:
    """Give the page that follows something to say, for two minutes."""
    set_cookie(response, FLASH_COOKIE, flash_cookie(flash), FLASH_LIFE)


def sign_in_page(following: str) -> str:
    """The address of the sign-in page that leads on to `following`; empty: to the person's own home."""
    return f"{_SIGN_IN}?{urlencode({'next': following})}" if following else _SIGN_IN


def see_other(address: str, flash: Flash | None = None) -> Response:
    """Lead on after a form post, with something to say there if there is."""
    response = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
    if flash is not None:
        leave_flash(response, flash)
    return response


def set_cookie(response: Response, name: str, value: str, life: timedelta) -> None:
    """Give the browser a cookie of ours, which no script reads."""
    response.set_cookie(
        name_of(name),
        value,
        max_age=int(life.total_seconds()),
        path="/",
        secure=settings().secure_cookies,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, name: str) -> None:
    """Have the browser forget a cookie of ours."""
    response.delete_cookie(
        name_of(name), path="/", secure=settings().secure_cookies, httponly=True, samesite="lax"
    )
