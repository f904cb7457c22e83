"""The demonstration's showcase at every kind of hour: all that it shows is there, and none of it is impossible.

Seen to fail: with visits that take what is taken, with a check that goes on in a closed post, with notifications of the
day before the arrival, with papers checked when the visit was booked already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from demo.simulation.cast import cast
from demo.simulation.hours import at_work
from demo.simulation.journeys import CHECKS, PRESENT
from demo.simulation.offers import OFFERS
from demo.simulation.showcase import SHOWCASE, Visiting
from demo.simulation.timetable import Timed, timetable
from demo.simulation.visits import Agenda, Need, Visit
from models.border.passage.rules import Action
from models.border.passage.vocabulary import ChedType
from models.scheduling.capacity.offer import inspectors_on, starts_on
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF
from models.scheduling.slots.prior_notification import notified_until
from models.scheduling.slots.vocabulary import Status
from tests.demo.simulation.instants import instants

PARTS = cast(2026)
INSPECTED = (
    Action.CHECK_DOCUMENTS,
    Action.CHECK_IDENTITY,
    Action.CHECK_PHYSICALLY,
    Action.DECIDE,
    Action.DECIDE_AFTER_FAILURE,
)
"""What waits for inspectors."""
QUARTER = timedelta(minutes=15)


def flaws(shown: Sequence[Timed], until: datetime) -> Iterator[str]:
    """All that is missing or impossible at that time; nothing, or the test fails."""
    waiting = Counter((one.part.line.post, one.then in INSPECTED) for one in shown)
    if waiting["FRLEH1", True] < 15 or waiting["FRCDG4", True] < 7:
        yield f"files wait for too few: {waiting}"
    taken: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for one in shown:
        yield from _of_messages(one, until)
        for visit in one.visits:
            need = _need(one, visit)
            yield from _of_visit(one, visit, need, until)
            for at in visit.slot.quarters:
                taken[need.pool, at] += 1
    yield from (f"two in one bay: {where}" for where, number in taken.items() if number > 1)
    for post in ("FRLEH1", "FRCDG4"):
        slots = [visit.slot for one in shown for visit in one.visits if visit.post_code == post]
        if not any(slot.starts_at > until for slot in slots):
            yield f"nobody is to come to {post}"
        if _at_full_work(post, until) and not any(slot.starts_at <= until < slot.ends_at for slot in slots):
            yield f"nobody is at {post}"


def _of_messages(one: Timed, until: datetime) -> Iterator[str]:
    """In order, over, by people at work; and what the line says is what it waits for."""
    if one.then is not one.part.line.action and not (
        one.part.line.visiting is Visiting.NOW and one.then in PRESENT
    ):
        yield f"waits for {one.then}"
    if not all(before < after for before, after in pairwise(one.times)) or one.times[-1] > until:
        yield f"out of order: {one.times}"
    for act, at in zip(one.acts, one.times, strict=True):
        if act.answers not in CHECKS and not at_work(at, act.by, one.part.place.code):
            yield f"{act.by} at work at {at}"
    there = any(visit.slot.starts_at <= until < visit.slot.ends_at for visit in one.visits)
    if one.then in (Action.CHECK_IDENTITY, Action.CHECK_PHYSICALLY) and not there:
        yield f"a check goes on, in no bay: {one.visits}"
    arrived = len(one.times) > 1
    if arrived and not one.times[0] < one.expected_at <= one.times[1]:
        yield f"expected at {one.expected_at}: {one.times}"
    if not arrived and one.expected_at <= until:
        yield f"expected at {one.expected_at}, not there yet"


def _of_visit(one: Timed, visit: Visit, need: Need, until: datetime) -> Iterator[str]:
    """Booked in time by the rules of the post, and as the clock says."""
    slot, offer = visit.slot, need.offer
    day = offer.local(slot.starts_at).date()
    present = inspectors_on(offer, need.service, day).keys()
    if slot.starts_at not in starts_on(offer, need.service, day) or not slot.quarters <= present:
        yield f"the post is closed: {slot}"
    if not one.times[1] <= visit.booked_at <= min(until, slot.starts_at - offer.booking_notice):
        yield f"booked at {visit.booked_at}: {slot}"
    notice = notified_until(one.times[0], offer, wood=one.part.kind.family == "wood").until
    if notice is None or slot.starts_at < max(notice, one.times[1]):
        yield f"notified at {one.times[0]}: {slot}"
    checked = [at for act, at in zip(one.acts, one.times, strict=True) if act.answers in CHECKS]
    there = [at for at in checked if slot.starts_at < at < slot.ends_at]
    over, goes_on = slot.ends_at <= until, slot.starts_at <= until < slot.ends_at
    if visit.outcome is not Status.DONE:
        yield from () if over and not checked else (f"{visit.outcome} at {until}: {slot}",)
    elif over:
        yield from () if there == checked else (f"checked at {checked}: {slot}",)
    elif goes_on:
        yield from () if there else (f"nothing goes on at {until}: {slot}",)
    elif there or slot.starts_at <= until:
        yield f"checked before its time: {slot}"


def _at_full_work(post: str, at: datetime) -> bool:
    """Whether it has inspected for half an hour, and will for some minutes."""
    offer = OFFERS[post]
    present = inspectors_on(offer, SERVICE_OF[ChedType.PLANTS], offer.local(at).date())
    whole = at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return whole - 2 * QUARTER in present and whole in present and whole + QUARTER in present


def _need(one: Timed, visit: Visit) -> Need:
    kind = one.part.kind.ched_type
    return Need(visit.post_code, SERVICE_OF[kind], GOODS_OF[kind], visit.control)


def test_it_is_right_at_any_time() -> None:
    """At more than two thousand presents: nights, Sundays, holidays, both kinds of nights when the clocks change."""
    tried = list(instants())
    assert len(tried) > 2_000
    found = [f"{at}: {flaw}" for at in tried for flaw in flaws(timetable(PARTS, at, Agenda()), at)]
    assert found == []


def test_each_line_is_played_and_the_first_company_has_something_of_everything() -> None:
    assert len(PARTS) == len(SHOWCASE)
    mine = Counter(line.action for line in SHOWCASE if line.siren == "912345675")
    assert set(mine) >= set(Action) - {Action.CHECK_IDENTITY, Action.RETURN_RESULT}
    assert mine.total() >= 25
