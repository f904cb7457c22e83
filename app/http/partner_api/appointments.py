"""Appointments for the programs of partners: the same rules, and the same calculator, as for people (SES-10, SES-11)."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from app.http.partner_api.mandated import Asked, Code, Instant, caller, known, not_found, refused
from app.http.server.problems import Problem
from models.identity.accounts.partners import Partner, Scope
from models.kernel import clock
from models.kernel.database import read
from models.kernel.french import iso
from models.kernel.refusal import Refusal
from models.scheduling.appointments import booking, changes, queries
from models.scheduling.appointments.booking import NoPlace
from models.scheduling.appointments.policy import Asker, program
from models.scheduling.appointments.queries import Shown
from models.scheduling.appointments.tables import Appointment
from models.scheduling.calendars.queries import for_partners
from models.scheduling.slots.vocabulary import Status
from models.scheduling.slots.words import STATUSES

router = APIRouter(prefix="/api/v1/appointments", tags=["Rendez-vous"])

Reader = Annotated[Partner, caller(Scope.APPOINTMENTS_READ)]
Writer = Annotated[Partner, caller(Scope.APPOINTMENTS_WRITE)]
Reference = Annotated[str, Path(examples=["LEH-7K4Q2"])]


class Strict(BaseModel):
    """Un champ inconnu est refusé : une faute de frappe ne passe pas pour une valeur par défaut."""

    model_config = ConfigDict(extra="forbid")


class Wish(Strict):
    """Le rendez-vous demandé."""

    consignment: Code = Field(examples=["CHEDPP.FR.2026.0028758"])
    post: Code = Field(examples=["FRLEH1"])
    control: Asked
    starts_at: Instant


class Move(Strict):
    """Une autre heure."""

    starts_at: Instant


class Booked(BaseModel):
    """Le rendez-vous tel qu’il est : `requested` attend la confirmation du poste."""

    reference: str
    status: Status
    starts_at: str
    bay: str


class Proposal(BaseModel):
    """Une autre heure que l’autre partie propose, et jusqu’à quand."""

    starts_at: str
    until: str
    by: str


class Whole(Booked):
    """Le rendez-vous, avec ce qu’il concerne."""

    status_label: str
    ends_at: str
    post: str
    control: str
    siren: str
    consignments: list[str]
    proposed: Proposal | None


@router.post("", status_code=201, summary="Prendre un rendez-vous")
async def book(wish: Wish, client: Writer) -> Booked:
    """Pris aussitôt, sans réservation préalable ; confirmé, ou demandé quand le poste confirme lui-même.

    409 quand la place est prise, avec les plus proches dans `nearest` ; 422 avec la raison en français quand le
    contrôle ne se réserve pas, ou pas à cette heure.
    """
    now = clock.now()
    siren = await read(
        lambda db: for_partners.company_of_consignment(db, client.id, known(wish.consignment), now)
    )
    if siren is None:
        raise not_found()
    asker = program(client.id, siren)
    appointment = await booking.book(asker, wish.post, [wish.consignment], wish.control, wish.starts_at)
    return _booked(await _shown(asker, _had(appointment).reference))


@router.get("/{reference}", summary="Lire un rendez-vous")
async def one(reference: Reference, client: Reader) -> Whole:
    """Ceux des entreprises qui ont mandaté ce logiciel, quel que soit celui qui les a pris."""
    visit = await _shown(await _asker(client, reference), reference)
    appointment = visit.appointment
    at, until = appointment.proposed_at, appointment.proposed_until
    proposed = (
        Proposal(starts_at=iso(at), until=iso(until), by=appointment.proposed_by) if at and until else None
    )
    return Whole(
        **_booked(visit).model_dump(),
        status_label=STATUSES[appointment.status],
        ends_at=iso(appointment.ends_at),
        post=appointment.post_code,
        control=appointment.control,
        siren=appointment.siren,
        consignments=[consignment.reference for consignment in visit.consignments],
        proposed=proposed,
    )


@router.post("/{reference}/move", summary="Déplacer un rendez-vous")
async def move(reference: Reference, to: Move, client: Writer) -> Booked:
    """La place d’avant n’est rendue qu’une fois la nouvelle acquise. 409 et 422 comme à la prise du rendez-vous."""
    asker = await _asker(client, reference)
    _had(await changes.move(asker, reference, to.starts_at))
    return _booked(await _shown(asker, reference))


@router.delete("/{reference}", summary="Annuler un rendez-vous")
async def cancel(reference: Reference, client: Writer) -> Booked:
    """Jusqu’au délai que fixe le poste ; 422 au-delà. Annuler deux fois ne change rien."""
    asker = await _asker(client, reference)
    before = await _shown(asker, reference)
    if before.appointment.status == Status.CANCELLED:
        return _booked(before)
    _had(await changes.cancel(asker, reference))
    return _booked(await _shown(asker, reference))


async def _asker(client: Partner, reference: str) -> Asker:
    """The program, for the company whose appointment it is.

    Raises:
        Problem: 404, when there is none such of a company that mandated it.
    """
    now = clock.now()
    siren = await read(lambda db: for_partners.company_of_appointment(db, client.id, known(reference), now))
    if siren is None:
        raise not_found()
    return program(client.id, siren)


async def _shown(asker: Asker, reference: str) -> Shown:
    visit = await read(lambda db: queries.one(db, asker.viewer, reference))
    if visit is None:
        raise not_found()
    return visit


def _had(outcome: Appointment | NoPlace | Refusal) -> Appointment:
    """The appointment, unless there is none.

    Raises:
        Problem: 409 without a place, 422 with the reason.
    """
    if isinstance(outcome, Refusal):
        raise refused(outcome)
    if isinstance(outcome, NoPlace):
        nearest = [
            {"starts_at": iso(slot.starts_at), "ends_at": iso(slot.ends_at)} for slot in outcome.nearest
        ]
        raise Problem(409, "Créneau complet", outcome.reason, nearest=nearest)
    return outcome


def _booked(visit: Shown) -> Booked:
    appointment = visit.appointment
    return Booked(
        reference=appointment.reference,
        status=Status(appointment.status),
        starts_at=iso(appointment.starts_at),
        bay=visit.bay_name,
    )
