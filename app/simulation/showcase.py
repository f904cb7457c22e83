"""What the demonstration shows at once: consignments caught at a chosen moment of their lives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from random import Random

from app.commands.demo_companies import A, B, C
from app.simulation.dossiers import kinds_of, lead, notification
from app.simulation.journeys import Sent, journey
from app.simulation.scenarios import IMPORTERS, PLACES
from models.consignments.rules import Action
from models.messages.content import Ched, Content

_TRIES = 1000
_PATIENCE = 30
_RECENT = timedelta(hours=5)
"""Ended, or waiting to be collected, since less than this."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose consignment (anyone's when empty), at which post, and what it must be waiting for."""

    action: Action
    post: str
    siren: str = ""
    refused: bool = False
    """Whether its goods were refused entry."""


_KERDREL = (
    (Action.CARRY_OUT_MEASURE, "FRLEH1"),
    (Action.DECIDE_AFTER_FAILURE, "FRMRS1"),
    (Action.COMPLETE_NOTIFICATION, "FRLEH1"),
    (Action.PRESENT_FOR_IDENTITY, "FRLEH1"),
    (Action.PRESENT_FOR_IDENTITY, "FRCDG4"),
    (Action.PRESENT_FOR_PHYSICAL, "FRLEH1"),
    (Action.FILE_DECLARATION, "FRLEH1"),
    (Action.CORRECT_DECLARATION, "FRDKK1"),
    (Action.PROVIDE_DOCUMENTS, "FRLEH1"),
    (Action.PAY_DUTIES, "FRMRS1"),
    (Action.CHECK_DOCUMENTS, "FRLEH1"),
    (Action.CHECK_DOCUMENTS, "FRCDG4"),
    (Action.CHECK_IDENTITY, "FRLEH1"),
    (Action.CHECK_PHYSICALLY, "FRCDG4"),
    (Action.DECIDE, "FRLEH1"),
    (Action.ACCEPT_DECLARATION, "FRLEH1"),
    (Action.CONTROL_GOODS, "FRLEH1"),
    (Action.GRANT_RELEASE, "FRMRS1"),
    (Action.ANNOUNCE_ARRIVAL, "FRLEH1"),
    (Action.ANNOUNCE_ARRIVAL, "FRCDG4"),
    (Action.ANNOUNCE_ARRIVAL, "FRDKK1"),
    (Action.RETURN_RESULT, "FRLEH1"),
    (Action.COLLECT, "FRLEH1"),
    (Action.COLLECT, "FRCDG4"),
    (Action.NOTHING, "FRLEH1"),
)
_OTHERS = (
    Wanted(Action.NOTHING, "FRLEH1", A, refused=True),
    Wanted(Action.RETURN_RESULT, "FRLEH1", B),
    Wanted(Action.PRESENT_FOR_IDENTITY, "FRLEH1", B),
    Wanted(Action.CHECK_DOCUMENTS, "FRLEH1", B),
    Wanted(Action.CONTROL_GOODS, "FRLEH1", B),
    Wanted(Action.ANNOUNCE_ARRIVAL, "FRCDG4", B),
    Wanted(Action.CHECK_PHYSICALLY, "FRLEH1", C),
    Wanted(Action.RETURN_RESULT, "FRLEH1", C),
    Wanted(Action.FILE_DECLARATION, "FRLEH1", C),
    Wanted(Action.ANNOUNCE_ARRIVAL, "FRLEH1", C),
    *(
        Wanted(action, post)
        for post in ("FRLEH1", "FRCDG4")
        for action in (
            Action.CHECK_DOCUMENTS,
            Action.PRESENT_FOR_IDENTITY,
            Action.PRESENT_FOR_PHYSICAL,
            Action.DECIDE,
            Action.DECIDE_AFTER_FAILURE,
            Action.GRANT_RELEASE,
        )
    ),
)
SHOWCASE = (*(Wanted(action, post, A) for action, post in _KERDREL), *_OTHERS)


def showcase(until: datetime, dice: Random, taken: set[str]) -> Iterator[list[Sent]]:
    """The messages up to `until` of one consignment for each line of SHOWCASE.

    Raises:
        LookupError: when a line cannot be met, which a test excludes.
    """
    for wanted in SHOWCASE:
        yield caught(wanted, until, dice, taken)


def caught(wanted: Wanted, until: datetime, dice: Random, taken: set[str]) -> list[Sent]:
    """The messages of a consignment that waits for that action at `until`."""
    missed = 0
    for _ in range(_TRIES):
        key = dice.getrandbits(64)
        probe = _notified(wanted, key, until - timedelta(days=5))
        # Nobody opens a container on a Sunday night: the demonstration shows one open even then.
        at_all_hours = missed >= _PATIENCE
        for start in _starts(probe, wanted, until, dice) if probe.reference not in taken else ():
            missed += 1
            whole = journey(_notified(wanted, key, start, probe.reference), at_all_hours=at_all_hours)
            told = list(takewhile(lambda sent: sent.at <= until, whole))
            if told and told[-1].then == wanted.action:
                taken.add(probe.reference)
                return told
    raise LookupError(f"no consignment was ever waiting for {wanted}")


def _notified(wanted: Wanted, key: int, start: datetime, reference: str = "") -> Ched:
    dice = Random(key)  # noqa: S311 (traffic, not secrets)
    place = PLACES[wanted.post]
    able = [one for one in IMPORTERS if kinds_of(one, place) and wanted.siren in ("", one.siren)]
    importer, carrier = dice.choice(able), dice.choice(place.carriers)
    start = start.replace(microsecond=0)
    return notification(importer, place, start, start + lead(place, dice), carrier, dice, reference)


def _starts(probe: Ched, wanted: Wanted, until: datetime, dice: Random) -> Iterator[datetime]:
    """When this life should have begun to be waiting so at `until`: hours of work may move it."""
    life = list(journey(probe, at_all_hours=True))
    if wanted.refused and not any(_refuses(sent.content) for sent in life):
        return
    ends = [(one.at, then.at) for one, then in pairwise(life) if one.then == wanted.action]
    if wanted.action == Action.NOTHING:
        ends = [(life[-1].at, life[-1].at + _RECENT)]
    for begin, end in ends:
        last = min(end, begin + _RECENT) if wanted.action == Action.COLLECT else end
        for _ in range(6):
            yield probe.issued_at + (until - begin - dice.uniform(0.1, 0.9) * (last - begin))


def _refuses(content: Content) -> bool:
    return isinstance(content, Ched) and content.decision is not None and not content.decision.acceptable
