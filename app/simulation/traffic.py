"""The traffic of several posts over months, ending with work under way everywhere. Pure, and the same for a seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby, takewhile
from random import Random

from app.simulation.dossiers import kinds_of, lead, notification
from app.simulation.journeys import Sent, journey, write
from app.simulation.scenarios import IMPORTERS, PLACES, Importer, Place
from app.simulation.showcase import showcase
from models.french import local
from models.messages.content import Ched, Coarri

_SHARE = {"FRLEH1": 45, "FRCDG4": 27, "FRMRS1": 17, "FRDKK1": 11}
_STILL_COMING = timedelta(days=4)


def past(until: datetime, months: float, count: int, seed: int) -> Iterator[tuple[datetime, bytes]]:
    """Every message of about `count` consignments over `months`, in order of time, up to `until`.

    What was told last leaves consignments in every state (see showcase.py).
    """
    dice = Random(seed)  # noqa: S311 (traffic, not secrets)
    taken: set[str] = set()
    told = [sent for life in showcase(until, dice, taken) for sent in life]
    left = count - len(taken)
    began = until - timedelta(days=months * 30.4)
    while left > 0:
        for ched in call(_arrival(began, until, dice), dice, taken):
            if ched.issued_at < until:
                told += takewhile(lambda sent: sent.at <= until, journey(ched))
                left -= 1
    for sent in _reported_together(sorted(told, key=lambda one: (one.at, one.reference))):
        yield sent.at, write(sent.content)


def call(arrival: datetime, dice: Random, taken: set[str], *, at: datetime | None = None) -> list[Ched]:
    """The notifications, in good time or all at `at`, of what one vessel or plane brings at `arrival`.

    `taken` are the references in use; those of the notifications are added.
    """
    code = dice.choices(list(_SHARE), list(_SHARE.values()))[0]
    place = PLACES[code]
    carrier = dice.choice(place.carriers)
    buyers = [one for one in IMPORTERS if kinds_of(one, place)]
    aboard = dice.choices((1, 2, 3, 4), (45, 30, 17, 8))[0]
    drawn = [_notified(place, arrival, carrier, dice.choice(buyers), dice, at) for _ in range(aboard)]
    fresh = [ched for ched in drawn if ched.reference not in taken]
    taken.update(ched.reference for ched in fresh)
    return fresh


def _notified(
    place: Place, arrival: datetime, carrier: str, importer: Importer, dice: Random, at: datetime | None
) -> Ched:
    before = lead(place, dice)
    if at is None:
        late = before < timedelta(days=1)
        at = arrival - before if late else _working_hours(arrival - before, dice)
    return notification(importer, place, at, arrival, carrier, dice)


def _working_hours(at: datetime, dice: Random) -> datetime:
    """The same day if it is a working one, else the last before: earlier keeps the notice long enough."""
    day = at - timedelta(days=max(0, local(at).weekday() - 4))
    earlier = day.replace(hour=dice.randrange(7, 16), minute=dice.randrange(60))
    return earlier if earlier <= at else earlier - timedelta(hours=max(0, earlier.hour - 7))


def _arrival(began: datetime, until: datetime, dice: Random) -> datetime:
    span = until + _STILL_COMING - began
    return (began + dice.random() * span).replace(second=0, microsecond=0)


def _reported_together(told: list[Sent]) -> Iterator[Sent]:
    """One report for all the containers of a call."""
    for _, same in groupby(told, key=_report):
        first, *others = same
        if isinstance(first.content, Coarri) and others:
            reports = [first.content, *(one.content for one in others if isinstance(one.content, Coarri))]
            movements = tuple(move for report in reports for move in report.movements)
            first = replace(first, content=replace(first.content, movements=movements))
        yield first


def _report(sent: Sent) -> object:
    if isinstance(sent.content, Coarri):
        return sent.at, sent.content.interchange
    return id(sent)
