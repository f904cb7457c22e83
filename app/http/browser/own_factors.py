"""Second factors added and removed from /profil. What is shown once (a key to copy, recovery codes) is in one HTTP
answer that nobody keeps, and never in the state of a tab.
"""

from collections.abc import Sequence
from html import escape
from typing import TypeVar

import segno
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import read_form, refuse_cross_site
from app.http.browser.own_account import refusal, to_correct
from app.http.browser.people import person_of
from app.http.browser.plain_fields import field
from app.http.browser.second_factor import LIMIT
from app.http.browser.session import see_other, sign_in_page
from app.http.server.limits import failures, network_of
from app.http.server.plain_page import plain_page
from models.identity.access.cookies import PROFILE_DONE, PROFILE_FACTOR, Flash
from models.identity.accounts.rules import RefusalKind, Refused
from models.identity.accounts.viewer import Viewer
from models.identity.factors import enrolment, passkeys
from models.identity.factors.enrolment import Adding
from models.identity.factors.forms import (
    CodesForm,
    FirstProofForm,
    NewApplicationForm,
    NewPasskeyForm,
    RemovalForm,
    profile_flash,
)
from models.identity.factors.rules import KINDS, Kind
from models.kernel.forms.declaration import Form, Reading

router = APIRouter(include_in_schema=False, prefix="/profil/second-facteur")

F = TypeVar("F", bound=Form)
_PAGE = "/profil"
_ACTION = "/profil/second-facteur/confirmer"
_FILLED = ("id", "clientDataJSON", "attestationObject")
"""Fields of a passkey's form that assets/js/passkeys.js fills in."""
_ERROR = '<p class="err" role="alert"><strong>{title}</strong> {sentence}</p>'
_PASSKEY = """<p>Votre appareil va vous demander de confirmer\u00a0: empreinte, visage, code ou clé de sécurité.</p>
<form method="post" action="{action}" data-passkey="create">{fields}
<p class="err" role="alert" data-passkey-said hidden></p>
<button class="again" type="button" data-passkey-go data-options="{options}">Créer la clé d’accès</button></form>
<p><a href="/profil">Annuler</a></p><script src="/js/passkeys.js" defer></script>"""
_TOTP = """<ol><li>Dans votre application de codes, ajoutez un compte en lisant cette image.<br>
<img src="{image}" alt="Code à lire avec l’application" width="220" height="220"></li>
<li>Ou recopiez cette clé\u00a0: <code class="ref">{secret}</code></li><li>Saisissez le code à six chiffres qui s’affiche.</li></ol>
<form method="post" action="{action}">{fields}
<button class="again">Ajouter l’application</button></form><p><a href="/profil">Annuler</a></p>"""
_CODES = """<p>Chacun remplace le second facteur une fois, si vous perdez votre appareil. Imprimez-les ou recopiez-les\u00a0: ils ne seront plus affichés.</p>
<ul class="codes">{codes}</ul><p><a class="again" href="/profil">C’est fait, revenir au profil</a></p>"""


@router.post("/cle")
async def add_passkey(request: Request) -> Response:
    """Begin to add a passkey, the password being given: the page that asks the device for it."""
    return await _start(request, Kind.PASSKEY)


@router.post("/application")
async def add_application(request: Request) -> Response:
    """Begin to add an application of codes, the password being given: the page that shows its key."""
    return await _start(request, Kind.TOTP)


async def _start(request: Request, kind: Kind) -> Response:
    form = NewPasskeyForm if kind is Kind.PASSKEY else NewApplicationForm
    viewer, reading, network = await _asked(request, form)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    if reading.values is None:
        return to_correct(profile_flash(form), reading)
    outcome = await enrolment.start(viewer, kind, reading.values.current, reading.values.name)
    if isinstance(outcome, Refused):
        return refusal(profile_flash(form), outcome, reading)
    await failures.forgive(network)
    return _shown(outcome)


@router.post("/confirmer")
async def confirm(request: Request) -> Response:
    """Add the factor whose first proof this is: the page of recovery codes if it is the first, else 303."""
    viewer, reading, network = await _asked(request, FirstProofForm)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    form = reading.values or FirstProofForm()
    outcome = await enrolment.add(viewer, form.ceremony, form.model_dump())
    if isinstance(outcome, Refused):
        again = (
            await enrolment.resume(viewer, form.ceremony) if outcome.kind is RefusalKind.FACTOR else outcome
        )
        if isinstance(again, Refused):
            return refusal(PROFILE_FACTOR, outcome, reading)
        return _shown(again, outcome)
    await failures.forgive(network)
    if outcome:
        return _codes(outcome)
    return _done(
        "Second facteur ajouté", "Il sera demandé à chaque connexion. Vos autres sessions sont fermées."
    )


@router.post("/retirer")
async def remove(request: Request) -> Response:
    """Remove a factor, the password being given."""
    viewer, reading, network = await _asked(request, RemovalForm)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    if reading.values is None:
        return to_correct(profile_flash(RemovalForm), reading)
    refused = await enrolment.remove(viewer, reading.values.factor, reading.values.current)
    if refused is not None:
        return refusal(profile_flash(RemovalForm), refused, reading)
    await failures.forgive(network)
    return _done("Second facteur retiré", "Vos autres sessions sont fermées. Un message vous le confirme.")


@router.post("/codes")
async def renew_codes(request: Request) -> Response:
    """Other recovery codes, the password being given: the page that shows them, once."""
    viewer, reading, network = await _asked(request, CodesForm)
    if viewer is None:
        return see_other(sign_in_page(_PAGE))
    if reading.values is None:
        return to_correct(profile_flash(CodesForm), reading)
    outcome = await enrolment.renew_codes(viewer, reading.values.current)
    if isinstance(outcome, Refused):
        return refusal(profile_flash(CodesForm), outcome, reading)
    await failures.forgive(network)
    return _codes(outcome)


async def _asked(request: Request, form: type[F]) -> tuple[Viewer | None, Reading[F], str]:
    """Who asks, what, and from which network, which is counted as if it failed."""
    refuse_cross_site(request)
    reading = form.read(await read_form(request, LIMIT))
    viewer, network = await person_of(request), network_of(request)
    if viewer is not None:
        await failures.enter(network)
        await passkeys.ready()
    return viewer, reading, network


def _shown(adding_: Adding, refused: Refused | None = None) -> Response:
    fields = field(FirstProofForm, "ceremony", adding_.ceremony_id)
    if adding_.kind is Kind.PASSKEY:
        error = (
            _ERROR.format(title=escape(refused.title), sentence=escape(refused.sentence)) if refused else ""
        )
        fields += "".join(field(FirstProofForm, name) for name in _FILLED)
        body = error + _PASSKEY.format(action=_ACTION, options=escape(adding_.options), fields=fields)
    else:
        image = segno.make(adding_.address, error="m").svg_data_uri(scale=4, border=4, light="#fff")
        fields += field(
            FirstProofForm, "code", error=f"{refused.title}. {refused.sentence}" if refused else ""
        )
        body = _TOTP.format(action=_ACTION, image=escape(image), secret=escape(adding_.secret), fields=fields)
    return plain_page(f"Ajouter un second facteur\u00a0: {KINDS[adding_.kind].lower()}", body)


def _codes(codes: Sequence[str]) -> Response:
    shown = "".join(f"<li><code>{escape(code)}</code></li>" for code in codes)
    return plain_page("Vos codes de secours", _CODES.format(codes=shown))


def _done(title: str, sentence: str) -> Response:
    return see_other(_PAGE, Flash(PROFILE_DONE, title, sentence, ""))
