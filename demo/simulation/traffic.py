"""The traffic of several posts over months, ending with work under way everywhere. Pure, and the same for a seed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from demo.simulation.cast import cast, played
from demo.simulation.deeds import Deed, deeds_of
from demo.simulation.dossiers import kinds_of, lead, notification
from demo.simulation.hours import last_at_work
from demo.simulation.journeys import Sent, journey
from demo.simulation.prior_notice import carrier_of
from demo.simulation.scenarios import IMPORTERS, PLACES, Importer, Place
from demo.simulation.timetable import Timed, timetable
from demo.simulation.visits import Agenda, Visit
from models.border.passage.content import Ched, Coarri
from models.kernel.authorities import Authority

_SHARE = {"FRLEH1": 45, "FRCDG4": 27, "FRMRS1": 17, "FRDKK1": 11}
_STILL_COMING = timedelta(days=4)


def past(until: datetime, months: float, count: int, seed: int) -> list[Deed]:
    """All that was done about some `count` consignments over `months`, in order of time, up to `until`.

    What was done last leaves consignments in every state (showcase.py); they are that many at the least.
    """
    dice = Random(seed)  # noqa: S311 (traffic, not secrets)
    agenda, taken = Agenda(), set[str]()
    shown = timetable(cast(seed), until, agenda)
    deeds = [deed for timed in shown for deed in _deeds(timed, taken)]
    left = count - len(taken)
    began = until - timedelta(days=months * 30.4)
    while left > 0:
        for ched in call(_arrival(began, until, dice), dice, taken):
            if ched.issued_at < until:
                visits: list[Visit] = []
                deeds += journey(ched, agenda, visits)
                deeds += [deed for visit in visits for deed in deeds_of(visit)]
                left -= 1
    return list(_reported_together([deed for deed in deeds if deed.at <= until]))


def _deeds(timed: Timed, taken: set[str]) -> Iterator[Deed]:
    """All that is done about a part of the showcase; its reference is then taken."""
    part = timed.part
    carrier = carrier_of(timed.expected_at, part.place.code)
    notified = part.notified(timed.times[0], timed.expected_at, carrier, taken)
    taken.add(notified.reference)
    yield from played(part, notified, timed.times)
    for visit in timed.visits:
        yield from deeds_of(replace(visit, reference=notified.reference))


def call(arrival: datetime, dice: Random, taken: set[str], *, at: datetime | None = None) -> list[Ched]:
    """The notifications, in good time or all at `at`, of what one vessel or plane brings at `arrival`.

    `taken` are the references in use; those of the notifications are added.
    """
    code = dice.choices(list(_SHARE), list(_SHARE.values()))[0]
    place = PLACES[code]
    carrier = dice.choice(place.carriers)
    buyers = [importer for importer in IMPORTERS if kinds_of(importer, place)]
    aboard = dice.choices((1, 2, 3, 4), (45, 30, 17, 8))[0]
    brought = []
    for _ in range(aboard):
        ched = _notified(place, arrival, carrier, dice.choice(buyers), dice, at, taken)
        taken.add(ched.reference)
        brought.append(ched)
    return brought


def _notified(
    place: Place,
    arrival: datetime,
    carrier: str,
    importer: Importer,
    dice: Random,
    at: datetime | None,
    taken: set[str],
) -> Ched:
    before = lead(place, dice)
    if at is None:
        late = before < timedelta(days=1)
        at = arrival - before
        at = at if late else last_at_work(at, Authority.OPERATOR, place.code, dice.random())
    return notification(importer, place, at, arrival, carrier, dice, taken=taken)


def _arrival(began: datetime, until: datetime, dice: Random) -> datetime:
    span = until + _STILL_COMING - began
    return (began + dice.random() * span).replace(second=0, microsecond=0)


def _reported_together(deeds: Iterable[Deed]) -> Iterator[Deed]:
    """In order of time, with one report for all the containers of a call."""
    for _, same in groupby(sorted(deeds, key=_order), key=_report):
        first, *others = same
        if isinstance(first, Sent) and isinstance(first.content, Coarri) and others:
            first = replace(first, content=_joined([first, *others]))
        yield first


def _joined(reports: Sequence[Deed]) -> Coarri:
    contents = [sent.content for sent in reports if isinstance(sent, Sent)]
    unloadings = [content for content in contents if isinstance(content, Coarri)]
    return replace(unloadings[0], movements=tuple(move for report in unloadings for move in report.movements))


def _order(deed: Deed) -> tuple[datetime, bool, str]:
    """Of two things done at once, what was noted comes before what is sent."""
    is_sent = isinstance(deed, Sent)
    return deed.at, is_sent, deed.reference if isinstance(deed, Sent) else deed.visit.reference


def _report(deed: Deed) -> object:
    if isinstance(deed, Sent) and isinstance(deed.content, Coarri):
        return deed.at, deed.content.interchange
    return id(deed)
