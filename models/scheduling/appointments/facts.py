"""What the calculator must know of consignments, read from the database."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment, Container, GoodsLine, Step
from models.border.passage.fold import StepNow
from models.border.passage.keys import canonical
from models.border.passage.rules import Passage
from models.border.passage.vocabulary import StepKind
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.kernel.rows import find_rows
from models.posts.tables import Bay
from models.scheduling.appointments.tables import BayPlace, BookedControl, InspectorPlace
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control, Goods, Service
from models.scheduling.slots.asked import Case, Need, Taken

MOST = 20
"""Consignments in one appointment."""
_WOOD = ("4401", "4403", "4404", "4406", "4407")
"""Headings of the customs tariff read as unprocessed wood: docs/limits.md says what was not verified."""
_GONE = Refusal("Cet envoi n’existe pas ou n’est pas de votre ressort.")
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_STEPS = (
    sql_select(
        col(Step.consignment_id),
        col(Step.kind),
        col(BookedControl.appointment_id),
        *(getattr(Step, field.name) for field in fields(StepNow)),
    )
    .outerjoin(
        BookedControl,
        and_(
            col(BookedControl.consignment_id) == col(Step.consignment_id),
            col(BookedControl.step) == col(Step.kind),
        ),
    )
    .where(col(Step.consignment_id).in_(_IDS))
)
_LOADS = sql_select(
    col(Consignment.id).label("id"),
    sql_select(func.count())
    .where(col(Container.consignment_id) == col(Consignment.id))
    .correlate(Consignment)
    .scalar_subquery()
    .label("boxes"),
    sql_select(func.count())
    .where(col(GoodsLine.consignment_id) == col(Consignment.id))
    .where(or_(*(col(GoodsLine.cn_code).startswith(heading) for heading in _WOOD)))
    .correlate(Consignment)
    .scalar_subquery()
    .label("wood"),
).where(col(Consignment.id).in_(_IDS))
"""How many containers, and how many lines of unprocessed wood."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be inspected: the consignments, their post's offer, and what the calculator is asked."""

    consignments: tuple[Consignment, ...]
    post_code: str
    siren: str
    offer: Offer | None
    need: Need

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the consignments."""
        return tuple(consignment.key for consignment in self.consignments)


def wanted(
    db: DbSession,
    viewer: Viewer,
    references: Sequence[str],
    control: Control,
    *,
    cold: bool = False,
    apart_from: int | None = None,
) -> Wanted | Refusal:
    """The consignments of these references as this person sees them, and what their control needs.

    They go to one bay: one company, one post, one service. `apart_from`: an appointment that does not count as
    a booking of theirs, because it is the one that is moved.
    """
    asked = list(dict.fromkeys(map(canonical, references)))[: MOST + 1]
    if not asked:
        return Refusal("Choisissez au moins un envoi.")
    if len(asked) > MOST:
        return Refusal(f"Un rendez-vous porte au plus sur {MOST} envois.")
    rows = select(Consignment).where(visible(viewer), col(Consignment.reference).in_(asked))
    consignments = {consignment.reference: consignment for consignment in db.exec(rows)}
    if len(consignments) < len(asked):
        return _GONE
    return together(db, [consignments[one] for one in asked], control, cold=cold, apart_from=apart_from)


def together(
    db: DbSession,
    consignments: Sequence[Consignment],
    control: Control,
    *,
    cold: bool = False,
    apart_from: int | None = None,
    containers: int | None = None,
) -> Wanted | Refusal:
    """The same for consignments that were found already; `containers`: how many, where it is known better."""
    first = consignments[0]
    if first.siren is None:
        return Refusal(
            "Cet envoi n’est rattaché à aucune entreprise\u00a0: le poste doit d’abord l’y rattacher."
        )
    services = {SERVICE_OF[consignment.ched_type] for consignment in consignments}
    if {(consignment.siren, consignment.post_code) for consignment in consignments} != {
        (first.siren, first.post_code)
    }:
        return Refusal("Ces envois ne vont pas ensemble\u00a0: choisissez des envois du même poste.")
    if len(services) > 1:
        return Refusal(
            "Ces envois ne vont pas ensemble\u00a0: ils sont contrôlés par des services différents."
        )
    goods = {GOODS_OF[consignment.ched_type] for consignment in consignments} | (
        {Goods.COLD} if cold else set()
    )
    need = _need(db, consignments, control, services.pop(), frozenset(goods), apart_from)
    return Wanted(
        tuple(consignments),
        first.post_code,
        first.siren,
        offer_of(db, first.post_code),
        need if containers is None else replace(need, containers=containers),
    )


def _need(
    db: DbSession,
    consignments: Sequence[Consignment],
    control: Control,
    service: Service,
    goods: frozenset[Goods],
    apart_from: int | None,
) -> Need:
    ids = [consignment.key for consignment in consignments]
    steps, booked = _steps(db, ids, apart_from)
    loads = {row.id: row for row in find_rows(db, _LOADS, ids=ids)}
    cases = [
        _case(
            consignment,
            steps[consignment.key],
            booked[consignment.key],
            wood=bool(loads[consignment.key].wood),
        )
        for consignment in consignments
    ]
    return Need(control, service, goods, max(sum(row.boxes for row in loads.values()), 1), tuple(cases))


def _case(consignment: Consignment, steps: dict[str, StepNow], booked: set[StepKind], *, wood: bool) -> Case:
    passage = Passage(consignment.ched_status, steps)
    notified, arrival = passage.step(StepKind.NOTIFICATION), passage.step(StepKind.ARRIVAL)
    return Case(
        consignment.reference,
        passage,
        notified.ended_at or consignment.ched_issued_at,
        arrival.ended_at or arrival.started_at or arrival.planned_at,
        wood,
        frozenset(booked),
    )


def _steps(
    db: DbSession, ids: Collection[int], apart_from: int | None
) -> tuple[defaultdict[int, dict[str, StepNow]], defaultdict[int, set[StepKind]]]:
    """Where each step of these consignments stands; and which have their appointment."""
    steps: defaultdict[int, dict[str, StepNow]] = defaultdict(dict)
    booked: defaultdict[int, set[StepKind]] = defaultdict(set)
    for consignment_id, kind, appointment_id, *now in find_rows(db, _STEPS, ids=ids):
        steps[consignment_id][kind] = StepNow(*now)
        if appointment_id is not None and appointment_id != apart_from:
            booked[consignment_id].add(StepKind(kind))
    return steps, booked


def taken(
    db: DbSession,
    post_code: str,
    service: Service,
    since: datetime,
    until: datetime,
    *,
    apart_from: int | None = None,
    without: Collection[int] = (),
) -> Taken:
    """What is taken at the post between two times; `apart_from`, `without`: by others than these appointments."""
    when = (col(InspectorPlace.starts_at) >= since, col(InspectorPlace.starts_at) < until)
    there = (col(InspectorPlace.post_code) == post_code, col(InspectorPlace.service) == service)
    seats: defaultdict[datetime, int] = defaultdict(int)
    rows = select(InspectorPlace.starts_at, InspectorPlace.appointment_id).where(*there, *when)
    for at, whose in db.exec(rows):
        seats[at] += whose != apart_from and whose not in without
    bays: defaultdict[int, set[datetime]] = defaultdict(set)
    places = (
        select(BayPlace.bay_id, BayPlace.starts_at, BayPlace.appointment_id)
        .join(Bay, col(Bay.id) == col(BayPlace.bay_id))
        .where(Bay.post_code == post_code, col(BayPlace.starts_at) >= since, col(BayPlace.starts_at) < until)
    )
    for bay, at, whose in db.exec(places):
        if whose != apart_from and whose not in without:
            bays[bay].add(at)
    return Taken(bays, seats)
