"""The certified copy of one consignment, and the key that it is verified with (SES-52)."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.documents.certified import content, package
from app.http.downloads.files import UNKNOWN, Asking, attached, check
from app.http.server.problems import Problem
from models.journal.sealing.keys import signer
from models.kernel.threads import documents

router = APIRouter(include_in_schema=False)


@router.get("/fichiers/{reference}/copie-certifiee.zip")
async def certified_copy(reference: str, viewer: Asking) -> Response:
    """What the portal knows of one consignment, and what proves it, for those who may see it."""
    check(reference)
    copy = await content.read(viewer, reference)
    if copy is None or not copy.records.proofs:
        raise Problem(404, *UNKNOWN)
    body = await documents.run(package.build, copy, signer())
    return Response(
        body, media_type="application/zip", headers=attached(f"{copy.reference}_copie-certifiee.zip")
    )


@router.get(package.KEY_PATH)
async def public_key() -> Response:
    """The public key, for whoever holds a certified copy: no need to be signed in."""
    return Response(signer().public, media_type="application/x-pem-file")
