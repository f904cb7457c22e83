"""What a partner's program reads: consignments and appointments of the companies that mandated it (SES-04)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.appointments.choosing import due
from models.appointments.mandates import mandators
from models.appointments.tables import Appointment
from models.appointments.vocabulary import TOLD
from models.consignments.tables import Consignment
from models.consignments.vocabulary import StepKind


async def consignments(
    db: AsyncSession,
    client_id: str,
    now: datetime,
    *,
    siren: str = "",
    post_code: str = "",
    bookable: StepKind | None = None,
    after: str = "",
    limit: int = 50,
) -> Sequence[Consignment]:
    """Those of the companies that mandate the program, by reference; `bookable`: whose check waits for one.

    One more than `limit` tells that there is more.
    """
    rows = (
        select(Consignment)
        .where(col(Consignment.siren).in_(mandators(client_id, now)), col(Consignment.reference) > after)
        .order_by(col(Consignment.reference))
        .limit(limit + 1)
    )
    if siren:
        rows = rows.where(Consignment.siren == siren)
    if post_code:
        rows = rows.where(Consignment.post_code == post_code)
    if bookable is not None:
        rows = rows.where(col(Consignment.closed_at).is_(None), col(Consignment.id).in_(due(bookable)))
    return (await db.exec(rows)).all()


async def company_of_consignment(
    db: AsyncSession, client_id: str, reference: str, now: datetime
) -> str | None:
    """The SIREN of the company whose consignment it is, if that one mandates the program; None otherwise."""
    rows = select(Consignment.siren).where(
        Consignment.reference == reference, col(Consignment.siren).in_(mandators(client_id, now))
    )
    return (await db.exec(rows)).first()


async def company_of_appointment(
    db: AsyncSession, client_id: str, reference: str, now: datetime
) -> str | None:
    """The same of an appointment. A place that somebody holds on screen is nobody else's: it is left out."""
    rows = select(Appointment.siren).where(
        Appointment.reference == reference,
        col(Appointment.status).in_(TOLD),
        col(Appointment.siren).in_(mandators(client_id, now)),
    )
    return (await db.exec(rows)).first()
