"""What a post offers, as values, and what follows for one day: which quarters of an hour, with whom. Pure (SES-12).

Time is counted in quarters of an hour: every post's clock differs from UTC by a whole number of them, and every
opening, length and appointment is made of them. On the nights when the clock changes, a day of the post has 92 or
100 quarters: they are walked in UTC, between its openings and closings read on its own clocks.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.kernel.french import PARIS
from models.posts.holidays import holiday
from models.scheduling.capacity.vocabulary import Control, Goods, Service

QUARTER = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """When a service inspects on one weekday of one season: see PostHours for the units."""

    service: Service
    weekday: int
    opens: int
    closes: int
    inspectors: int = 1
    season_from: str = ""
    season_to: str = ""
    on_holidays: bool = False

    def hold_on(self, day: date, *, off: bool) -> bool:
        """Whether they hold on that day; `off` when it is a local public holiday."""
        if day.weekday() != self.weekday or (off and not self.on_holidays):
            return False
        if not self.season_from or not self.season_to:
            return True
        of_year = f"{day:%m-%d}"
        if self.season_from <= self.season_to:
            return self.season_from <= of_year <= self.season_to
        return of_year >= self.season_from or of_year <= self.season_to


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed, or short of inspectors, from `starts_at` until before `ends_at`: see PostClosure."""

    starts_at: datetime
    ends_at: datetime
    service: str = ""
    bay_id: int | None = None
    absent: int | None = None
    reason: str = ""

    def holds(self, at: datetime, service: Service) -> bool:
        """Whether it touches that service in the quarter that begins at `at`."""
        return self.starts_at < at + QUARTER and at < self.ends_at and self.service in ("", service)


@dataclass(frozen=True, slots=True)
class BayOffer:
    """A bay that takes appointments."""

    id: int
    name: str
    controls: frozenset[str]
    goods: frozenset[str]

    def fits(self, control: Control, goods: Collection[Goods]) -> bool:
        """Whether that control of those goods can be carried out there."""
        return self.controls.issuperset(control.steps) and self.goods.issuperset(goods)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a control lasts, in minutes, for the first container and for each of the others."""

    control: Control
    goods: str
    first: int
    more: int


USUAL_LENGTHS: Mapping[Control, tuple[int, int]] = {
    Control.IDENTITY: (30, 15),
    Control.PHYSICAL: (45, 30),
    Control.BOTH: (60, 30),
}
"""Where the post set none: cautious defaults, not measurements (docs/limits.md)."""


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """All that decides when an appointment can be had at a post. Known by itself: what follows of it is remembered."""

    post_code: str
    post_name: str = ""
    zone: ZoneInfo = PARIS
    department: str = ""
    four_hours: bool = False
    wood_days: int = 1
    booking_notice: timedelta = timedelta(hours=2)
    change_notice: timedelta = timedelta(hours=4)
    horizon_days: int = 30
    step: timedelta = timedelta(minutes=30)
    confirms_itself: bool = True
    phone: str = ""
    address: str = ""
    hours: tuple[Hours, ...] = ()
    closures: tuple[Closure, ...] = ()
    bays: tuple[BayOffer, ...] = ()
    lengths: tuple[Length, ...] = field(default=())

    def local(self, at: datetime) -> datetime:
        """The time `at` on the post's clocks."""
        return at.astimezone(self.zone)

    def midnight(self, day: date) -> datetime:
        """When that day begins there, in UTC."""
        return self.clock(day, 0)

    def clock(self, day: date, minutes: int, *, last: bool = False) -> datetime:
        """When the post's clocks show that many minutes after midnight, in UTC.

        In autumn a time may come twice: the first one, or the `last`. In spring one may never come: then the
        moment at which the clocks jump over it.
        """
        if minutes >= _MIDNIGHT:
            return self.clock(day + timedelta(days=1), minutes - _MIDNIGHT)
        there = datetime.combine(day, time(minutes // 60, minutes % 60), self.zone)
        first, second = (there.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        if second < first:
            return self._jump(second, first)
        return second if last else first

    def _jump(self, before: datetime, after: datetime) -> datetime:
        """The quarter of an hour between the two from which the clocks are ahead."""
        then = self.local(after).utcoffset()
        return next(
            at for at in quarters(_downwards(before), after + QUARTER) if self.local(at).utcoffset() == then
        )


def minutes_of(offer: Offer, control: Control, goods: Collection[Goods], containers: int) -> timedelta:
    """How long that control lasts there: whole quarters of an hour, the longest of what the goods demand."""
    more = max(containers, 1) - 1
    named = [length for length in offer.lengths if length.control is control and length.goods in goods]
    general = [length for length in offer.lengths if length.control is control and not length.goods]
    lengths = [(length.first, length.more) for length in named or general] or [USUAL_LENGTHS[control]]
    minutes = max(first + more * other for first, other in lengths)
    return timedelta(minutes=-(-max(minutes, 1) // 15) * 15)


def quarters(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    """The quarters of an hour from `starts_at` until before `ends_at`."""
    while starts_at < ends_at:
        yield starts_at
        starts_at += QUARTER


def open_hours(offer: Offer, service: Service, day: date) -> list[tuple[datetime, datetime, int]]:
    """From when to when, with how many inspectors, the hours of that day say; closures not counted."""
    off = bool(holiday(day, offer.department))
    return [
        (
            _upwards(offer.clock(day, hours.opens)),
            _downwards(
                offer.clock(day, hours.closes - 1, last=True) + _MINUTE
            ),  # its last minute may come twice
            hours.inspectors,
        )
        for hours in offer.hours
        if hours.service == service and hours.hold_on(day, off=off)
    ]


@lru_cache(512)
def inspectors_on(offer: Offer, service: Service, day: date) -> Mapping[datetime, int]:
    """How many inspectors of the service there are in each quarter of that day; quarters without any are left out."""
    present: dict[datetime, int] = {}
    for opens, closes, number in open_hours(offer, service, day):
        for at in quarters(opens, closes):
            present[at] = present.get(at, 0) + number
    begins, ends = offer.midnight(day), offer.midnight(day + timedelta(days=1))
    touching = [
        closure
        for closure in offer.closures
        if closure.bay_id is None and closure.starts_at < ends and closure.ends_at > begins
    ]
    if touching:
        present = {at: number - _away(touching, at, service, number) for at, number in present.items()}
    return {at: number for at, number in sorted(present.items()) if number > 0}


def _away(closures: Collection[Closure], at: datetime, service: Service, number: int) -> int:
    held = [closure for closure in closures if closure.holds(at, service)]
    return sum(number if closure.absent is None else closure.absent for closure in held)


@lru_cache(512)
def starts_on(offer: Offer, service: Service, day: date) -> Sequence[datetime]:
    """When an appointment may begin on that day, whatever is taken: every `step` after each opening."""
    times_found: set[datetime] = set()
    for opens, closes, _ in open_hours(offer, service, day):
        every = (closes - opens) // offer.step + 1
        times_found.update(
            at for at in (opens + number * offer.step for number in range(every)) if at < closes
        )
    return tuple(sorted(times_found))


def fit_for(offer: Offer, control: Control, goods: Collection[Goods]) -> list[BayOffer]:
    """The bays where that control of those goods can be carried out: those fit for the least first.

    A cold bay is thus kept for what needs the cold as long as another will do.
    """
    fit = [bay for bay in offer.bays if bay.fits(control, goods)]
    return sorted(fit, key=lambda bay: (len(bay.goods), len(bay.controls)))


def bay_closed(offer: Offer, bay: BayOffer, service: Service, at: datetime) -> bool:
    """Whether that very bay is closed in the quarter that begins at `at`."""
    return any(
        closure.bay_id == bay.id and closure.absent is None and closure.holds(at, service)
        for closure in offer.closures
    )


def why_closed(offer: Offer, service: Service, day: date) -> str:
    """Why the service does not inspect on that day, in French words; empty when it does, or for no reason known."""
    if inspectors_on(offer, service, day):
        return ""
    named = holiday(day, offer.department)
    if named and any(hours.service == service and hours.weekday == day.weekday() for hours in offer.hours):
        return f"férié ({named})"
    begins, ends = offer.midnight(day), offer.midnight(day + timedelta(days=1))
    for closure in offer.closures:
        if (
            closure.bay_id is None
            and closure.absent is None
            and closure.starts_at < ends
            and closure.ends_at > begins
        ):
            return f"fermé ({closure.reason})" if closure.reason else "fermé"
    return "fermé"


def _upwards(at: datetime) -> datetime:
    """The first quarter that begins at `at` or after it."""
    return _downwards(at + QUARTER - timedelta(microseconds=1))


def _downwards(at: datetime) -> datetime:
    """The last quarter that begins at `at` or before it."""
    return at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
