"""What appointment tests start from: a post that takes appointments, consignments to be inspected, and who asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from models.border.consignments.policy import FOLLOW
from models.border.consignments.tables import Consignment, Container, Step
from models.border.passage.fold import StepNow
from models.border.passage.keys import KeyKind
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.posts.tables import Bay, PostHours, PostTerms
from models.scheduling.appointments.policy import BOOK, Asker, person
from models.scheduling.appointments.tables import Appointment, BayPlace
from models.scheduling.capacity.vocabulary import Service
from tests.factories import NOW, A, add_basics, key, reference, row
from tests.support.databases import reading, transaction

POST = "FRLEH1"
WEEK = range(5)
NINE = NOW.replace(hour=8)
"""Tuesday 24 March 2026, 9 h in Paris; NOW is 10 h."""


def at(hours: float, *, days: int = 0) -> datetime:
    """That hour in Paris, today (Tuesday 24 March) or so many days later in the same week."""
    return NOW.replace(hour=0) + timedelta(days=days, hours=hours - 1)


def booker(siren: str = A, account: int = 1) -> Asker:
    """Somebody of the company who follows and books."""
    rights = frozenset([FOLLOW, (str(BOOK[0]), str(BOOK[1]))])
    return person(Viewer(account, "session", "Lise Marchand", Role.OPERATOR, siren=siren, rights=rights))


def inspector(*posts: str, role: Role = Role.SIVEP, account: int = 2) -> Asker:
    """An officer of those posts, Le Havre unless told."""
    return person(Viewer(account, "session", "Ada Roux", role, posts=posts or (POST,)))


async def add_offer(
    *, bays: int = 1, inspectors: int = 9, opens: int = 8 * 60, closes: int = 18 * 60, **terms: Any
) -> list[int]:
    """Le Havre open from Monday to Friday for all services, with so many bays; their ids."""
    usual: dict[str, Any] = {
        "post_code": POST,
        "department": "76",
        "booking_notice": 0,
        "change_notice": 60,
        "step_minutes": 30,
        "phone": "02 35 00 00 00",
        "changed_at": clock.now(),
        "stamp": f"test-{id(terms)}-{clock.now().timestamp()}-{bays}",
    }
    made = [
        Bay(
            post_code=POST,
            name=f"Quai {number}",
            position=number,
            controls="identity physical",
            goods="cold dry live_animals plants",
        )
        for number in range(1, bays + 1)
    ]
    async with transaction() as db:
        db.add(PostTerms(**(usual | terms)))
        for weekday in WEEK:
            for service in Service:
                db.add(
                    PostHours(
                        post_code=POST,
                        service=service,
                        weekday=weekday,
                        opens=opens,
                        closes=closes,
                        inspectors=inspectors,
                    )
                )
        for bay in made:
            db.add(bay)
    return [bay.key for bay in made]


def steps_to_inspect(arrived_at: datetime, *due: StepKind) -> dict[str, StepNow]:
    """The passage of a consignment that came, whose papers are right, and whose checks are asked for."""
    long_ago = arrived_at - timedelta(days=4)
    done: dict[str, StepNow] = {
        StepKind.NOTIFICATION: StepNow(StepStatus.DONE, ended_at=long_ago),
        StepKind.ARRIVAL: StepNow(StepStatus.DONE, ended_at=arrived_at),
        StepKind.DOCUMENTARY: StepNow(StepStatus.SATISFACTORY, ended_at=arrived_at),
    }
    asked = due or (StepKind.IDENTITY, StepKind.PHYSICAL)
    return {**done, **{step: StepNow(StepStatus.PLANNED, planned_at=arrived_at) for step in asked}}


async def add_due(
    *numbers: int, siren: str = A, due: Sequence[StepKind] = (), boxes: int = 1, **said: Any
) -> list[str]:
    """Consignments whose identity and physical checks are required (or only `due`); their references."""
    steps = steps_to_inspect(NOW - timedelta(days=1), *due)
    usual = {"state": "action_required", "step": "physical", "actor": "operator"}
    async with transaction() as db:
        made = [
            row(number, siren, **(usual | {"action": "present_for_physical"} | said)) for number in numbers
        ]
        for one in made:
            db.add(one)
        db.flush()
        for one in made:
            db.add(key(one, KeyKind.CHED, one.reference))
            for kind, now in steps.items():
                db.add(_step(one, kind, now))
            for box in range(boxes):
                db.add(Container(consignment_id=one.key, number=f"OSTU48120{box:02}"))
    return [reference(number) for number in numbers]


def _step(one: Consignment, kind: str, now: StepNow) -> Step:
    return Step(
        consignment_id=one.key,
        kind=kind,
        status=now.status,
        planned_at=now.planned_at,
        ended_at=now.ended_at,
        authority="sivep",
    )


async def add_people(*ids: int) -> None:
    """The accounts that askers speak of."""
    async with transaction() as db:
        for number in ids:
            person_: dict[str, Any] = {
                "email": f"p{number}@kerdrel.example",
                "name": "Lise Marchand",
                "role": Role.OPERATOR,
            }
            db.add(Account(id=number, password_hash="", created_at=NOW, password_changed_at=NOW, **person_))


async def add_ground(*numbers: int, **offer: Any) -> list[str]:
    """Companies, the post with its offer, and consignments to inspect: what most tests need."""
    await add_basics()
    await add_people(1, 2, 7)
    await add_offer(**offer)
    return await add_due(*(numbers or (1,)))


async def stored(reference_: str) -> Appointment:
    """The appointment, as the database has it."""
    async with reading() as db:
        return db.exec(select(Appointment).where(Appointment.reference == reference_)).one()


async def places() -> set[tuple[int, datetime]]:
    """Every quarter of a bay that is taken."""
    async with reading() as db:
        return {(one.bay_id, one.starts_at) for one in db.exec(select(BayPlace))}
