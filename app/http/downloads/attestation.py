"""The attestation of one appointment, for whoever sees the appointment: its post, and its company (SES-13)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import Response

from app.documents.attestation_pdf import write
from app.http.downloads.files import Asking, check
from app.http.server.problems import Problem
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession, read
from models.kernel.threads import documents
from models.scheduling.appointments import queries
from models.scheduling.appointments.history import Event, history
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from models.scheduling.slots.vocabulary import TOLD

router = APIRouter(include_in_schema=False)
_UNKNOWN = ("Rendez-vous introuvable", "Ce rendez-vous n’existe pas, ou il ne relève pas de vous.")


@router.get("/rendez-vous/{reference}/attestation.pdf")
async def attestation(reference: str, viewer: Asking) -> Response:
    """What was agreed and what happened, with the numbers of the journal's entries."""
    check(reference)
    content = await read(_content, viewer, reference)
    if content is None:
        raise Problem(404, *_UNKNOWN)
    shown, events, offer = content
    body = await documents.run(write, shown, events, offer)
    name = f"attestation-{shown.appointment.reference}.pdf"
    return Response(
        body,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _content(db: DbSession, viewer: Viewer, reference: str) -> tuple[Shown, Sequence[Event], Offer] | None:
    shown = queries.one(db, viewer, reference)
    if shown is None or shown.appointment.status not in TOLD:
        return None
    post = shown.post
    offer = offer_of(db, post.code) or Offer(post.code, post.name, ZoneInfo(post.timezone))
    return shown, history(db, shown), offer
