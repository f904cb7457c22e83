"""How long before its arrival a consignment is announced, and by what it comes. Pure (regulation (EU) 2019/1013)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from demo.simulation.offers import OFFERS
from demo.simulation.scenarios import PLACES, Place
from models.border.passage.content import Ched
from models.kernel.french import PARIS, local
from models.posts.holidays import is_working
from models.scheduling.slots.prior_notification import notified_until

_WOOD = ("4401", "4403", "4404", "4406", "4407")
_SHIFTS = (6, 14, 22)
"""Hours at which vessels are expected: those of the dockers' shifts."""
_FIVE = timedelta(minutes=5)
_DAY = timedelta(days=1)
_OFFICE, _OFFICE_LASTS = time(7, 40), timedelta(hours=11)


def notice_of(ched: Ched) -> datetime:
    """When the legal prior notification of that consignment has run (2019/1013 art. 1)."""
    wood = any(line.cn_code.startswith(_WOOD) for line in ched.goods)
    return _runs_until(ched.submitted_at or ched.issued_at, ched.post_code, wood=wood)


def announced_before(arrival: datetime, post_code: str, chance: float, *, wood: bool) -> datetime:
    """When goods that came at `arrival` were announced in good time, during office hours.

    The notification runs on whole working days in between: one, two for wood, and some more by `chance` (0 to 1).
    """
    between = (2 if wood else 1) + int(chance * 3)
    day = _working_before(local(arrival).date(), OFFERS[post_code].department, between + 1)
    within = _OFFICE_LASTS * (chance * 7 % 1)
    return (datetime.combine(day, _OFFICE, PARIS) + within).astimezone(UTC).replace(microsecond=0)


def coming_after(
    announced: datetime, now: datetime, post_code: str, chance: float, *, wood: bool
) -> datetime:
    """When goods announced by then are expected: later than `now`, and once the notification has run."""
    soonest = max(_runs_until(announced, post_code, wood=wood), now + timedelta(hours=2 + 40 * chance))
    return _expected(soonest, PLACES[post_code], later=True)


def expected_before(arrived: datetime, post_code: str, chance: float) -> datetime:
    """When goods that came then were expected: at the shift in which the vessel is unloaded, or some minutes before."""
    place = PLACES[post_code]
    return _expected(arrived - timedelta(minutes=40 * chance) * place.by_air, place, later=False)


def carrier_of(expected: datetime, post_code: str) -> str:
    """The vessel of that shift, or the flight of that hour."""
    place = PLACES[post_code]
    turn = int(expected.timestamp()) // (300 if place.by_air else 8 * 3600)
    return place.carriers[turn % len(place.carriers)]


def _expected(at: datetime, place: Place, *, later: bool) -> datetime:
    if place.by_air:
        whole = at - (at - datetime(2000, 1, 1, tzinfo=UTC)) % _FIVE
        return whole + _FIVE if later else whole
    shifts = _shifts(local(at).date())
    return (
        next(shift for shift in shifts if shift >= at)
        if later
        else next(shift for shift in shifts[::-1] if shift <= at)
    )


@lru_cache(4096)
def _shifts(day: date) -> Sequence[datetime]:
    """Those around that day, in order."""
    days = [day + _DAY * number for number in (-1, 0, 1)]
    return [
        datetime.combine(date_of_shift, time(hour), PARIS).astimezone(UTC)
        for date_of_shift in days
        for hour in _SHIFTS
    ]


def _runs_until(announced: datetime, post_code: str, *, wood: bool) -> datetime:
    return notified_until(announced, OFFERS[post_code], wood=wood).until or announced


@lru_cache(4096)
def _working_before(day: date, department: str, number: int) -> date:
    """The working day that comes `number` working days before that day."""
    while number:
        day -= _DAY
        number -= is_working(day, department)
    return day
