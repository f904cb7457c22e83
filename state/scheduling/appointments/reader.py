"""What the booking page reads, in one go: what can be booked, the week's slots, and what is held or moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.scheduling.appointments import choices, queries
from models.scheduling.appointments.choices import Bookable, Slots
from models.scheduling.appointments.queries import Shown
from models.scheduling.capacity.vocabulary import Control, Goods
from models.scheduling.slots.vocabulary import COMING
from state.scheduling.appointments.slots import monday

MOST = 200
"""Consignments to choose from; beyond, one comes from the page of the consignment."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person chose so far."""

    references: Sequence[str] = ()
    control: str = ""
    cold: bool = False
    moving: str = ""
    """The appointment that is to be moved."""
    day: date | None = None
    """None for the first day that has a place."""
    choosing: bool = False
    """Whether consignments are being chosen: slots are not asked for yet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is."""

    bookable: Sequence[Bookable]
    slots: Slots | Refusal | None
    day: date
    held: Shown | None
    moved: Shown | None


def look(db: DbSession, viewer: Viewer, asked: Asked) -> Seen:
    """Everything, as this person may see it."""
    moved = queries.one(db, viewer, asked.moving) if asked.moving else None
    if moved is not None and moved.appointment.status not in COMING:
        moved = None
    holding = queries.held_by(db, viewer)
    held = queries.one(db, viewer, holding.reference) if holding else None
    all_ = [] if asked.moving else choices.bookable(db, viewer, limit=MOST)
    today = french.local(clock.now()).date()
    wanted = bool(moved or (asked.references and asked.control and not asked.choosing))
    if not wanted or (asked.moving and moved is None):
        return Seen(all_, None, asked.day or today, held, moved)
    slots, day = _slots(db, viewer, asked, moved or held, today)
    return Seen(all_, slots, day, held, moved)


def _slots(
    db: DbSession, viewer: Viewer, asked: Asked, visit: Shown | None, today: date
) -> tuple[Slots | Refusal, date]:
    """The week of the day asked for, or of the first day with a place; one's own place does not count as taken."""
    moving = bool(asked.moving and visit)
    references = (
        [consignment.reference for consignment in visit.consignments]
        if moving and visit
        else list(asked.references)
    )
    control = Control(visit.appointment.control if moving and visit else asked.control)
    cold = Goods.COLD in visit.appointment.goods.split() if moving and visit else asked.cold

    def week_of(day: date) -> Slots | Refusal:
        first = monday(day)
        return choices.slots(
            db,
            viewer,
            references,
            control,
            first,
            first + timedelta(days=6),
            cold=cold,
            moving=visit.appointment if visit else None,
        )

    slots = week_of(asked.day or today)
    if asked.day is not None or isinstance(slots, Refusal) or slots.answer.earliest is None:
        return slots, asked.day or today
    offer = slots.wanted.offer
    first = offer.local(slots.answer.earliest.starts_at).date() if offer else today
    return (slots if monday(first) == monday(today) else week_of(first)), first
