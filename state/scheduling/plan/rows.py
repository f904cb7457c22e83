"""The plan of a post as the screen shows it: blocks in bays, lines, closed hours, all on the post's clocks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from models.kernel import french
from models.scheduling.appointments.queries import Shown
from models.scheduling.calendars.plan import Plan
from models.scheduling.capacity.offer import QUARTER, BayOffer, bay_closed, inspectors_on, quarters
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.slots.vocabulary import COMING, LIVE, Status
from models.scheduling.slots.words import STATUSES, clock_at

LATE = timedelta(minutes=15)
"""From then on a confirmed appointment whose goods are not there is said to be late."""
_NEXT = {Status.REQUESTED: "Répondre", Status.STARTED: "Clore", Status.ARRIVED: "Commencer"}
_OFF_GRID = frozenset({Status.CANCELLED})
_FREED = frozenset({Status.NOT_PRESENTED, Status.TURNED_AWAY, Status.REFUSED})
"""Their place may have been given to another: that one is drawn."""


@dataclass
class Block:
    """An appointment, in its bay or on a line. `at` and `span` are quarters of an hour from the top of the grid."""

    key: str = ""
    reference: str = ""
    at: int = 0
    span: int = 0
    iso: str = ""
    time: str = ""
    title: str = ""
    company: str = ""
    bay: str = ""
    status: str = ""
    status_label: str = ""
    note: str = ""
    """`attendu depuis 20 min`, `autre heure proposée`."""
    next_label: str = ""
    """What an inspector will do next, when the appointment waits for it."""
    movable: bool = False
    ghost: bool = False
    """A time that is only proposed: its place is kept."""


@dataclass
class Band:
    """Hours in which a bay is closed."""

    key: str = ""
    at: int = 0
    span: int = 0
    label: str = ""


@dataclass
class BayColumn:
    """A bay with what it has, in the order of the clock."""

    key: str = ""
    name: str = ""
    blocks: list[Block] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)


@dataclass
class HourMark:
    """A line of the grid."""

    at: int = 0
    label: str = ""


@dataclass
class Grid:
    """A day, or what is left of it."""

    rows: int = 0
    """Quarters of an hour; 0 when there is nothing to draw."""
    iso: str = ""
    """When its top is."""
    now: int = -1
    """Minutes from the top to the present; -1 when it is not there."""
    now_label: str = ""
    zone: str = ""
    """The post's clocks, for the browser that moves the line of the present."""
    hours: list[HourMark] = field(default_factory=list)
    bays: list[BayColumn] = field(default_factory=list)


def block(shown: Shown, plan: Plan, now: datetime, top: datetime, *, acts: bool) -> Block:
    """One appointment; `acts`: whether who looks may change it."""
    appointment = shown.appointment
    others = len(shown.consignments) - 1
    title = shown.consignments[0].title if shown.consignments else "Envoi"
    return Block(
        key=appointment.reference,
        reference=appointment.reference,
        at=_quarters(top, appointment.starts_at),
        span=max(1, _quarters(appointment.starts_at, appointment.ends_at)),
        iso=french.iso(appointment.starts_at),
        time=clock_at(appointment.starts_at, plan.offer),
        title=f"{title} +{others}" if others > 0 else title,
        company=shown.company,
        bay=shown.bay_name,
        status=appointment.status,
        status_label=STATUSES[appointment.status],
        note=_note(shown, now),
        next_label=_NEXT.get(Status(appointment.status), "") if acts else "",
        movable=acts
        and appointment.status in COMING
        and appointment.starts_at - now >= plan.offer.change_notice,
    )


def _note(shown: Shown, now: datetime) -> str:
    appointment = shown.appointment
    if appointment.proposed_at is not None:
        return "autre heure proposée"
    if appointment.status in COMING and now - appointment.starts_at >= LATE:
        return f"attendu depuis {french.duration(now - appointment.starts_at)}"
    return ""


def _quarters(since: datetime, until: datetime) -> int:
    return round((until - since) / QUARTER)


def grid(plan: Plan, drawn: Sequence[Shown], now: datetime, since: datetime | None, *, acts: bool) -> Grid:
    """One day of the plan from its opening, or from `since`, with the appointments to draw in it."""
    day = plan.first
    opened = open_quarters(plan, day)
    times = [
        at for at in (*opened, *(visit.appointment.starts_at for visit in drawn)) if not since or at >= since
    ]
    ends = [visit.appointment.ends_at for visit in drawn] + ([opened[-1] + QUARTER] if opened else [])
    if not times:
        return Grid()
    top, bottom = since or _hour(min(times)), max(ends)
    bottom = _hour(bottom) if bottom == _hour(bottom) else _hour(bottom) + timedelta(hours=1)
    marks = [top + timedelta(hours=number) for number in range(int((bottom - top) / timedelta(hours=1)) + 1)]
    inside = top <= now < bottom
    return Grid(
        rows=_quarters(top, bottom),
        iso=french.iso(top),
        now=int((now - top) / timedelta(minutes=1)) if inside else -1,
        now_label=clock_at(now, plan.offer) if inside else "",
        zone=str(plan.offer.zone),
        hours=[HourMark(_quarters(top, at), _short(clock_at(at, plan.offer))) for at in marks],
        bays=_bays(plan, drawn, now, top, bottom, acts=acts),
    )


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _short(clock: str) -> str:
    return clock.removesuffix(f"{french.NBSP}00")


def open_quarters(plan: Plan, day: date) -> list[datetime]:
    """The quarters of that day in which any service inspects."""
    return sorted({at for service in Service for at in inspectors_on(plan.offer, service, day)})


def _bays(
    plan: Plan, drawn: Sequence[Shown], now: datetime, top: datetime, bottom: datetime, *, acts: bool
) -> list[BayColumn]:
    columns = {
        bay.id: BayColumn(str(bay.id), bay.name, [], _bands(plan, bay, top, bottom))
        for bay in plan.offer.bays
    }
    for shown in drawn:  # a bay that was retired keeps what it has
        appointment = shown.appointment
        column = columns.setdefault(appointment.bay_id, BayColumn(str(appointment.bay_id), shown.bay_name))
        column.blocks.append(block(shown, plan, now, top, acts=acts))
        if (
            appointment.proposed_at
            and appointment.proposed_bay in columns
            and top <= appointment.proposed_at < bottom
        ):
            columns[appointment.proposed_bay].blocks.append(_ghost(shown, plan, now, top))
    for column in columns.values():
        column.blocks.sort(key=lambda one: (one.at, one.key))
    return list(columns.values())


def _ghost(shown: Shown, plan: Plan, now: datetime, top: datetime) -> Block:
    appointment, drawn = shown.appointment, block(shown, plan, now, top, acts=False)
    at = appointment.proposed_at or appointment.starts_at
    drawn.key += "-p"
    drawn.at, drawn.time, drawn.iso = _quarters(top, at), clock_at(at, plan.offer), french.iso(at)
    drawn.span = max(1, _quarters(at, appointment.proposed_end or appointment.ends_at))
    drawn.ghost, drawn.note, drawn.status_label, drawn.status = True, "", "Heure proposée", "proposed"
    return drawn


def _bands(plan: Plan, bay: BayOffer, top: datetime, bottom: datetime) -> list[Band]:
    offer = plan.offer
    present = {service: inspectors_on(offer, service, plan.first) for service in Service}

    def closed(at: datetime) -> str | None:
        if any(at in present[service] and not bay_closed(offer, bay, service, at) for service in Service):
            return None
        held = [
            closure
            for closure in offer.closures
            if closure.absent is None and closure.bay_id in (None, bay.id)
        ]
        closures = [
            closure.reason for closure in held if any(closure.holds(at, service) for service in Service)
        ]
        return f"Fermé, {french.lower_first(closures[0])}" if closures and closures[0] else "Fermé"

    return [
        Band(f"{bay.id}-{at}", at, span, label) for at, span, label in _runs(quarters(top, bottom), closed)
    ]


def _runs(
    times: Iterable[datetime], label_of: Callable[[datetime], str | None]
) -> list[tuple[int, int, str]]:
    runs: list[tuple[int, int, str]] = []
    for number, at in enumerate(times):
        label = label_of(at)
        if label is None:
            continue
        if runs and runs[-1][0] + runs[-1][1] == number and runs[-1][2] == label:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, label)
        else:
            runs.append((number, 1, label))
    return runs


def drawable(shown: Sequence[Shown]) -> tuple[list[Shown], list[Shown]]:
    """What is drawn in the bays, and what is only listed: cancelled, or its place given to another since."""
    holds = [visit for visit in shown if visit.appointment.status not in (_OFF_GRID | _FREED)]
    freed = [visit for visit in shown if visit.appointment.status in _FREED]
    for visit in freed:
        if not any(_overlap(visit, other) for other in holds):
            holds.append(visit)
    holds.sort(key=lambda visit: (visit.appointment.starts_at, visit.appointment.id or 0))
    names = {visit.appointment.reference for visit in holds}
    return holds, [visit for visit in shown if visit.appointment.reference not in names]


def _overlap(visit: Shown, other: Shown) -> bool:
    a, b = visit.appointment, other.appointment
    return a.bay_id == b.bay_id and a.starts_at < b.ends_at and b.starts_at < a.ends_at


def is_open(shown: Shown) -> bool:
    """Whether something is still to come of it."""
    return shown.appointment.status in LIVE
