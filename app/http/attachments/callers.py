"""Who sends or takes a file: a signed-in person by their cookie, or a partner's program by its token."""

from typing import Annotated, Any

from fastapi import Depends, Request

from app.http.browser.forms import refuse_cross_site
from app.http.partner_api.partner import partner
from app.http.server import limits
from app.http.server.limits import Window
from app.http.server.problems import Problem
from models.casework.attachments.policy import Caller
from models.identity.access.cookies import read_session_cookie
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.partners import Partner
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read

UNKNOWN = ("Fichier introuvable", "Ce fichier n’existe pas, ou il ne relève pas de vous.")
_program = partner()
SECURED: dict[str, Any] = {"security": [{"Partenaire": []}]}
"""What the description of the partner API says of these doors."""


async def _sender(request: Request) -> Caller:
    """Who sends a file, from our own pages or with a token.

    Raises:
        Problem: 401 when nobody is signed in, 403 from another site's page or before what comes first, 429 for too many.
    """
    return await _caller(request, limits.pieces)


async def _reader(request: Request) -> Caller:
    """Who takes a file.

    Raises:
        Problem: as for who sends one.
    """
    return await _caller(request, limits.documents)


async def _caller(request: Request, window: Window) -> Caller:
    authorization = request.headers.get("authorization")
    caller = await _program(authorization) if authorization else await _person(request)
    await window.enter(caller.id if isinstance(caller, Partner) else str(caller.account_id))
    return caller


async def _person(request: Request) -> Viewer:
    if request.method not in ("GET", "HEAD"):
        refuse_cross_site(request)
    viewer = await read(lambda db: viewer_of(read_session_cookie(request.headers.get("cookie")), db))
    if viewer is None:
        raise Problem(401, "Session terminée", "Reconnectez-vous, puis reprenez l’envoi où il en était.")
    if viewer.is_held_back:
        raise Problem(
            403,
            "Une étape à terminer",
            "Ouvrez le portail et terminez ce qu’il vous demande (conditions d’utilisation, second facteur), puis "
            "réessayez.",
        )
    return viewer


Sender = Annotated[Caller, Depends(_sender)]
Reader = Annotated[Caller, Depends(_reader)]


def known(reference: str) -> str:
    """A reference, refused at once when it is what none can be.

    Raises:
        Problem: 404.
    """
    if len(reference) != 32 or not set(reference) <= set("0123456789abcdef"):
        raise Problem(404, *UNKNOWN)
    return reference
