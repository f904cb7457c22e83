"""Sending a file, piece by piece: announced, then appended to where it stopped, as often as the connection is lost (CTX-06).

Alike for a browser, with its session cookie, and for a partner's program, with its token.
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any, NoReturn

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse

from app.http.attachments.callers import SECURED, UNKNOWN, Sender, known
from app.http.server.bodies import announced, received
from app.http.server.problems import Problem
from models.casework.attachments import actions, policy, words
from models.casework.attachments.actions import Misplaced, Progress
from models.casework.attachments.rules import PIECE, Announced, Fault, megabytes
from models.casework.attachments.storage import NotStored, StorageAway
from models.casework.attachments.vocabulary import Reason, State
from models.kernel.subject import Subject

router = APIRouter(prefix="/fichiers", tags=["Pièces jointes"])

_ANNOUNCEMENT = 16 * 1024
"""Bytes of an announcement, at most."""
_HELD = 1_000_000
"""Bytes of a piece that are held while it goes to the storage, about: those for which there must be room."""
_SOON = "5"
_NO_STORE = {"Cache-Control": "no-store"}
_STATUSES = {
    Reason.TOO_LARGE: 413,
    Reason.TOO_MUCH: 413,
    Reason.NOT_ADMITTED: 415,
    Reason.OTHER_CONTENT: 415,
    Reason.TOO_MANY: 409,
    Reason.TWICE: 409,
    Reason.TOO_MANY_UNFINISHED: 429,
    Reason.NOT_ALLOWED: 403,
}
_REFUSED = "Fichier refusé"
_PROGRESS: dict[int | str, dict[str, Any]] = {
    204: {"description": "Upload-Offset\u00a0: octets reçus. Upload-State\u00a0: où en est le fichier."},
    409: {"description": "Le morceau ne commence pas où le précédent finit\u00a0; Upload-Offset le dit."},
    413: {"description": "Morceau trop gros."},
    415: {"description": "Fichier complet, et refusé\u00a0: la raison est dans detail."},
}


class Announcement(BaseModel):
    """Le fichier à envoyer."""

    model_config = ConfigDict(extra="forbid")

    subject: Annotated[str, StringConstraints(max_length=200, pattern=r"^[a-z_]{1,40}:[^\x00]{1,150}$")] = (
        Field(examples=["certex:ATT-7K4Q2"])
    )
    name: Annotated[str, StringConstraints(min_length=1, max_length=5000)] = Field(
        examples=["certificat.pdf"]
    )
    size: Annotated[int, Field(ge=0, le=2**53, strict=True)]
    type: Annotated[str, StringConstraints(max_length=200)] = ""
    sha256: Annotated[str, StringConstraints(max_length=64)] = ""


_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Announcement.model_json_schema()}},
    }
} | SECURED


@router.post("", status_code=201, summary="Annoncer un fichier", openapi_extra=_BODY)
async def begin(request: Request, sender: Sender) -> Response:
    """Ce qui peut être joint, et jusqu’à quelle taille, dépend de l’objet (`subject`, « genre:référence »).

    `sha256`, si elle est donnée, est vérifiée à la fin. Le même fichier annoncé à nouveau reprend où il en était\u00a0:
    `offset`. Chaque morceau compte au plus `piece_bytes` octets.
    """
    announcement = await _read(request)
    kind, _, key = announcement.subject.partition(":")
    begun = await actions.begin(
        sender,
        Subject(kind, key),
        Announced(announcement.name, announcement.size, announcement.type, announcement.sha256),
    )
    if begun is None:
        raise Problem(404, detail="Rien ne peut être joint ici\u00a0: vérifiez la référence.")
    if isinstance(begun, Fault):
        raise Problem(_STATUSES.get(begun.reason, 422), _REFUSED, begun.sentence, reason=begun.reason.value)
    begun_as = {"id": begun.reference, "name": begun.name, "offset": begun.offset, "piece_bytes": PIECE}
    return JSONResponse(begun_as, 201, headers=_NO_STORE | {"Location": f"/fichiers/{begun.reference}"})


@router.head("/{reference}", summary="Savoir où en est un envoi", openapi_extra=SECURED)
async def ask(reference: str, sender: Sender) -> Response:
    """`Upload-Offset` : les octets reçus ; `Upload-Length` : ceux qui sont attendus."""
    progress = await actions.progress(sender, known(reference))
    if progress is None:
        raise Problem(404, *UNKNOWN)
    return _told(progress, 200)


@router.patch(
    "/{reference}",
    status_code=204,
    summary="Envoyer un morceau",
    responses=_PROGRESS,
    openapi_extra={"requestBody": {"content": {"application/offset+octet-stream": {}}}} | SECURED,
)
async def append(reference: str, request: Request, sender: Sender) -> Response:
    """Le morceau qui commence à l’octet `Upload-Offset`. Après le dernier, le fichier est vérifié."""
    start = request.headers.get("upload-offset", "")
    if not start.isdecimal() or len(start) > 16:
        raise Problem(400, detail="Indiquez dans Upload-Offset l’octet où commence ce morceau.")
    length = announced(request, PIECE + 1)
    if length > PIECE:
        raise Problem(
            413, detail=f"Un morceau compte au plus {megabytes(PIECE)}, et le dit dans Content-Length."
        )
    async with request.app.state.room.taken(min(length, _HELD)):
        try:
            outcome = await actions.receive(sender, known(reference), int(start), _until_cut(request))
        except (StorageAway, NotStored):
            raise _away() from None
    return _answer(outcome)


async def _until_cut(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes; a connection that is cut, or too slow, ends it where it is."""
    with suppress(ClientDisconnect, Problem):
        async for piece in request.stream():
            yield piece


@router.delete("/{reference}", status_code=204, summary="Retirer un fichier", openapi_extra=SECURED)
async def take_back(reference: str, sender: Sender) -> Response:
    """Le sien, complet ou non, tant que l’on peut encore en joindre."""
    try:
        refusal = await actions.take_back(sender, known(reference))
    except StorageAway:
        refusal = None  # the row is gone: the storage follows by itself
    if refusal is policy.GONE:
        raise Problem(404, *UNKNOWN)
    if refusal is not None:
        raise Problem(403, "Fichier à garder", refusal.reason)
    return Response(status_code=204)


async def _read(request: Request) -> Announcement:
    async with received(request, _ANNOUNCEMENT) as body:
        if len(body) > _ANNOUNCEMENT:
            raise Problem(413)
        try:
            return Announcement.model_validate_json(body)
        except ValidationError as error:
            fields = [".".join(map(str, detail["loc"])) for detail in error.errors(include_input=False)]
            raise Problem(
                422 if any(fields) else 400, errors=[{"field": field} for field in fields if field]
            ) from None


def _answer(outcome: Progress | Misplaced | None) -> Response:
    if outcome is None:
        raise Problem(404, *UNKNOWN)
    if isinstance(outcome, Misplaced):
        raise Problem(
            409,
            "Morceau mal placé",
            f"Ce morceau ne suit pas ce qui est déjà reçu. Reprenez à l’octet {outcome.offset}.",
            headers={"Upload-Offset": str(outcome.offset)},
            offset=outcome.offset,
        )
    if outcome.state == State.REFUSED:
        _refuse(outcome)
    return _told(outcome, 204)


def _refuse(progress: Progress) -> NoReturn:
    """The file is whole, and not taken.

    Raises:
        Problem: 415, with the reason.
    """
    status = 409 if progress.reason == Reason.TWICE else 415
    raise Problem(
        status, _REFUSED, words.sentence(progress.reason, progress.kind), reason=str(progress.reason)
    )


def _told(progress: Progress, status: int) -> Response:
    headers = {
        "Upload-Offset": str(progress.offset),
        "Upload-Length": str(progress.size),
        "Upload-State": progress.state.value,
    }
    return Response(status_code=status, headers=_NO_STORE | headers)


def _away() -> Problem:
    return Problem(
        503,
        detail="Ce morceau n’a pas pu être gardé. L’envoi reprendra où il en était\u00a0: réessayez dans un instant.",
        headers={"Retry-After": _SOON},
    )
