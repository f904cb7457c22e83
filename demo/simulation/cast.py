"""Who plays each line of the demonstration, and what happens to it in which order: the same whatever the hour. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

from demo.simulation.dossiers import kinds_of, notification
from demo.simulation.goods import Kind
from demo.simulation.journeys import Sent, begin
from demo.simulation.moves import next_move, usual_delay
from demo.simulation.scenarios import IMPORTERS, PLACES, Importer, Place
from demo.simulation.showcase import SHOWCASE, Line
from models.border.passage.content import Ched
from models.border.passage.rules import Action
from models.kernel.authorities import Authority

_NO_CHECK = {"identity": 0.99, "physical": 0.99, "laboratory": 0.99}
_ANY_DAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
_MOST_ACTS = 40
_SHORTEST = timedelta(minutes=2)
"""Between two messages."""


@dataclass(frozen=True, slots=True)
class Act:
    """One message of a life."""

    by: Authority
    answers: Action | None
    """What was waited for before; None for the first."""
    then: Action


@dataclass(frozen=True, slots=True)
class Part:
    """A line, who plays it, and the messages that lead to what it waits for."""

    line: Line
    key: str
    """Of its dice."""
    importer: Importer
    place: Place
    kind: Kind
    acts: tuple[Act, ...] = ()
    ago: timedelta = timedelta()
    """Since when its last message was sent, at the least."""
    gaps: tuple[timedelta, ...] = ()
    """Before each message, at the least."""
    chances: tuple[float, ...] = ()
    """Of each message, between 0 and 1: how far from the end of the working day, from the gate, and the like."""

    @property
    def fates(self) -> Mapping[str, float]:
        """All that is decided of it beforehand."""
        return {**_NO_CHECK, **self.line.fates}

    def notified(self, at: datetime, arrival: datetime, carrier: str, taken: Collection[str] = ()) -> Ched:
        """The notification with which it begins."""
        dice = Random(f"{self.key} goods")  # noqa: S311 (traffic, not secrets)
        return notification(
            self.importer, self.place, at, arrival, carrier, dice, taken=taken, kind=self.kind, lots=1
        )


@lru_cache(4)
def cast(seed: int) -> Sequence[Part]:
    """A part for each line."""
    return tuple(_part(line, f"{seed} {number}") for number, line in enumerate(SHOWCASE))


def _part(line: Line, key: str) -> Part:
    dice, place = Random(f"{key} cast"), PLACES[line.post]  # noqa: S311 (same)
    importer = next(importer for importer in IMPORTERS if importer.siren == line.siren)
    part = Part(line, key, importer, place, dice.choice(kinds_of(importer, place)))
    notified = part.notified(_ANY_DAY, _ANY_DAY + timedelta(days=3), place.carriers[0])
    acts = tuple(_rehearsed(notified, part))
    return replace(
        part,
        acts=acts,
        ago=timedelta(seconds=int(3600 * dice.uniform(*line.ago))),
        gaps=tuple(_gap(act, part, dice) for act in acts),
        chances=tuple(dice.random() for _ in acts),
    )


def _gap(act: Act, part: Part, dice: Random) -> timedelta:
    if act.answers in (None, Action.ANNOUNCE_ARRIVAL):
        return timedelta()
    usual = usual_delay(act.answers, act.by, part.place.code, part.kind.ched_type)
    return max(_SHORTEST, timedelta(seconds=int(3600 * usual * dice.uniform(0.15, 0.8))))


def _rehearsed(notified: Ched, part: Part) -> Iterator[Act]:
    """What happens until it waits for what its line says, by the rules of the domain, one message an hour."""
    life = begin(notified, part.fates)
    line, at, more = part.line, notified.issued_at, part.line.begun
    yield Act(Authority.OPERATOR, None, life.situation.action)
    for _ in range(_MOST_ACTS):
        reached, move = life.situation.action == line.action, next_move(life)
        if reached and not more:
            return
        if move is None:
            break
        more, answered, at = more and not reached, life.situation.action, at + timedelta(hours=1)
        life.hear(move.say(at))
        yield Act(move.by, answered, life.situation.action)
    raise LookupError(f"never came to wait for that: {line}")  # a test goes through all of them


def played(part: Part, notified: Ched, times: Sequence[datetime]) -> Iterator[Sent]:
    """The messages of the part at these times: one for each of its acts, or for the first of them."""
    life = begin(notified, part.fates)
    yield Sent(notified.issued_at, life.ched, notified.reference, life.situation.action)
    for at in times[1:]:
        move = next_move(life)
        if move is None:
            return
        content = move.say(at)
        life.hear(content)
        yield Sent(at, content, notified.reference, life.situation.action)
