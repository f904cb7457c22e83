"""Plain builders for tests: contents of messages, people who look, and rows, each with what most tests want."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, col, func, select

from demo.writers.contents import write_ched, write_coarri, write_customs_response, write_event
from models.border.consignments.policy import FOLLOW
from models.border.consignments.tables import Consignment, ConsignmentKey, Step
from models.border.consignments.terms import write_terms
from models.border.messages.actions import Receipt, receive
from models.border.messages.ahead import told_done
from models.border.messages.tables import Message
from models.border.passage.content import (
    Ched,
    Coarri,
    Container,
    ContainerMovement,
    Content,
    CustomsResponse,
    Goods,
    Party,
    StepEvent,
    Transport,
)
from models.border.passage.fold import StepNow
from models.border.passage.keys import KeyKind, normalise
from models.border.passage.rules import URGENCY
from models.border.passage.vocabulary import ChedType, ConsignmentState, StepKind, StepStatus
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company
from models.kernel import clock
from models.kernel.terms import words
from models.posts.catalogue import ensure_posts
from tests.support.databases import begin_from, reading, transaction

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
A, B, C = "912345675", "950120345", "880164207"
BOX = "OSTU4812053"
MRN = "26FR00123456789AB1"


def after(hours: float) -> datetime:
    """So many hours after NOW."""
    return NOW + timedelta(hours=hours)


def reference(number: int = 1) -> str:
    """The reference of the CHED `number`."""
    return f"CHEDPP.FR.2026.{number:07}"


def ched(number: int = 1, siren: str = A, **said: Any) -> Ched:
    """A CHED just signed by its importer: avocados of Peru in one container, for Le Havre."""
    usual = Ched(
        reference=reference(number),
        ched_type=ChedType.PLANTS,
        status="1",
        issued_at=NOW,
        post_code="FRLEH1",
        post_name="Le Havre",
        submitted_at=NOW,
        origin_country="PE",
        parties=(Party("importer", "Kerdrel", "FR", identifier=siren, identifier_scheme="siren"),),
        goods=(Goods(1, cn_code="08044000", cn_label="Avocados", origin_country="PE"),),
        containers=(Container(BOX),),
        transports=(Transport("sea", "9321483"),),
    )
    return replace(usual, **said)


def customs(
    function: str = "01", *, hours: float = 1, cited: Sequence[int] = (1,), **said: Any
) -> CustomsResponse:
    """An answer of customs about the declaration MRN, which cites the CHEDs of those numbers."""
    at = after(hours)
    usual = CustomsResponse(function, at, f"R-{function}-{at:%d%H%M}", MRN)
    return replace(usual, cited_cheds=tuple(map(reference, cited)), **said)


def coarri(*boxes: str, at: datetime = NOW, movement: str = "discharged", interchange: str = "I1") -> Coarri:
    """A report that these containers were put ashore at Le Havre."""
    moves = [ContainerMovement(box, movement, at, "FRLEH", "Ostrea", "26W") for box in boxes or (BOX,)]
    return Coarri(interchange, tuple(moves))


def event(step: StepKind, status: StepStatus, *, hours: float = 1, number: int = 1, **said: Any) -> StepEvent:
    """A partner's word on one step of the consignment `number`."""
    return StepEvent(reference(number), step, status, after(hours), **said)


def body_of(content: Content) -> bytes:
    """The content as its author sends it."""
    match content:
        case Ched():
            return write_ched(content)
        case CustomsResponse():
            return write_customs_response(content)
        case Coarri():
            return write_coarri(content)
        case StepEvent():
            return write_event(content)


async def tell(*contents: Content, at: datetime = NOW) -> list[Receipt]:
    """Receive these, one after the other, at `at`, or once all that they tell as done has happened."""
    async with reading() as db:
        last: datetime | None = db.exec(select(func.max(Message.received_at))).one()
    known_at = max([at, last or at, *(happened for one in contents for _, happened in told_done(one))])
    with clock.fixed(known_at):
        return [await receive(body_of(content), "partner:test") for content in contents]


async def add_basics() -> None:
    """The companies A, B and C, and the posts."""
    await begin_from(write_basics)


async def write_basics() -> None:
    """The same, whatever is there."""
    async with transaction() as db:
        for siren, name in ((A, "Kerdrel"), (B, "Horizon"), (C, "Nutri")):
            db.merge(Company(siren=siren, name=name))
        ensure_posts(db)


def operator(siren: str | None = A, *, follows: bool = True) -> Viewer:
    """Somebody who works for the company `siren`."""
    rights = frozenset([FOLLOW]) if follows else frozenset()
    return Viewer(1, "session", "Lise Marchand", Role.OPERATOR, siren=siren, rights=rights)


def officer(role: Role = Role.SIVEP, *posts: str) -> Viewer:
    """Somebody who serves at those posts, Le Havre unless told."""
    return Viewer(2, "session", "Ada Roux", role, posts=posts or ("FRLEH1",))


def row(number: int, siren: str | None = A, **said: Any) -> Consignment:
    """A consignment as stored, without a message behind it."""
    usual: dict[str, Any] = {
        "reference": reference(number),
        "ched_type": ChedType.PLANTS,
        "siren": siren,
        "post_code": "FRLEH1",
        "title": "Avocats du Pérou",
        "ched_status": "1",
        "ched_issued_at": NOW,
        "state": "in_progress",
        "step": "documentary",
        "actor": "sivep",
        "action": "check_documents",
        "opened_at": NOW,
        "changed_at": NOW,
    }
    usual["urgency"] = URGENCY[ConsignmentState(said.get("state", usual["state"]))]
    return Consignment(**(usual | said))


async def keep(*rows: SQLModel) -> None:
    """Write rows down; a consignment is found by its CHED's reference."""
    async with transaction() as db:
        db.add_all(rows)
        db.flush()
        for one in rows:
            if isinstance(one, Consignment):
                db.add(key(one, KeyKind.CHED, one.reference))
                write_terms(db, one, [one.reference, *words(one.title)])


def key(consignment: Consignment, kind: KeyKind, value: str) -> ConsignmentKey:
    """One more reference by which a written consignment is found."""
    plain = normalise(value)
    return ConsignmentKey(consignment_id=consignment.key, kind=kind, value=plain, reversed=plain[::-1])


async def consignment(number: int = 1) -> Consignment:
    """The consignment `number`, as stored."""
    async with reading() as db:
        return db.exec(select(Consignment).where(Consignment.reference == reference(number))).one()


async def steps(number: int = 1) -> dict[str, StepNow]:
    """Where each step of the consignment `number` stands, as stored."""
    mine = (await consignment(number)).key
    async with reading() as db:
        found = db.exec(select(Step).where(col(Step.consignment_id) == mine)).all()
    names = StepNow.__slots__
    return {one.kind: StepNow(**{name: getattr(one, name) for name in names}) for one in found}


async def count(*tables: type[SQLModel]) -> tuple[int, ...]:
    """How many rows these tables hold."""
    async with reading() as db:
        return tuple([db.exec(select(func.count()).select_from(table)).one() for table in tables])


async def waiting() -> list[str]:
    """The formats of the messages that no consignment answers to yet."""
    async with reading() as db:
        return list(db.exec(select(Message.format).where(Message.status == "waiting")).all())
