"""When each message of the demonstration's showcase was sent: placed backwards from the present. Pure.

From the last message to the first, each at the last time before the next at which its author worked, checks in a visit
to a bay that was free. The past has no beginning, so that there always is such a time: for any present.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.simulation.cast import Act, Part
from demo.simulation.hours import last_at_work
from demo.simulation.journeys import CHECKS, share_of
from demo.simulation.prior_notice import announced_before, coming_after, expected_before
from demo.simulation.showcase import Visiting
from demo.simulation.visits import AHEAD, Agenda, Need, Slot, Visit
from models.border.passage.rules import Action
from models.kernel.authorities import Authority
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control
from models.scheduling.slots.vocabulary import Status

_MINUTE = timedelta(minutes=1)
_THERE = 5 * _MINUTE
"""Since when a visit that goes on has begun, at the least."""
_SOON = 10 * _MINUTE
"""From when on a visit is to come."""
_OUTCOMES = {Visiting.MISSED: Status.NOT_PRESENTED, Visiting.TURNED_AWAY: Status.TURNED_AWAY}
_TURNS: Mapping[Visiting, int] = {Visiting.NOW: 0, Visiting.AHEAD: 1, **dict.fromkeys(_OUTCOMES, 2)}


@dataclass(frozen=True, slots=True)
class Timed:
    """A part with the time of each of its messages, and its visits."""

    part: Part
    acts: Sequence[Act]
    """Those of the part; or the first of them, when what goes on in a bay cannot because the post is closed."""
    times: Sequence[datetime]
    expected_at: datetime
    """When its goods were, or are, expected."""
    visits: Sequence[Visit]

    @property
    def then(self) -> Action:
        """What it waits for."""
        return self.acts[-1].then


def timetable(parts: Sequence[Part], until: datetime, agenda: Agenda) -> list[Timed]:
    """The parts as they stand at `until`. What is in the bays then has its place first, then what is to come."""
    order = sorted(range(len(parts)), key=lambda number: _TURNS.get(parts[number].line.visiting, 3))
    placed = {number: _Placing(parts[number], until, agenda).placed() for number in order}
    return [placed[number] for number in range(len(parts))]


class _Placing:
    """One part, from its last message to its first."""

    def __init__(self, part: Part, until: datetime, agenda: Agenda) -> None:
        self.part, self.acts = part, part.acts
        self.until, self.agenda = until, agenda
        self.before = until - part.ago
        """When the next message to be placed was sent, at the latest."""
        self.times: dict[int, datetime] = {}
        self.visits: list[Visit] = []

    def placed(self) -> Timed:
        """All of it."""
        last = self._present()
        while last > 0:
            last = self._checks(last) if self.acts[last].answers in CHECKS else self._message(last)
        expected_at = self._notification()
        times = [self.times[number] for number in range(len(self.acts))]
        return Timed(self.part, self.acts, times, expected_at, self.visits)

    def _present(self) -> int:
        """Its visit of the present, if it has one; which message is to be placed next."""
        visiting = self.part.line.visiting
        if visiting is Visiting.NOW:
            first = self._first_check(len(self.acts) - 1)
            slot = self.agenda.at(self._need(Control.BOTH), self.until, _THERE)
            if slot is not None:
                return self._begun(slot, first)
            self.acts = self.acts[:first]
        if visiting in (Visiting.NOW, Visiting.AHEAD):
            need = self._need(self._asked())
            slot = self.agenda.first(need, self.until + _SOON + timedelta(hours=self.part.line.later))
            if slot is not None:
                self._book(
                    slot, need, min(self.until - 3 * _MINUTE, slot.starts_at - need.offer.booking_notice)
                )
        elif visiting in _OUTCOMES:
            need = self._need(self._asked())
            self._book_past(self.agenda.last(need, self.before), need, _OUTCOMES[visiting])
        return len(self.acts) - 1

    def _message(self, number: int) -> int:
        act, spare = self.acts[number], self.part.chances[number]
        at = self.before if act.by is Authority.CARRIER else self._worked(act.by, spare)
        self.times[number], self.before = at, at - self.part.gaps[number]
        return number - 1

    def _worked(self, by: Authority, spare: float) -> datetime:
        return last_at_work(self.before, by, self.part.place.code, spare)

    def _begun(self, slot: Slot, first: int) -> int:
        """A visit that goes on: what was done in it so far."""
        share = (self.until - slot.starts_at) / (len(self.acts) - first + 1)
        for number in range(first, len(self.acts)):
            at = slot.starts_at + share * (number - first + 1)
            self.times[number] = at.replace(microsecond=0)
        self._book_past(slot, self._need(Control.BOTH))
        return first - 1

    def _checks(self, last: int) -> int:
        """A visit that is over: the checks up to that of the number `last` were carried out in it."""
        first = self._first_check(last)
        answers = [act.answers for act in self.acts[first : last + 1]]
        both = Action.CHECK_PHYSICALLY in answers
        need = self._need(Control.BOTH if both else Control.IDENTITY)
        slot = self.agenda.last(need, self.before)
        for number, answered in enumerate(answers, first):
            if answered is not None:
                self.times[number] = slot.part(share_of(answered, more=number < last))
        self._book_past(slot, need)
        return first - 1

    def _first_check(self, last: int) -> int:
        while self.acts[last - 1].answers in CHECKS:
            last -= 1
        return last

    def _book_past(self, slot: Slot, need: Need, outcome: Status = Status.DONE) -> None:
        self._book(slot, need, slot.starts_at - need.offer.booking_notice, outcome)

    def _book(self, slot: Slot, need: Need, latest: datetime, outcome: Status = Status.DONE) -> None:
        """Booked at `latest`, once the papers had shown that it is needed."""
        chance = self.part.chances[0]
        booked_at = latest - int(60 * chance) * _MINUTE
        arrives_at = slot.starts_at - int(2 + 10 * chance) * _MINUTE
        self.visits.append(Visit(need.post_code, need.control, slot, booked_at, arrives_at, outcome))
        self.before = min(self.before, booked_at - AHEAD)

    def _asked(self) -> Control:
        """What a visit would be for, as things stand."""
        if self.acts[-1].then is Action.PRESENT_FOR_PHYSICAL:
            return Control.PHYSICAL
        return Control.BOTH if self.part.fates["physical"] == 0 else Control.IDENTITY

    def _need(self, control: Control) -> Need:
        kind = self.part.kind.ched_type
        return Need(self.part.place.code, SERVICE_OF[kind], GOODS_OF[kind], control)

    def _notification(self) -> datetime:
        """When its goods were expected, which says by when they were announced; or the other way round."""
        post, chance, wood = self.part.place.code, self.part.chances[0], self.part.kind.family == "wood"
        if _ARRIVAL in self.times:
            expected = expected_before(self.times[_ARRIVAL], post, chance)
            self.times[0] = announced_before(expected, post, chance, wood=wood)
            return expected
        self.times[0] = self._worked(Authority.OPERATOR, chance)
        return coming_after(self.times[0], self.until, post, chance, wood=wood)


_ARRIVAL = 1
"""Which message tells of the arrival, where one does."""
