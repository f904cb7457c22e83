"""What frames the plan of a day or of a week: counts, the load of each half day, what is over, what is listed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from models.kernel import french
from models.scheduling.appointments.queries import Shown
from models.scheduling.calendars.plan import Plan
from models.scheduling.capacity.offer import Offer, inspectors_on, why_closed
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.capacity.words import SERVICES
from models.scheduling.slots.vocabulary import Status
from models.scheduling.slots.words import day_of
from state.scheduling.plan.rows import Block, Grid, block, drawable, grid, is_open, open_quarters

_COUNTED: tuple[tuple[Status, str, str], ...] = (
    (Status.REQUESTED, "à confirmer", "à confirmer"),
    (Status.STARTED, "en cours", "en cours"),
    (Status.DONE, "honoré", "honorés"),
    (Status.NOT_PRESENTED, "non présenté", "non présentés"),
    (Status.TURNED_AWAY, "refusé au contrôle", "refusés au contrôle"),
    (Status.REFUSED, "refusé", "refusés"),
    (Status.CANCELLED, "annulé", "annulés"),
)
_GONE = (Status.REFUSED, Status.CANCELLED)


@dataclass
class Half:
    """Half a day of a service: quarters of an hour of its inspectors, taken and offered."""

    words: str = ""
    width: str = "0%"
    full: bool = False
    offered: bool = False


@dataclass
class LoadRow:
    """The load of one service on one day."""

    service: str = ""
    morning: Half = field(default_factory=Half)
    afternoon: Half = field(default_factory=Half)


@dataclass
class BayLoad:
    """What one bay has on one day."""

    name: str = ""
    words: str = ""
    width: str = "0%"


@dataclass
class DayPlan:
    """One day: what is drawn, what is listed, what is over."""

    key: str = ""
    title: str = ""
    href: str = ""
    today: bool = False
    counts: str = ""
    closed: list[str] = field(default_factory=list)
    """Which services do not inspect, and why."""
    grid: Grid = field(default_factory=Grid)
    fold: str = ""
    """`7 honorés, 1 refusé`: the half day that is over; empty when none is folded."""
    folded: list[Block] = field(default_factory=list)
    late: list[Block] = field(default_factory=list)
    """Of the half day that is over, what is not settled."""
    earlier: list[Block] = field(default_factory=list)
    lines: list[Block] = field(default_factory=list)
    """For a narrow screen: from the current hour on."""
    apart: list[Block] = field(default_factory=list)
    load: list[LoadRow] = field(default_factory=list)
    bays: list[BayLoad] = field(default_factory=list)


def counts(shown: Sequence[Shown]) -> str:
    """`15 rendez-vous, 7 honorés, 1 non présenté`: those that are to come or were are counted first."""
    total = sum(visit.appointment.status not in _GONE for visit in shown)
    head = "Aucun rendez-vous" if total == 0 else f"{total}{french.NBSP}rendez-vous"
    return ", ".join([head, *_parts(shown)])


def _parts(shown: Sequence[Shown]) -> list[str]:
    by_status = Counter(visit.appointment.status for visit in shown)
    return [
        french.plural(by_status[code], singular, many) for code, singular, many in _COUNTED if by_status[code]
    ]


def day_plan(plan: Plan, now: datetime, *, acts: bool) -> DayPlan:
    """The day that is open."""
    day, offer = plan.first, plan.offer
    today = day == offer.local(now).date()
    noon = offer.clock(day, 12 * 60)
    folds = today and now >= noon
    drawn, apart = drawable(plan.shown)
    morning = [visit for visit in drawn if folds and visit.appointment.starts_at < noon]
    rest = [visit for visit in drawn if visit not in morning]
    since = noon if folds else None
    top = since or offer.midnight(day)
    hour = now.replace(minute=0, second=0, microsecond=0) if today else offer.midnight(day)

    def lines(dayline: Sequence[Shown]) -> list[Block]:
        return [block(visit, plan, now, top, acts=acts) for visit in dayline]

    settled = [visit for visit in morning if not is_open(visit)]
    past = [visit for visit in rest if visit.appointment.ends_at <= hour and not is_open(visit)]
    dayline = _about(plan, day, now)
    dayline.counts, dayline.today = counts(plan.shown), today
    dayline.grid = grid(plan, rest, now, since, acts=acts)
    dayline.fold = ", ".join(_parts(settled))
    dayline.folded, dayline.late = lines(settled), lines([visit for visit in morning if is_open(visit)])
    dayline.earlier, dayline.lines = lines(past), lines([visit for visit in rest if visit not in past])
    dayline.apart = lines(apart)
    return dayline


def week_plan(plan: Plan, now: datetime, *, acts: bool) -> list[DayPlan]:
    """The seven days; one without hours nor appointments says why in a line."""
    days_shown = []
    for day in plan.dates:
        visits = [
            visit for visit in plan.shown if plan.offer.local(visit.appointment.starts_at).date() == day
        ]
        weekday = _about(plan, day, now)
        weekday.counts = counts(visits)
        weekday.lines = [block(visit, plan, now, plan.offer.midnight(day), acts=acts) for visit in visits]
        days_shown.append(weekday)
    return days_shown


def next_day(offer: Offer, day: date) -> date | None:
    """The first day after that one on which the post inspects; None when it inspects on that day, or not for long."""
    days = [day + timedelta(days=number) for number in range(offer.horizon_days + 1)]
    first = next(
        (weekday for weekday in days if any(inspectors_on(offer, service, weekday) for service in Service)),
        None,
    )
    return None if first == day else first


def _about(plan: Plan, day: date, now: datetime) -> DayPlan:
    title = day_of(day)
    return DayPlan(
        key=f"{day}",
        title=title[:1].upper() + title[1:],
        href=f"/agent/planning?poste={plan.post.code}&jour={day}",
        today=day == plan.offer.local(now).date(),
        closed=_closed(plan, day),
        load=_load(plan, day),
        bays=_bay_loads(plan, day),
    )


def _closed(plan: Plan, day: date) -> list[str]:
    served = {hours.service for hours in plan.offer.hours}
    why = {service: why_closed(plan.offer, service, day) for service in Service if service in served}
    if served and all(why.values()):
        return [f"Poste {reason}." for reason in sorted(set(why.values()))]
    return [f"{SERVICES[service]}\u00a0: {reason}." for service, reason in why.items() if reason]


def _load(plan: Plan, day: date) -> list[LoadRow]:
    offer, rows = plan.offer, []
    noon, end = offer.clock(day, 12 * 60), offer.midnight(day + timedelta(days=1))
    for service in Service:
        offered, seats = inspectors_on(offer, service, day), plan.taken[service].seats
        halves = [
            _half(
                sum(number for at, number in seats.items() if since <= at < until),
                sum(number for at, number in offered.items() if since <= at < until),
            )
            for since, until in ((offer.midnight(day), noon), (noon, end))
        ]
        if any(half.offered for half in halves):
            rows.append(LoadRow(SERVICES[service], *halves))
    return rows


def _half(used: int, offered: int) -> Half:
    if not offered and not used:
        return Half("fermé")
    return Half(f"{used} sur {offered}", _width(used, offered), used >= offered, offered=True)


def _width(used: int, offered: int) -> str:
    return f"{min(100, round(100 * used / offered)) if offered else 100}%"


def _bay_loads(plan: Plan, day: date) -> list[BayLoad]:
    opened = set(open_quarters(plan, day))
    bays = next(iter(plan.taken.values())).bays
    return [
        BayLoad(bay.name, f"{used} sur {len(opened)}", _width(used, len(opened)))
        for bay in plan.offer.bays
        if (used := len(opened & set(bays.get(bay.id, ())))) or opened
    ]
