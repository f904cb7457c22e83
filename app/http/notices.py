"""Where a notice leads, and how a mail program says that no more are wanted."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app.http.people import person_of
from app.http.problems import Problem
from app.http.session import see_other, sign_in_page
from models.accounts import actions
from models.accounts.tokens import Audience, read
from models.database import read as read_database
from models.notifications.marking import mark_opened, unsubscribe
from models.notifications.preparing import GO
from models.notifications.queries import destination

router = APIRouter(include_in_schema=False, prefix="/notifications")

_LIST = "/notifications"
_MOST_DIGITS = 18
_PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} · Passavant</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>
<body><main><h1>{title}</h1>{body}<p><a href="/notifications/reglages">Régler toutes mes notifications</a></p></main></body></html>"""
_ASK = """<p>Ces nouvelles ne vous seront plus écrites. Ce qui demande une action vous parviendra toujours.</p>
<form method="post"><button>Ne plus les recevoir</button></form>"""
_DONE = "<p>Ces nouvelles ne vous seront plus écrites. Elles restent dans le portail.</p>"
_DEAD = "Ce lien ne sert plus. Réglez vos notifications depuis le portail."


@router.get("/aller/{seq}")
async def follow(request: Request, seq: str) -> Response:
    """Lead to what a notice is about, as it is now; a right lost since then leads to the list of what is left.

    Whoever follows it has read it, from wherever it was sent: the bell counts it no more.

    Somebody who works for several companies works, there, for the one that it is about (PPR-03).
    """
    viewer = await person_of(request)
    if viewer is None:
        return see_other(sign_in_page(f"{GO}/{seq}" if _is_number(seq) else _LIST))
    if not _is_number(seq):
        return see_other(_LIST)
    found = await read_database(lambda db: destination(db, viewer, int(seq)))
    if found is None:
        return see_other(_LIST)
    if found.siren is not None and await actions.choose_company(viewer.session_id, found.siren) is not None:
        return see_other(_LIST)
    await mark_opened(viewer, int(seq))
    return see_other(found.href)


@router.get("/desabonnement")
async def ask_unsubscribe(jeton: str = "") -> Response:
    """The page behind the link of a letter: opening it changes nothing, as mail scanners open what they find."""
    if read(Audience.NOTICES, jeton) is None:
        raise Problem(404, detail=_DEAD)
    return _page("Ne plus recevoir ces messages", _ASK)


@router.post("/desabonnement")
async def do_unsubscribe(jeton: str = "") -> Response:
    """One click, from the page or from a mail program, without signing in (RFC 8058): the token says it all.

    Mail programs send a body, in one format or another, which adds nothing.
    """
    refusal = await unsubscribe(jeton)
    if refusal is not None:
        raise Problem(404, detail=refusal.reason)
    return _page("C’est noté", _DONE)


def _page(title: str, body: str) -> Response:
    return HTMLResponse(
        _PAGE.format(title=title, body=body),
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
    )


def _is_number(seq: str) -> bool:
    return seq.isascii() and seq.isdecimal() and len(seq) <= _MOST_DIGITS
