"""When a partner's program may book at a post, and why not sooner (SES-10, SES-12)."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from app.http.partner_api.mandated import Asked, Code, When, caller, known, not_found, refused
from app.http.server.problems import Problem
from models.identity.accounts.partners import Partner, Scope
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.kernel.french import iso
from models.kernel.refusal import Refusal
from models.scheduling.appointments import choices
from models.scheduling.appointments.choices import Slots
from models.scheduling.appointments.policy import program
from models.scheduling.calendars.queries import for_partners
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.asked import Slot
from models.scheduling.slots.words import sentence

router = APIRouter(prefix="/api/v1/posts", tags=["Rendez-vous"])

Reader = Annotated[Partner, caller(Scope.APPOINTMENTS_READ)]
_SPAN = timedelta(days=7)
_LONGEST = timedelta(days=400)
"""No post takes appointments that far ahead."""


class Free(BaseModel):
    """Un créneau, et le nombre de places qui y restent."""

    starts_at: str
    ends_at: str
    places_left: int


class Offered(BaseModel):
    """Les créneaux libres, le premier possible quelle que soit la période demandée, et pourquoi pas plus tôt."""

    slots: list[Free]
    earliest: str | None
    reason: str


@router.get("/{code}/slots", summary="Chercher un créneau")
async def slots(
    code: str,
    client: Reader,
    consignment: Annotated[Code, Query(examples=["CHEDPP.FR.2026.0028758"])],
    control: Annotated[Asked, Query()],
    since: Annotated[When | None, Query(alias="from")] = None,
    until: Annotated[When | None, Query(alias="to")] = None,
) -> Offered:
    """De `from` à `to`, bornes comprises : des jours du poste, ou des heures avec leur décalage. À défaut, 7 jours.

    Le même calcul que pour les personnes : préavis, arrivée de la marchandise, horaires, quais et inspecteurs.
    """
    now = clock.now()
    first = since or now
    last = until or first + _SPAN
    if _day(last) < _day(first):
        raise Problem(422, errors=[{"field": "to", "reason": "avant from"}])
    proposed = await read(lambda db: _slots(db, client, known(consignment), control, first, last, now))
    if proposed is None:
        raise not_found()
    if isinstance(proposed, Refusal):
        raise refused(proposed)
    if proposed.wanted.post_code != code:
        raise refused(Refusal("Cet envoi relève d’un autre poste."))
    offer, answer = proposed.wanted.offer, proposed.answer
    return Offered(
        slots=[
            Free(starts_at=iso(slot.starts_at), ends_at=iso(slot.ends_at), places_left=slot.places_left)
            for slot in answer.slots
            if slot.places_left and offer is not None and _within(slot, offer, first, last)
        ],
        earliest=iso(answer.earliest.starts_at) if answer.earliest else None,
        reason=sentence(answer, offer, proposed.wanted.need.service, now),
    )


def _slots(
    db: DbSession,
    client: Partner,
    reference: str,
    control: Control,
    first: date | datetime,
    last: date | datetime,
    now: datetime,
) -> Slots | Refusal | None:
    siren = for_partners.company_of_consignment(db, client.id, reference, now)
    if siren is None:
        return None
    # A day more at each end: the post's clocks may not be at our day. What is too much is left out afterwards.
    begin = max(_day(first), now.date()) - timedelta(days=1)
    end = min(_day(last), (now + _LONGEST).date()) + timedelta(days=1)
    return choices.slots(db, program(client.id, siren).viewer, [reference], control, begin, end)


def _day(at: date | datetime) -> date:
    return at.astimezone(UTC).date() if isinstance(at, datetime) else at


def _within(slot: Slot, offer: Offer, first: date | datetime, last: date | datetime) -> bool:
    day = offer.local(slot.starts_at).date()
    begun = slot.starts_at >= first if isinstance(first, datetime) else day >= first
    return begun and (slot.starts_at <= last if isinstance(last, datetime) else day <= last)
