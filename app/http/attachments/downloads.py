"""Taking a file: as it was sent, to be saved and never shown; and the pictures of its pages, which are ours to show."""

from collections.abc import AsyncIterator, Iterator

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from app.http.attachments.callers import SECURED, UNKNOWN, Reader, known
from app.http.downloads.files import attached
from app.http.server.problems import Problem
from models.casework.attachments import policy, queries, storage
from models.casework.attachments.storage import NotStored, StorageAway
from models.casework.attachments.tables import Attachment
from models.casework.attachments.vocabulary import COMPLETE, State
from models.kernel.database import DbSession, read
from models.kernel.threads import files

router = APIRouter(prefix="/fichiers", tags=["Pièces jointes"])

_ISOLATED = {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}
_UNSCANNED = {"Warning": '299 - "Not scanned"'}
_PICTURE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=300"}


@router.get("/{reference}", summary="Prendre un fichier", response_class=Response, openapi_extra=SECURED)
async def whole(reference: str, reader: Reader) -> Response:
    """Octet pour octet comme il a été envoyé, une fois vérifié ; 409 tant qu’il ne l’est pas, 410 s’il a été refusé."""
    attachment = await _obtainable(reader, reference)
    warning = _UNSCANNED if attachment.state == State.UNSCANNED else {}
    return await _streamed(
        attachment.key,
        queries.media_type(attachment),
        attached(attachment.name) | _ISOLATED | warning | {"Content-Length": str(attachment.size)},
    )


@router.get("/{reference}/pages/{page}", include_in_schema=False)
async def picture(reference: str, page: str, reader: Reader) -> Response:
    """The picture of a page, without anything of what the file holds beside its looks."""
    number = int(page) if page.isdecimal() and len(page) < 4 else 0

    def find(db: DbSession) -> str | None:
        there = queries.seen(db, reader, known(reference))
        drawn = queries.page(db, there[0], number) if there and there[0].state in COMPLETE else None
        return drawn.key if drawn else None

    key = await read(find)
    if key is None:
        raise Problem(404, *UNKNOWN)
    return await _streamed(key, "image/webp", _PICTURE | _ISOLATED)


async def _obtainable(reader: Reader, reference: str) -> Attachment:
    there = await read(queries.seen, reader, known(reference))
    if there is None:
        raise Problem(404, *UNKNOWN)
    attachment, _ = there
    refusal = policy.obstacle(attachment)
    if refusal is not None:
        status = 410 if refusal is policy.GONE else 409
        raise Problem(status, "Fichier non disponible", refusal.reason)
    return attachment


async def _streamed(key: str, media_type: str, headers: dict[str, str]) -> Response:
    """The object, in pieces; its first is read before anything is promised.

    Raises:
        Problem: 404 when it is gone, 503 when the storage does not answer.
    """
    pieces = storage.stream(key)
    try:
        first = await files.run(next, pieces, b"")
    except NotStored:
        raise Problem(404, *UNKNOWN) from None
    except StorageAway:
        raise Problem(503) from None
    return StreamingResponse(_all(first, pieces), media_type=media_type, headers=headers)


async def _all(first: bytes, rest: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    while piece := await files.run(next, rest, b""):
        yield piece
