"""The messages that were refused or wait, for the officers who handle them: their bytes, and a corrected copy."""

from collections.abc import AsyncGenerator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import RedirectResponse, Response

from app.http.browser.forms import refuse_cross_site
from app.http.browser.session import leave_flash
from app.http.downloads.files import Asking
from app.http.server.bodies import announced
from app.http.server.problems import Problem
from models.border.messages import queries
from models.border.messages.actions import Receipt
from models.border.messages.policy import may_handle
from models.border.messages.replay import correct
from models.identity.access.cookies import COPY_REFUSED, COPY_TAKEN, Flash
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings

router = APIRouter(include_in_schema=False, prefix="/messages-recus")

PAGE = "/agent/messages"
_UNKNOWN = ("Message introuvable", "Ce message n’existe pas, ou il ne relève pas de vous.")
_AROUND = 10_000
"""What a browser writes around one file: its name, and the borders of the form."""
_ENDINGS = {"application/xml": "xml", "application/json": "json", "application/edifact": "edi"}


async def _officer(viewer: Asking) -> Viewer:
    if may_handle(viewer) is not None:
        raise Problem(404, *_UNKNOWN)  # for others there is no such thing
    return viewer


Officer = Annotated[Viewer, Depends(_officer)]


@router.get("/{message_id}")
async def original(message_id: str, viewer: Officer) -> Response:
    """The bytes of one message, exactly as they came."""
    _check(message_id)
    content = await read(lambda db: queries.content(db, viewer, message_id))
    if content is None:
        raise Problem(404, *_UNKNOWN)
    message, body = content
    name = f"message_{message.id}.{_ENDINGS.get(message.media_type, 'txt')}"
    return Response(
        body,
        # Never as what it claims to be: it was refused.
        media_type="application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        },
    )


@router.post("/{message_id}/copie")
async def corrected(message_id: str, request: Request, viewer: Officer) -> Response:
    """Take a corrected copy in, then 303 to the page, which says what became of it."""
    refuse_cross_site(request)
    _check(message_id)
    async with request.app.state.room.taken(announced(request, settings().message_limit)):
        outcome = await correct(viewer, message_id, await _file(request))
    flash = (
        Flash(COPY_REFUSED, "La copie n’a pas été reçue", outcome.reason, "")
        if isinstance(outcome, Refusal)
        else Flash(COPY_TAKEN, "Copie corrigée reçue", _became(outcome), "")
    )
    response = RedirectResponse(PAGE, 303, headers={"Cache-Control": "no-store"})
    # In a cookie rather than in the address: a reason may quote the message, and addresses are logged.
    leave_flash(response, flash)
    return response


def _became(receipt: Receipt) -> str:
    if receipt.consignments:
        return f"Elle est appliquée à {', '.join(receipt.consignments)}."
    return "Elle attend l’envoi dont elle parle."


async def _file(request: Request) -> bytes:
    """The one file of the form, taken in pieces: beyond the limit the rest is not read.

    Raises:
        Problem: 413 past the limit, 415 for another form, 400 without a file.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem(415, detail="Envoyez la copie par le formulaire de la page des messages.")
    try:
        form = await MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=0).parse()
    except (MultiPartException, KeyError, ValueError):
        raise Problem(400, detail="Le formulaire n’a pas pu être lu. Choisissez un seul fichier.") from None
    file = form.get("copie")
    body = await file.read() if isinstance(file, UploadFile) else b""
    await form.close()
    if not body:
        raise Problem(400, "Aucun fichier", "Choisissez le fichier de la copie corrigée, puis renvoyez-le.")
    return body


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    limit, read = settings().message_limit, 0
    async for piece in request.stream():
        read += len(piece)
        if read > limit + _AROUND:
            raise Problem(
                413, "Fichier trop volumineux", f"Un message compte au plus {limit // 1_000_000}\u00a0Mo."
            )
        yield piece


def _check(message_id: str) -> None:
    if not message_id.isprintable():  # PostgreSQL refuses a zero byte, which no number holds
        raise Problem(404, *_UNKNOWN)
