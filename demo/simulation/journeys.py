"""One consignment's whole life, message after message, at the hours at which people work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from demo.simulation.hours import next_at_work
from demo.simulation.lives import Life
from demo.simulation.moves import Move, next_move
from demo.simulation.offers import OFFERS
from demo.simulation.prior_notice import notice_of
from demo.simulation.visits import AHEAD, Agenda, Slot, Visit, need_of
from demo.writers.contents import write_ched, write_coarri, write_customs_response, write_event
from models.border.passage.content import Ched, Coarri, Content, CustomsResponse
from models.border.passage.rules import DRAFT, Action
from models.border.passage.vocabulary import StepStatus
from models.scheduling.capacity.vocabulary import Control

_DRAFTED = 0.12
BOOKED = 0.75
"""Which share of the visits is booked; the others come, and are taken in."""

PRESENT = (Action.PRESENT_FOR_IDENTITY, Action.PRESENT_FOR_PHYSICAL)
"""What a visit begins with."""
CHECKS = (*PRESENT, Action.CHECK_IDENTITY, Action.CHECK_PHYSICALLY)
"""What is carried out in a visit."""
_IN_A_VISIT: Mapping[Action, float] = {
    Action.PRESENT_FOR_IDENTITY: 0.04,
    Action.CHECK_IDENTITY: 0.45,
    Action.PRESENT_FOR_PHYSICAL: 0.5,
    Action.CHECK_PHYSICALLY: 0.9,
}
"""How much of a visit is over when each of these is done."""
_LAST = 0.9


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


def begin(notified: Ched, fates: Mapping[str, float] | None = None) -> Life:
    """A life whose first word was said: the notification itself, or a draft of it."""
    life = Life(notified, fates=fates)
    drafted = life.fate("drafted") < _DRAFTED
    life.hear(replace(notified, status=DRAFT, submitted_at=None) if drafted else notified)
    return life


def journey(
    notified: Ched, agenda: Agenda | None = None, visits: list[Visit] | None = None
) -> Iterator[Sent]:
    """The whole life of the consignment that `notified` opens, in order of time; the same at each call.

    Checks take place at times that are free in `agenda`, which it then has; those that were booked are added to
    `visits`.
    """
    life = begin(notified)
    agenda, visits = agenda or Agenda(), [] if visits is None else visits
    yield Sent(life.ched.issued_at, life.ched, notified.reference, life.situation.action)
    at, slot = life.ched.issued_at, None
    while (move := next_move(life)) is not None:
        answered = life.situation.action
        if answered in PRESENT and slot is None:
            slot = _visit(life, at, agenda, visits)
        at = _when(life, move, at, answered, slot)
        life.hear(content := move.say(at))
        slot = slot if life.situation.action in CHECKS else None
        yield Sent(at, content, notified.reference, life.situation.action)


def _when(life: Life, move: Move, at: datetime, answered: Action, slot: Slot | None) -> datetime:
    if slot is None or answered not in CHECKS:
        return next_at_work(at + move.after, move.by, life.ched.post_code, life.dice("morning").random())
    return slot.part(share_of(answered, more=_is_due(life, Control.PHYSICAL)))


def share_of(answered: Action, *, more: bool) -> float:
    """How much of a visit is over when that is done; `more` when another check is to follow."""
    return _LAST if answered is Action.CHECK_IDENTITY and not more else _IN_A_VISIT[answered]


def _visit(life: Life, at: datetime, agenda: Agenda, visits: list[Visit]) -> Slot | None:
    """The first time that can be had; None where the post takes no appointments, or none for long."""
    post_code = life.ched.post_code
    if post_code not in OFFERS:
        return None
    control = control_of(life)
    need, booked_at = need_of(life.ched, control), at + AHEAD
    slot = agenda.first(need, max(booked_at + need.offer.booking_notice, notice_of(life.ched)))
    if slot is not None and life.fate("books") < BOOKED:
        early = timedelta(minutes=2 + int(10 * life.fate("at the gate")))
        visits.append(
            Visit(post_code, control, slot, booked_at, slot.starts_at - early, reference=life.ched.reference)
        )
    return slot


def control_of(life: Life) -> Control:
    """What a visit would be for, as things stand."""
    due = [control for control in (Control.IDENTITY, Control.PHYSICAL) if _is_due(life, control)]
    return Control.BOTH if len(due) > 1 else next(iter(due), Control.IDENTITY)


def _is_due(life: Life, control: Control) -> bool:
    return life.passage.status(control.steps[0]) == StepStatus.PLANNED
