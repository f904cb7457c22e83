"""What a partner's program reads: consignments and appointments of the companies that mandated it (SES-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models.border.consignments.tables import Consignment
from models.border.follow_up.queries.beside import steps_of
from models.border.passage.fold import StepNow
from models.border.passage.keys import canonical
from models.border.passage.vocabulary import ConsignmentState, StepKind
from models.identity.people.queries.mandates import mandators
from models.kernel.database import DbSession
from models.scheduling.appointments.queries.bookable import due
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import TOLD


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; empty means everything. `bookable`: whose check waits for an appointment."""

    siren: str = ""
    post_code: str = ""
    bookable: StepKind | None = None
    state: ConsignmentState | None = None
    open: bool = False
    after: str = ""
    limit: int = 50


def consignments(
    db: DbSession, client_id: str, now: datetime, asked: Asked
) -> tuple[Sequence[Consignment], Mapping[int, Mapping[str, StepNow]]]:
    """Those of the companies that mandate the program, by reference, and where their steps stand.

    One more than the limit tells that there is more.
    """
    rows = (
        select(Consignment)
        .where(
            col(Consignment.siren).in_(mandators(client_id, now)), col(Consignment.reference) > asked.after
        )
        .order_by(col(Consignment.reference))
        .limit(asked.limit + 1)
    )
    if asked.siren:
        rows = rows.where(Consignment.siren == asked.siren)
    if asked.post_code:
        rows = rows.where(Consignment.post_code == asked.post_code)
    if asked.state is not None:
        rows = rows.where(Consignment.state == asked.state)
    if asked.open or asked.bookable is not None:
        rows = rows.where(col(Consignment.closed_at).is_(None))
    if asked.bookable is not None:
        rows = rows.where(col(Consignment.id).in_(due(asked.bookable)))
    booked_rows = db.exec(rows).all()
    return booked_rows, steps_of(db, [consignment.key for consignment in booked_rows])


def company_of_consignment(db: DbSession, client_id: str, reference: str, now: datetime) -> str | None:
    """The SIREN of the company whose consignment it is, if that one mandates the program; None otherwise."""
    rows = select(Consignment.siren).where(
        Consignment.reference == canonical(reference), col(Consignment.siren).in_(mandators(client_id, now))
    )
    return db.exec(rows).first()


def company_of_appointment(db: DbSession, client_id: str, reference: str, now: datetime) -> str | None:
    """The same of an appointment. A place that somebody holds on screen is nobody else's: it is left out."""
    rows = select(Appointment.siren).where(
        Appointment.reference == canonical(reference),
        col(Appointment.status).in_(TOLD),
        col(Appointment.siren).in_(mandators(client_id, now)),
    )
    return db.exec(rows).first()
