"""What was done for the demonstration, by whoever it was, each thing at its time. Values only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.simulation.journeys import Sent
from demo.simulation.visits import OFFICERS, Visit
from models.scheduling.slots.vocabulary import Status, Why

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit was booked."""

    at: datetime
    visit: Visit


@dataclass(frozen=True, slots=True)
class Noted:
    """The post said what became of a visit; what is not possible any more is left as it is."""

    at: datetime
    visit: Visit
    status: Status
    why: Why | None = None


Deed = Sent | Booked | Noted


def deeds_of(visit: Visit) -> Iterator[Booked | Noted]:
    """What is done of a visit beside its checks, in order of time. Only a post that has officers notes anything."""
    slot = visit.slot
    yield Booked(visit.booked_at, visit)
    if visit.post_code not in OFFICERS:
        return
    if visit.outcome is Status.NOT_PRESENTED:
        yield Noted(slot.part(0.85), visit, Status.NOT_PRESENTED)
        return
    yield Noted(visit.arrives_at, visit, Status.ARRIVED)
    if visit.outcome is Status.TURNED_AWAY:
        yield Noted(slot.part(0.3), visit, Status.TURNED_AWAY, Why.DOCUMENTS)
        return
    yield Noted(slot.starts_at + _MINUTE, visit, Status.STARTED)
    yield Noted(slot.ends_at - _MINUTE, visit, Status.DONE)
