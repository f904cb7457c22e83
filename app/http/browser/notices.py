"""Where a notice leads, and how a mail program says that no more are wanted."""

import hmac
from html import escape

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.http.browser.forms import refuse_cross_site
from app.http.browser.people import person_of
from app.http.browser.session import see_other, sign_in_page
from app.http.server.origins import from_another_site
from app.http.server.plain_page import plain_page
from app.http.server.problems import Problem
from models.identity.access.sessions import choose_company
from models.identity.accounts.tokens import Audience, read
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read as read_database
from models.signals.notifications.marks import mark_opened, unsubscribe
from models.signals.notifications.preparation import GO, key_of
from models.signals.notifications.queries.notices import Destination, destination

router = APIRouter(include_in_schema=False, prefix="/notifications")

_LIST = "/notifications"
_MOST_DIGITS = 18
_SETTINGS = '<p><a href="/notifications/reglages">Régler toutes mes notifications</a></p>'
_ASK = f"""<p>Ces nouvelles ne vous seront plus écrites. Ce qui demande une action vous parviendra toujours.</p>
<form method="post"><button class="again">Ne plus les recevoir</button></form>{_SETTINGS}"""
_DONE = f"<p>Ces nouvelles ne vous seront plus écrites. Elles restent dans le portail.</p>{_SETTINGS}"
_CONFIRM = """<p>Une autre page que celles de Passavant vous mène ici. Ce qu’elle désigne concerne <strong>{company}</strong>.</p>
<p>Continuez pour travailler pour cette entreprise, dans tous vos onglets.</p>
<form method="post"><button class="again">Continuer</button></form>
<p><a href="/notifications">Rester pour la même entreprise</a></p>"""
_DEAD = "Ce lien ne sert plus. Réglez vos notifications depuis le portail."


@router.get("/aller/{seq}")
async def follow(request: Request, seq: str, cle: str = "") -> Response:
    """Lead to what a notice is about, as it is now; a right lost since then leads to the list of what is left.

    Whoever follows it from our pages, a letter or a phone has read it: the bell counts it no more. Somebody who works
    for several companies works, there, for the one that it is about (PPR-03). A link of another site changes neither:
    it leads there, or asks first.
    """
    viewer, led = await _found(request, seq)
    if viewer is None:
        return see_other(sign_in_page(f"{GO}/{seq}" if _is_number(seq) else _LIST))
    if led is None:
        return see_other(_LIST)
    ours = hmac.compare_digest(key_of(viewer.account_id, int(seq)).encode(), cle.encode())
    if ours or not from_another_site(request):
        return await _go(viewer, int(seq), led)
    if led.siren is None:
        return see_other(led.href)
    company = next((choice.name for choice in viewer.choices if choice.siren == led.siren), "")
    return plain_page("Changer d’entreprise", _CONFIRM.format(company=escape(company)))


@router.post("/aller/{seq}")
async def confirm(request: Request, seq: str) -> Response:
    """The same, confirmed on a page of ours."""
    refuse_cross_site(request)
    viewer, led = await _found(request, seq)
    if viewer is None or led is None:
        return see_other(_LIST)
    return await _go(viewer, int(seq), led)


async def _found(request: Request, seq: str) -> tuple[Viewer | None, Destination | None]:
    viewer = await person_of(request)
    if viewer is None or viewer.is_held_back or not _is_number(seq):
        return viewer, None
    return viewer, await read_database(lambda db: destination(db, viewer, int(seq)))


async def _go(viewer: Viewer, seq: int, destination: Destination) -> Response:
    if (
        destination.siren is not None
        and await choose_company(viewer.session_id, destination.siren) is not None
    ):
        return see_other(_LIST)
    await mark_opened(viewer, seq)
    return see_other(destination.href)


@router.get("/desabonnement")
async def ask_unsubscribe(jeton: str = "") -> Response:
    """The page behind the link of a letter: opening it changes nothing, as mail scanners open what they find."""
    if read(Audience.NOTICES, jeton) is None:
        raise Problem(404, detail=_DEAD)
    return plain_page("Ne plus recevoir ces messages", _ASK)


@router.post("/desabonnement")
async def do_unsubscribe(jeton: str = "") -> Response:
    """One click, from the page or from a mail program, without signing in (RFC 8058): the token says it all.

    Mail programs send a body, in one format or another, which adds nothing.
    """
    refusal = await unsubscribe(jeton)
    if refusal is not None:
        raise Problem(404, detail=refusal.reason)
    return plain_page("C’est noté", _DONE)


def _is_number(seq: str) -> bool:
    return seq.isascii() and seq.isdecimal() and len(seq) <= _MOST_DIGITS
