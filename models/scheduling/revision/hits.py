"""Which appointments no longer fit what a post would offer, and why: a comparison, pure (SES-12).

An appointment keeps its time: that controls are to last longer, or begin at other minutes, takes nothing away from
who has booked. What counts is whether its bay is still there, open and fit, and whether there are inspectors for all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial

from models.scheduling.capacity.offer import Offer, inspectors_on, quarters
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.slots.asked import Need
from models.scheduling.slots.calculator import open_bays
from models.scheduling.slots.vocabulary import COMING, UNDER_WAY, Why


@dataclass(frozen=True, slots=True)
class Span:
    """A bay, from one time until another."""

    bay_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment with the places that it keeps."""

    key: int
    need: Need
    """What it is for; without its consignments."""
    span: Span
    status: str
    booked_at: datetime
    proposal: Span | None = None
    """The other time that is proposed, whose places are kept too."""


class Lost(StrEnum):
    """Why an appointment no longer fits: what is told to whom it concerns follows from it."""

    BAY_GONE = "bay_gone"
    BAY_UNFIT = "bay_unfit"
    BAY_CLOSED = "bay_closed"
    CLOSED = "closed"
    """The service does not inspect then: other hours, a closure, a holiday."""
    INSPECTORS = "inspectors"
    """Fewer inspectors than appointments: those booked last go."""


WHY: Mapping[Lost, Why] = {
    Lost.BAY_GONE: Why.BAY_UNAVAILABLE,
    Lost.BAY_UNFIT: Why.BAY_UNAVAILABLE,
    Lost.BAY_CLOSED: Why.BAY_UNAVAILABLE,
    Lost.CLOSED: Why.POST_CLOSED,
    Lost.INSPECTORS: Why.NO_INSPECTOR,
}
"""The reason that operators read."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a change of the offer takes away, by the key of the appointment."""

    appointments: Mapping[int, Lost]
    """Of those to come: each is moved or cancelled."""
    proposals: frozenset[int]
    """Whose other time, proposed, is no longer to be had: it is withdrawn."""
    holds: frozenset[int]
    """Whose held place is no longer to be had: it is given back."""


@dataclass(slots=True)
class _Room:
    """How many inspectors are left, quarter by quarter, under an offer."""

    offer: Offer
    used: Counter[tuple[str, datetime]] = field(default_factory=Counter)

    def present(self, service: Service, at: datetime) -> int:
        """How many inspectors are on duty in that quarter."""
        return inspectors_on(self.offer, service, self.offer.local(at).date()).get(at, 0)

    def take(self, service: Service, wanted: Iterable[datetime], *, force: bool = False) -> bool:
        """One inspector in each of these quarters, if there is one in all of them (or by `force`)."""
        times = list(wanted)
        free = all(self.used[service, at] < self.present(service, at) for at in times)
        if free or force:
            self.used.update((service, at) for at in times)
        return free


def compare(offer: Offer, booked: Sequence[Booked]) -> Hits:
    """What no longer fits `offer`. Where there are too few inspectors, who booked first keeps the place.

    Appointments that are under way keep their inspectors, whatever the offer says: the goods are on the quay.
    """
    room = _Room(offer)
    in_turn = sorted(
        booked,
        key=lambda booked_visit: (
            booked_visit.status not in UNDER_WAY,
            booked_visit.status not in COMING,
            booked_visit.booked_at,
            booked_visit.key,
        ),
    )
    lost: dict[int, Lost] = {}
    for booked_visit in in_turn:
        if booked_visit.status in UNDER_WAY:
            room.take(booked_visit.need.service, _times(booked_visit.span), force=True)
            continue
        why = _lost(
            offer,
            booked_visit.need,
            booked_visit.span,
            partial(room.take, booked_visit.need.service, _times(booked_visit.span)),
        )
        if why is not None:
            lost[booked_visit.key] = why
    proposals = {
        booked.key for booked in in_turn if booked.key not in lost and _unfit_proposal(offer, room, booked)
    }
    holds = {booked.key for booked in booked if booked.status not in COMING and booked.key in lost}
    coming = {key: why for key, why in lost.items() if key not in holds}
    return Hits(coming, frozenset(proposals), frozenset(holds))


def _unfit_proposal(offer: Offer, room: _Room, booked: Booked) -> bool:
    if booked.proposal is None:
        return False
    own_times = set(_times(booked.span))
    new = [at for at in _times(booked.proposal) if at not in own_times]
    return (
        _lost(offer, booked.need, booked.proposal, partial(room.take, booked.need.service, new)) is not None
    )


def _lost(offer: Offer, need: Need, span: Span, take: Callable[[], bool]) -> Lost | None:
    """Why not there, then; when nothing is against it, it takes its inspector."""
    bay = next((bay for bay in offer.bays if bay.id == span.bay_id), None)
    if bay is None:
        return Lost.BAY_GONE
    if not bay.fits(need.control, need.goods):
        return Lost.BAY_UNFIT
    open_ = open_bays(need, offer, _times(span))
    if bay not in open_:
        return Lost.BAY_CLOSED if open_ or _on_duty(offer, need, span) else Lost.CLOSED
    return None if take() else Lost.INSPECTORS


def _on_duty(offer: Offer, need: Need, span: Span) -> bool:
    days = {offer.local(at).date() for at in _times(span)}
    present = {at for day in days for at in inspectors_on(offer, need.service, day)}
    return present.issuperset(_times(span))


def _times(span: Span) -> list[datetime]:
    return list(quarters(span.starts_at, span.ends_at))
