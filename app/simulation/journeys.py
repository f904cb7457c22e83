"""One consignment's whole life, message after message, at the hours at which people work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from app.simulation.lives import Life
from app.simulation.moves import next_move
from app.simulation.scenarios import PLACES
from app.simulation.writers import write_ched, write_coarri, write_customs_response, write_event
from models.consignments.rules import DRAFT, Action
from models.consignments.vocabulary import Authority
from models.french import local
from models.messages.content import Ched, Coarri, Content, CustomsResponse

_DRAFTED = 0.12

Hours = tuple[time, time, int]
"""Opening, closing, and the last working day of the week (0 is Monday)."""
_WEEK: Mapping[Authority, Hours] = {
    Authority.OPERATOR: (time(7, 30), time(19), 4),
    Authority.SIVEP: (time(7, 30), time(18, 30), 5),
    Authority.CUSTOMS: (time(7), time(20), 5),
    Authority.LABORATORY: (time(9), time(18), 4),
}
_AIRPORT: Hours = (time(5), time(22, 30), 6)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message, and when it is sent."""

    at: datetime
    content: Content
    reference: str
    then: Action
    """What somebody must do once it is known."""

    @property
    def body(self) -> bytes:
        """The message as its sender would write it."""
        return write(self.content)


def write(content: Content) -> bytes:
    """Any content in its own format."""
    match content:
        case Ched():
            return write_ched(content)
        case CustomsResponse():
            return write_customs_response(content)
        case Coarri():
            return write_coarri(content)
        case _:
            return write_event(content)


def journey(notified: Ched, *, at_all_hours: bool = False) -> Iterator[Sent]:
    """The whole life of the consignment that `notified` opens, in order of time; the same at each call.

    `at_all_hours`: authorities and traders never sleep.
    """
    life = begin(notified)
    yield Sent(life.ched.issued_at, life.ched, notified.reference, life.situation.action)
    at = life.ched.issued_at
    while (move := next_move(life)) is not None:
        due = at + move.after
        at = due if at_all_hours else when_open(due, move.by, life)
        content = move.say(at)
        life.hear(content)
        yield Sent(at, content, notified.reference, life.situation.action)


def begin(notified: Ched) -> Life:
    """A life whose first word was said: the notification itself, or a draft of it."""
    life = Life(notified)
    drafted = life.fate("drafted") < _DRAFTED
    life.hear(replace(notified, status=DRAFT, submitted_at=None) if drafted else notified)
    return life


def when_open(at: datetime, by: Authority, life: Life) -> datetime:
    """`at`, or the next hours at which this authority works there."""
    week = _hours(by, life.ched.post_code)
    if week is None:
        return at
    opening, closing, last_day = week
    there = local(at)
    if there.weekday() <= last_day and opening <= there.time() < closing:
        return at
    day = there if there.time() < opening else there + timedelta(days=1)
    while day.weekday() > last_day:
        day += timedelta(days=1)
    begins = day.replace(hour=opening.hour, minute=opening.minute, second=0)
    return (begins + timedelta(seconds=life.dice("morning").randrange(5400))).astimezone(at.tzinfo)


def _hours(by: Authority, post_code: str) -> Hours | None:
    place = PLACES.get(post_code)
    if place and place.by_air and by in (Authority.SIVEP, Authority.CUSTOMS):
        return _AIRPORT
    return _WEEK.get(by)
