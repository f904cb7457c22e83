"""The digital import file: its documents, one by one or all together (SES-40)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Annotated
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from app.http.browser.people import person_of
from app.http.server import limits
from app.http.server.problems import Problem
from models.border.documents import queries
from models.border.passage.keys import canonical
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read
from models.kernel.threads import documents

router = APIRouter(include_in_schema=False)

_SAFE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
_CHUNK = 64 * 1024


async def _viewer(request: Request) -> Viewer:
    """Who asks for a file.

    Raises:
        Problem: 401 when nobody is signed in, 403 before the terms of use are accepted (COM-10), or a second
            factor is added where one must be, 429 for too many.
    """
    viewer = await person_of(request)
    if viewer is None:
        raise Problem(401, "Session terminée", "Reconnectez-vous pour ouvrir ce document.")
    if viewer.owes_terms:
        raise Problem(
            403,
            "Conditions d’utilisation à accepter",
            "Ouvrez le portail, lisez et acceptez les conditions d’utilisation, puis réessayez.",
        )
    if viewer.owes_factor:
        raise Problem(
            403,
            "Second facteur à ajouter",
            "Ouvrez votre profil, ajoutez un second facteur à votre compte, puis réessayez.",
        )
    await limits.documents.enter(str(viewer.account_id))
    return viewer


Asking = Annotated[Viewer, Depends(_viewer)]
UNKNOWN = ("Document introuvable", "Ce document n’existe pas, ou il ne relève pas de vous.")


@router.get("/fichiers/{reference}.zip")
async def archive(reference: str, viewer: Asking) -> Response:
    """Every document of one consignment in one ZIP archive."""
    check(reference)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        for listed in await read(queries.of_consignment, viewer, reference):
            content = await read(queries.content, viewer, reference, listed.id)
            if content is not None:
                document, body = content
                await documents.run(zipped.writestr, document.name, body)
        empty = not zipped.namelist()
    if empty:
        raise Problem(404, *UNKNOWN)
    return StreamingResponse(
        _pieces(buffer), media_type="application/zip", headers=attached(f"{canonical(reference)}.zip")
    )


@router.get("/fichiers/{reference}/{document_id}")
async def one(reference: str, document_id: str, viewer: Asking) -> Response:
    """One document, exactly as it was received."""
    check(reference)
    content = await read(lambda db: queries.content(db, viewer, reference, document_id))
    if content is None:
        raise Problem(404, *UNKNOWN)
    document, body = content
    return Response(body, media_type=document.media_type, headers=attached(document.name))


def check(reference: str) -> None:
    """Refuse at once what no reference can be.

    Raises:
        Problem: 404.
    """
    if not reference.isprintable():  # PostgreSQL refuses a zero byte, which no reference holds
        raise Problem(404, *UNKNOWN)


def attached(name: str) -> dict[str, str]:
    """The headers of a file that is to be saved under `name`, and kept by nobody else."""
    return _SAFE | {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def _pieces(buffer: BytesIO) -> Iterator[bytes]:
    buffer.seek(0)
    while piece := buffer.read(_CHUNK):
        yield piece
