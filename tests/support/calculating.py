"""What the calculator is tried on: offers and needs by the hundred, and a slow reader that walks every minute."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from models.border.passage.rules import Passage
from models.border.passage.vocabulary import StepKind, StepStatus
from models.posts.holidays import holiday
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Offer
from models.scheduling.capacity.vocabulary import Control, Goods, Service
from models.scheduling.slots.asked import Case, Need
from tests.support.appointments import steps_to_inspect

MINUTE = timedelta(minutes=1)
SERVICE = Service.PLANT_HEALTH
PARIS = "Europe/Paris"
PLACES = (
    *((department, PARIS) for department in ("76", "95", "57", "67", "68", "2A")),
    ("971", "America/Guadeloupe"),
    ("972", "America/Martinique"),
    ("973", "America/Cayenne"),
    ("974", "Indian/Reunion"),
    ("975", "America/Miquelon"),
    ("976", "Indian/Mayotte"),
)
"""Departments, and their clocks."""
FIT = frozenset({"identity", "physical"}), frozenset({"plants"})
ALL_DAY = tuple(Hours(SERVICE, weekday, 0, 24 * 60) for weekday in range(7))


def bay(number: int = 1) -> BayOffer:
    """A bay for plants."""
    return BayOffer(number, f"Quai {number}", *FIT)


def offer(department: str = "76", zone: str = PARIS, **said: Any) -> Offer:
    """What a post offers: one bay, day and night, without notice, unless told."""
    usual: dict[str, Any] = {
        "booking_notice": timedelta(),
        "horizon_days": 8,
        "hours": ALL_DAY,
        "bays": (bay(),),
    }
    return Offer("FRLEH1", zone=ZoneInfo(zone), department=department, **(usual | said))


def need(
    notified_at: datetime, arrives_at: datetime, control: Control = Control.PHYSICAL, **said: Any
) -> Need:
    """What one consignment of plants needs, whose checks are asked for."""
    steps = steps_to_inspect(arrives_at, StepKind.IDENTITY, StepKind.PHYSICAL)
    case = Case(
        "CHEDPP.FR.2026.0000001", Passage("1", steps), notified_at, arrives_at, said.pop("wood", False)
    )
    assert steps[StepKind.PHYSICAL].status == StepStatus.PLANNED
    return Need(control, SERVICE, frozenset({Goods.PLANTS}), cases=(case,), **said)


# What hypothesis draws.
_DAYS = st.sampled_from(
    [
        *(
            date(year, 3, 31) - timedelta(days=date(year, 3, 31).isoweekday() % 7)
            for year in range(2024, 2033)
        ),
        *(
            date(year, 10, 31) - timedelta(days=date(year, 10, 31).isoweekday() % 7)
            for year in range(2024, 2033)
        ),
        *(
            date(year, month, day)
            for year in range(2024, 2033)
            for month, day in ((2, 28), (12, 24), (10, 30))
        ),
        date(2024, 2, 29),
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]
)
"""The nights when clocks change, the ends of February and of the year, Toussaint."""


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Some minute of the years 2024 to 2032: often on a day when something is odd."""
    day = draw(st.one_of(_DAYS, st.dates(date(2024, 1, 1), date(2032, 12, 20))))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + draw(st.integers(-1440, 1440)) * MINUTE


@st.composite
def offers(draw: st.DrawFn, now: datetime) -> Offer:
    """Hours with seasons and holidays, closures, bays, notices."""
    department, zone = draw(st.sampled_from(PLACES))
    begin = now - timedelta(days=1)
    closures = st.builds(
        lambda start, lasts, bay_id, absent: Closure(
            begin + start * MINUTE, begin + (start + lasts) * MINUTE, "", bay_id, absent, "travaux"
        ),
        st.integers(0, 6 * 1440),
        st.integers(1, 1440),
        st.sampled_from([None, 1]),
        st.sampled_from([None, None, 1]),
    )
    return offer(
        department,
        zone,
        hours=tuple(draw(st.lists(_hours(), min_size=1, max_size=9))),
        closures=tuple(draw(st.lists(closures, max_size=2))),
        bays=tuple(bay(number) for number in range(1, draw(st.integers(1, 2)) + 1)),
        step=draw(st.sampled_from([15, 30, 45, 60])) * MINUTE,
        booking_notice=draw(st.sampled_from([0, 30, 120, 1500])) * MINUTE,
        four_hours=draw(st.booleans()),
        wood_days=draw(st.integers(1, 5)),
    )


def _hours() -> st.SearchStrategy[Hours]:
    season = st.sampled_from([("", ""), ("", ""), ("02-29", "10-25"), ("11-01", "02-29"), ("03-01", "12-25")])
    opening = st.sampled_from([0, 1, 2, 3, 6, 8.5, 10, 22])
    return st.builds(
        lambda weekday, opens, lasts, inspectors, seasons, off: Hours(
            SERVICE,
            weekday,
            int(opens * 60),
            min(1440, int((opens + lasts) * 60)),
            inspectors,
            seasons[0],
            seasons[1],
            off,
        ),
        st.integers(0, 6),
        opening,
        st.sampled_from([1, 2, 4, 9, 24]),
        st.integers(1, 3),
        season,
        st.booleans(),
    )


@st.composite
def needs(draw: st.DrawFn, now: datetime) -> Need:
    """A consignment notified some days ago, that came or will."""
    return need(
        now - draw(st.integers(0, 5 * 1440)) * MINUTE,
        now + draw(st.integers(-2 * 1440, 3 * 1440)) * MINUTE,
        draw(st.sampled_from(list(Control))),
        containers=draw(st.integers(1, 3)),
        wood=draw(st.booleans()),
    )


# The slow reader: it knows no quarter of an hour, and no shortcut.
def inspectors_at(post: Offer, at: datetime) -> int:
    """How many inspect in the minute that begins at `at`, as the post's clocks and hours have it."""
    there = at.astimezone(post.zone)
    clock, of_year = there.hour * 60 + there.minute, f"{there:%m-%d}"
    off = bool(holiday(there.date(), post.department))
    number = sum(
        one.inspectors
        for one in post.hours
        if one.weekday == there.weekday()
        and one.opens <= clock < one.closes
        and (one.on_holidays or not off)
        and _in_season(one, of_year)
    )
    for one in post.closures:
        if one.bay_id is None and one.starts_at <= at < one.ends_at:
            number -= number if one.absent is None else one.absent
    return max(0, number)


def _in_season(hours: Hours, of_year: str) -> bool:
    begin, end = hours.season_from, hours.season_to
    if not begin:
        return True
    return begin <= of_year <= end if begin <= end else not end < of_year < begin


def bays_at(post: Offer, at: datetime) -> set[int]:
    """Which bays are not closed in that minute."""
    shut = {one.bay_id for one in post.closures if one.absent is None and one.starts_at <= at < one.ends_at}
    return {one.id for one in post.bays} - shut


def notice_ends(post: Offer, notified_at: datetime, days: int) -> datetime:
    """When so many times 24 hours of working days have passed, minute after minute."""
    left, at = days * 1440, notified_at
    while left:
        day = at.astimezone(post.zone).date()
        left -= day.weekday() < 5 and not holiday(day, post.department)
        at += MINUTE
    return at
