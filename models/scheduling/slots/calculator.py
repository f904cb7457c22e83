"""When one may book, and why not sooner: one calculator, pure, for screens, officers and partners alike.

A control can be booked when it is required and not yet done; from the latest of three moments on: the booking
cut-off of the post, the end of the legal prior notification, the arrival of the goods; when the post inspects, a
fit bay and an inspector are free for as long as it lasts (SES-10, SES-12; regulation (EU) 2019/1013 art. 1).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from models.border.passage.rules import DRAFT, ENDED_STATUSES
from models.border.passage.vocabulary import StepKind, StepStatus
from models.scheduling.capacity.offer import (
    BayOffer,
    Offer,
    bay_closed,
    fit_for,
    inspectors_on,
    minutes_of,
    quarters,
    starts_on,
)
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.asked import Answer, Case, Cause, Need, Obstacle, Slot, Taken
from models.scheduling.slots.prior_notification import notified_until

_OVER = (StepKind.DECISION, StepKind.RELEASE, StepKind.DEPARTURE)
_UNFIT: Mapping[str, Cause] = {StepStatus.AWAITED: Cause.NOT_REQUIRED, StepStatus.STARTED: Cause.UNDER_WAY}


def impossible(need: Need, offer: Offer | None) -> Obstacle | None:
    """Why nothing can be booked at all, as things stand; None when something can."""
    if offer is None or not offer.hours:
        return Obstacle(Cause.NO_OFFER)
    for case in need.cases:
        obstacle = _against(case, need.control)
        if obstacle is not None:
            return obstacle
    if not fit_for(offer, need.control, need.goods):
        return Obstacle(Cause.NO_BAY)
    return None


def _against(case: Case, control: Control) -> Obstacle | None:
    passage = case.passage
    if passage.ched_status in ENDED_STATUSES or any(passage.ended(step) for step in _OVER):
        return Obstacle(Cause.ENDED, reference=case.reference)
    if case.notified_at is None or passage.ched_status == DRAFT:
        return Obstacle(Cause.DRAFT, reference=case.reference)
    for step in control.steps:
        cause = _against_step(case, step)
        if cause is not None:
            return Obstacle(cause, reference=case.reference, step=step)
    unknown = case.arrives_at is None
    return Obstacle(Cause.ARRIVAL_UNKNOWN, reference=case.reference) if unknown else None


def _against_step(case: Case, step: StepKind) -> Cause | None:
    if step in case.booked:
        return Cause.BOOKED
    if case.passage.ended(step):
        return Cause.DONE
    return _UNFIT.get(case.passage.status(step))


def not_before(need: Need, offer: Offer, now: datetime) -> Obstacle:
    """The last of the moments before which nothing can be booked: what runs longest is the reason."""
    obstacles = [Obstacle(Cause.BOOKING_NOTICE, now + offer.booking_notice)]
    for case in need.cases:
        if case.notified_at is not None:
            legal = notified_until(case.notified_at, offer, wood=case.wood)
            obstacles.append(Obstacle(legal.cause, legal.until, case.reference))
        if case.arrives_at is not None:
            obstacles.append(Obstacle(Cause.ARRIVAL, case.arrives_at, case.reference))
    return max(obstacles, key=lambda one: one.until or now)


def fits(need: Need, offer: Offer, starts_at: datetime, now: datetime) -> Obstacle | None:
    """Why that very time cannot be booked, whatever others took; None when it can.

    Who took what is not looked at: the database alone decides, when the place is written.
    """
    obstacle = impossible(need, offer)
    if obstacle is not None:
        return obstacle
    first = not_before(need, offer, now)
    if first.until is not None and starts_at < first.until:
        return first
    day = offer.local(starts_at).date()
    if (day - offer.local(now).date()).days > offer.horizon_days:
        return Obstacle(Cause.TOO_FAR)
    if starts_at not in starts_on(offer, need.service, day):
        return Obstacle(Cause.NOT_A_START)
    return None if fit_bays(need, offer, starts_at) else Obstacle(Cause.CLOSED)


def length(need: Need, offer: Offer) -> timedelta:
    """How long it lasts."""
    return minutes_of(offer, need.control, need.goods, need.containers)


def fit_bays(need: Need, offer: Offer, starts_at: datetime) -> list[BayOffer]:
    """The bays that are open and fit all along, if inspectors are on duty all along; whatever others took."""
    return open_bays(need, offer, list(quarters(starts_at, starts_at + length(need, offer))))


def open_bays(need: Need, offer: Offer, all_along: Sequence[datetime]) -> list[BayOffer]:
    """The same for these quarters, however long such a control lasts now: of an appointment that has its time."""
    present = _present(need, offer, all_along)
    if not all(at in present for at in all_along):
        return []
    return [bay for bay in fit_for(offer, need.control, need.goods) if _open(offer, need, bay, all_along)]


def _present(need: Need, offer: Offer, all_along: Sequence[datetime]) -> dict[datetime, int]:
    days = {offer.local(at).date() for at in all_along}
    return {at: number for day in days for at, number in inspectors_on(offer, need.service, day).items()}


def _open(offer: Offer, need: Need, bay: BayOffer, all_along: Sequence[datetime]) -> bool:
    return not any(bay_closed(offer, bay, need.service, at) for at in all_along)


def answer(need: Need, offer: Offer | None, taken: Taken, now: datetime, since: date, until: date) -> Answer:
    """The slots from `since` to `until` (days of the post, both included), the first of all, and the reason."""
    obstacle = impossible(need, offer)
    if obstacle is not None or offer is None:
        return Answer((), None, obstacle)
    first = not_before(need, offer, now)
    shown, earliest, closed, full = [], None, [], 0
    begin = offer.local(first.until or now).date()
    last = offer.local(now).date() + timedelta(days=offer.horizon_days)
    for day in _days(min(begin, since), last):
        slots = [slot for slot in slots_on(need, offer, taken, day) if slot.starts_at >= (first.until or now)]
        if since <= day <= until:
            shown += slots
        if earliest is None and day >= begin:
            if not inspectors_on(offer, need.service, day):
                closed.append(day)
            free = next((slot for slot in slots if slot.places_left), None)
            full += sum(1 for slot in slots if free is None or slot.starts_at < free.starts_at)
            earliest = free
        if earliest is not None and day >= until:
            break
    why = first if earliest is not None else Obstacle(Cause.FULL)
    return Answer(tuple(shown), earliest, why, tuple(closed), full)


def slots_on(need: Need, offer: Offer, taken: Taken, day: date) -> Iterator[Slot]:
    """Every start of that day at which the post could take it, with the places left; what is past or beyond the cut-off not counted."""
    lasts = length(need, offer)
    present = inspectors_on(offer, need.service, day)
    later = (
        inspectors_on(offer, need.service, day + timedelta(days=1)) if _goes_over(offer, day, present) else {}
    )
    bays = fit_for(offer, need.control, need.goods)
    some_close = any(closure.bay_id is not None for closure in offer.closures)
    for start in starts_on(offer, need.service, day):
        all_along = list(quarters(start, start + lasts))
        on_duty = [present.get(at, later.get(at, 0)) for at in all_along]
        fit = [bay for bay in bays if _open(offer, need, bay, all_along)] if some_close else bays
        if not all(on_duty) or not fit:
            continue
        free = [bay for bay in fit if not any(at in taken.bays.get(bay.id, ()) for at in all_along)]
        seats = min(number - taken.seats.get(at, 0) for at, number in zip(all_along, on_duty, strict=True))
        yield Slot(start, start + lasts, max(0, min(len(free), seats)))


def _goes_over(offer: Offer, day: date, present: Mapping[datetime, int]) -> bool:
    """Whether the service works at midnight: an appointment may then end on the next day."""
    return bool(present) and max(present) + timedelta(minutes=15) == offer.midnight(day + timedelta(days=1))


def _days(since: date, until: date) -> Iterator[date]:
    while since <= until:
        yield since
        since += timedelta(days=1)
