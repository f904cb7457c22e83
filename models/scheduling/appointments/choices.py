"""What a person may book: the consignments to choose from, and the times (SES-10)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from models.border.consignments.tables import Consignment
from models.border.passage.vocabulary import StepKind
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.scheduling.appointments.facts import Wanted, wanted
from models.scheduling.appointments.queries.bookable import CHECKS, steps_due, waiting
from models.scheduling.appointments.queries.places import taken
from models.scheduling.appointments.queries.visits import boxes_of
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.asked import Answer, Taken
from models.scheduling.slots.calculator import answer


@dataclass(frozen=True, slots=True)
class Slots:
    """When one may book what was chosen, and at which post."""

    wanted: Wanted
    answer: Answer


@dataclass(frozen=True, slots=True)
class Bookable:
    """A consignment of which a control may be booked, and which controls those are."""

    consignment: Consignment
    post_name: str
    steps: frozenset[StepKind]
    boxes: Sequence[str] = field(default=())

    @property
    def controls(self) -> tuple[Control, ...]:
        """What an appointment may be for: both checks in one go first, where both are asked for."""
        single = tuple(Control(step.value) for step in CHECKS if step in self.steps)
        return (Control.BOTH, *single) if len(single) > 1 else single


def bookable(
    db: DbSession,
    viewer: Viewer,
    *,
    post_code: str = "",
    step: StepKind | None = None,
    references: Collection[str] = (),
    after: str = "",
    limit: int = 50,
) -> list[Bookable]:
    """The consignments of which a check is asked for, not done and not booked, by reference (SES-10).

    Narrowed to a post, to a step, to some `references`; a page begins after the reference `after`.
    """
    waiting_goods = waiting(
        db, viewer, post_code=post_code, step=step, references=references, after=after, limit=limit
    )
    ids = [consignment.key for consignment, _ in waiting_goods]
    steps, boxes = steps_due(db, ids), boxes_of(db, ids)
    return [
        Bookable(consignment, name, frozenset(steps[consignment.key]), boxes[consignment.key])
        for consignment, name in waiting_goods
    ]


def slots(
    db: DbSession,
    viewer: Viewer,
    references: Sequence[str],
    control: Control,
    since: date,
    until: date,
    *,
    cold: bool = False,
    moving: Appointment | None = None,
) -> Slots | Refusal:
    """When one may book that control of these consignments, from one day of the post to another (SES-10).

    `moving`: the appointment whose own place does not count as taken.
    """
    apart = moving.id if moving else None
    need = wanted(db, viewer, references, control, cold=cold, apart_from=apart)
    if isinstance(need, Refusal):
        return need
    now = clock.now()
    have = _taken(db, need, now, until, apart)
    return Slots(need, answer(need.need, need.offer, have, now, since, until))


def _taken(db: DbSession, wanted: Wanted, now: datetime, until: date, apart: int | None) -> Taken:
    offer = wanted.offer
    if offer is None:
        return Taken()
    last = max(until, offer.local(now).date() + timedelta(days=offer.horizon_days)) + timedelta(days=2)
    since = now - timedelta(days=1)
    return taken(db, wanted.post_code, wanted.need.service, since, offer.midnight(last), apart_from=apart)
