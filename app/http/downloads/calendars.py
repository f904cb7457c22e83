"""Appointments taken away in calendars: one in a file, or all of one's own under an address that an agenda reads."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from app.documents.appointment_calendars import Audience, of_appointments, of_one
from app.http.downloads.files import Asking, attached
from app.http.server import limits
from app.http.server.problems import Problem
from models.kernel.database import read
from models.kernel.threads import documents
from models.scheduling.appointments import queries
from models.scheduling.calendars import feeds
from models.scheduling.slots.vocabulary import TOLD

router = APIRouter(include_in_schema=False)

_TYPE = "text/calendar; charset=utf-8"
_LONGEST = 64


@router.get("/rendez-vous/{reference}/calendrier.ics")
async def one(reference: str, viewer: Asking) -> Response:
    """One appointment, for whoever sees it (SES-04, SES-05)."""
    if not reference.isprintable() or len(reference) > _LONGEST:
        raise _unknown()
    visit = await read(lambda db: queries.one(db, viewer, reference))
    if visit is None or visit.appointment.status not in TOLD:
        raise _unknown()
    body = of_one(visit, own=not viewer.is_officer)
    return Response(body, media_type=_TYPE, headers=attached(f"{reference}.ics"))


@router.get("/calendar/{secret}.ics")
async def feed(request: Request, secret: str, if_none_match: Annotated[str, Header()] = "") -> Response:
    """What the holder of that address may see now; the same 404 for every address that opens nothing (SES-04)."""
    network = limits.network_of(request)
    await limits.addresses.enter(network)
    calendar_feed = await read(lambda db: feeds.read_feed(db, secret)) if _plausible(secret) else None
    if calendar_feed is None:
        raise Problem(
            404,
            "Calendrier introuvable",
            "Copiez de nouveau son adresse depuis votre profil\u00a0: elle a pu changer.",
        )
    await limits.addresses.forgive(network)
    await limits.readings.enter(str(calendar_feed.key))
    body = await documents.run(of_appointments, calendar_feed.appointments, _audience(calendar_feed))
    await feeds.note_reading(calendar_feed.key)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Cache-Control": "private, no-cache", "ETag": tag, "X-Content-Type-Options": "nosniff"}
    if tag in [known_tag.strip().removeprefix("W/") for known_tag in if_none_match.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=_TYPE, headers=headers)


def _audience(feed: feeds.Feed) -> Audience:
    if not feed.post_code:
        return Audience("Rendez-vous Passavant")
    named = next((visit.post.name for visit in feed.appointments), "")
    return Audience(f"Planning, {named}" if named else "Planning du poste", own=False)


def _plausible(secret: str) -> bool:
    return len(secret) <= _LONGEST and secret.isascii()


def _unknown() -> Problem:
    return Problem(
        404, "Rendez-vous introuvable", "Ce rendez-vous n’existe pas, ou il n’est pas de votre ressort."
    )
