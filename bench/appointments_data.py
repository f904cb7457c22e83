"""What bookings are measured on: posts that inspect, consignments to be inspected, and a past of appointments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text
from sqlmodel import SQLModel

from bench.history import POSTS
from models.border.consignments.tables import Consignment, Container, Step
from models.border.passage.vocabulary import ChedType, StepKind, StepStatus
from models.identity.companies.tables import Company
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.rows import insert_rows
from models.posts.catalogue import ensure_posts
from models.posts.tables import Bay, PostHours, PostTerms
from models.scheduling.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    BayPlace,
    InspectorPlace,
)
from models.scheduling.capacity.vocabulary import Control, Service
from models.scheduling.slots.vocabulary import Status
from tests.support.databases import transaction

NOW = datetime(2026, 6, 2, 4, tzinfo=UTC)
BAYS = 4
_DAY = 13
"""Appointments of 45 minutes in one bay from 8 h to 17 h 45."""
_FIRST = datetime(2026, 6, 2, 6, tzinfo=UTC)
_QUARTER = timedelta(minutes=15)
_LASTS = 3 * _QUARTER
_BATCH = 2000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """Bookings to be made, in order: posts in turn, each bay of a time before the next time."""

    bookings: tuple[tuple[str, str, datetime], ...]
    now: datetime = NOW
    siren: str = "900000000"

    async def prepare(self, past: int) -> None:
        """Fill this process's database."""
        with clock.fixed(self.now):
            async with transaction() as db:
                db.add(Company(siren=self.siren, name="Entreprise"))
                ensure_posts(db)
                db.flush()
                _add_offers(db)
            await write(self._consignments)
            for first in range(0, past, _BATCH):
                await write(_Past(self.siren, first, min(_BATCH, past - first)))
            await write(_as_in_use)

    def _consignments(self, db: DbSession) -> None:
        rows: dict[type[SQLModel], list[Row]] = {Consignment: [], Step: [], Container: []}
        for number, (post, reference, _) in enumerate(self.bookings, 1):
            rows[Consignment].append(_consignment(number, reference, self.siren, post))
            rows[Step] += _steps(number)
            rows[Container].append({"consignment_id": number, "number": f"OSTU{number:07}"})
        for table, those in rows.items():
            insert_rows(db, table, those)


def _as_in_use(db: DbSession) -> None:
    if db.get_bind().dialect.name == "postgresql":
        last = "(SELECT coalesce(max(id), 0) + 1 FROM appointment)"
        db.execute(text(f"SELECT setval('appointment_id_seq', {last})"))
    db.execute(text("ANALYZE"))


def lay(count: int) -> Ground:
    """So many bookings."""
    return Ground(tuple((_post(n), f"CHEDPP.FR.2026.{n + 1:07}", _start(n)) for n in range(count)))


def _post(number: int) -> str:
    return POSTS[number % len(POSTS)]


def _start(number: int) -> datetime:
    day, slot = divmod(number // len(POSTS) // BAYS, _DAY)
    return _FIRST + timedelta(days=7 * (day // 4) + day % 4) + slot * _LASTS  # Tuesday to Friday


def _add_offers(db: DbSession) -> None:
    for post in POSTS:
        terms: Row = {"department": "76", "booking_notice": 0, "step_minutes": 45, "horizon_days": 300}
        db.add(PostTerms(post_code=post, changed_at=NOW, stamp=uuid4().hex, **terms))
        for weekday in range(5):
            for service in Service:
                hours: Row = {"opens": 480, "closes": 1080, "inspectors": BAYS}
                db.add(PostHours(post_code=post, service=service, weekday=weekday, **hours))
        for number in range(BAYS):
            fit: Row = {"controls": "identity physical", "goods": "cold dry live_animals plants"}
            db.add(Bay(post_code=post, name=f"Quai {number + 1}", position=number, **fit))


def _consignment(number: int, reference: str, siren: str, post: str) -> Row:
    return {
        "id": number,
        "reference": reference,
        "ched_type": ChedType.PLANTS,
        "siren": siren,
        "post_code": post,
        "title": "Avocats du Pérou",
        "ched_status": "1",
        "ched_issued_at": NOW,
        "state": "action_required",
        "urgency": 1,
        "step": "physical",
        "actor": "operator",
        "action": "present_for_physical",
        "opened_at": NOW,
        "changed_at": NOW,
        **dict.fromkeys(("origin_country", "purpose", "packages", "mrn", "local_reference"), ""),
        **dict.fromkeys(("decision", "measure", "refusal_reasons", "replaced_by", "parts_digest"), ""),
    }


def _steps(number: int) -> Iterator[Row]:
    long_ago, lately = NOW - timedelta(days=5), NOW - timedelta(days=1)
    for kind, status, planned, ended in (
        (StepKind.NOTIFICATION, StepStatus.DONE, None, long_ago),
        (StepKind.ARRIVAL, StepStatus.DONE, None, lately),
        (StepKind.DOCUMENTARY, StepStatus.SATISFACTORY, None, lately),
        (StepKind.IDENTITY, StepStatus.PLANNED, lately, None),
        (StepKind.PHYSICAL, StepStatus.PLANNED, lately, None),
    ):
        words = dict.fromkeys(("result", "reason", "detail"), "")
        yield {
            "consignment_id": number,
            "kind": kind,
            "status": status,
            "planned_at": planned,
            "ended_at": ended,
            "started_at": None,
            "authority": "sivep",
            **words,
        }


@dataclass(frozen=True, slots=True)
class _Past:
    """Appointments that were honoured, with the places that they had: what years leave behind."""

    siren: str
    first: int
    count: int

    def __call__(self, db: DbSession) -> None:
        numbers = range(self.first, self.first + self.count)
        rows: dict[type[SQLModel], list[Row]] = {Appointment: [], BayPlace: [], InspectorPlace: []}
        rows[AppointmentConsignment] = []
        for number in numbers:
            rows[Appointment].append(self._appointment(number))
            rows[AppointmentConsignment].append({"appointment_id": number + 1, "consignment_id": 1})
            for quarter in range(3):
                at = _gone(number) + quarter * _QUARTER
                mine = {"appointment_id": number + 1, "starts_at": at, "proposed": False}
                rows[BayPlace].append({**mine, "bay_id": _bay(number)})
                service = {"post_code": _post(number), "service": Service.PLANT_HEALTH}
                rows[InspectorPlace].append({**mine, **service, "seat": number // len(POSTS) % BAYS})
        for table, those in rows.items():
            insert_rows(db, table, those)

    def _appointment(self, number: int) -> Row:
        at = _gone(number)
        return {
            "id": number + 1,
            "reference": f"OLD-{number}",
            "post_code": _post(number),
            "siren": self.siren,
            "control": Control.PHYSICAL,
            "service": Service.PLANT_HEALTH,
            "goods": "plants",
            "containers": 1,
            "bay_id": _bay(number),
            "starts_at": at,
            "ends_at": at + _LASTS,
            "status": Status.DONE,
            "proposed_by": "",
            "reason": "",
            "reason_text": "",
            "sequence": 1,
            "booked_at": at,
            "changed_at": at,
            "ended_at": at + _LASTS,
        }


def _gone(number: int) -> datetime:
    return _FIRST - timedelta(days=1) - (number // len(POSTS) // BAYS) * _LASTS


def _bay(number: int) -> int:
    return number % len(POSTS) * BAYS + number // len(POSTS) % BAYS + 1
