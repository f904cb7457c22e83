"""In which order officers take consignments, and why each stands where it does. Pure functions and data (SES-20).

The legal limit first, then what perishes, then alerts, appointments of the day, and the longest wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from models.border.passage.vocabulary import ChedType
from models.kernel import french

TEMPORARY_STORAGE = timedelta(days=90)
"""Goods in temporary storage are placed under a procedure or leave (regulation (EU) No 952/2013 art. 149)."""
LEGAL_NOTICE = timedelta(days=7)
"""How long before that limit a consignment comes first: a cautious default, not a rule (docs/limits.md)."""

PERISHABLES: Mapping[str, tuple[int, str]] = {
    ChedType.ANIMALS: (0, "Animaux vivants"),
    ChedType.ANIMAL_PRODUCTS: (1, "Denrées périssables"),
}
"""By kind of CHED: the lower, the sooner; and the reason that is told. The others wait alike."""
_OTHERS = (2, "")


class Tier(IntEnum):
    """Why a consignment stands where it does."""

    LEGAL = 0
    PERISHABLE = 1
    ALERT = 2
    APPOINTMENT = 3
    WAITING = 4


@dataclass(frozen=True, slots=True)
class Work:
    """All that decides where a consignment stands in the list."""

    id: int
    ched_type: str
    since: datetime
    """Since when it waits for the officers."""
    arrived_at: datetime | None = None
    alert: str = ""
    """What an open alert measures of it, in French; empty without one."""
    appointment_at: datetime | None = None
    """Its appointment of the day."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: `rank` sorts, `reason` is told."""

    rank: tuple[float, int, int, float, float, int]
    tier: Tier
    reason: str


def place(work: Work, now: datetime) -> Place:
    """Where a consignment stands in the list, and why, in French."""
    limit = work.arrived_at + TEMPORARY_STORAGE if work.arrived_at else None
    legal = limit if limit is not None and limit - now <= LEGAL_NOTICE else None
    perishable, words = PERISHABLES.get(work.ched_type, _OTHERS)
    today = work.appointment_at if _is_today(work.appointment_at, now) else None
    rank = (
        legal.timestamp() if legal else float("inf"),
        perishable,
        0 if work.alert else 1,
        today.timestamp() if today else float("inf"),
        work.since.timestamp(),
        work.id,
    )
    if legal is not None:
        return Place(rank, Tier.LEGAL, _limit(legal, now))
    if words:
        return Place(rank, Tier.PERISHABLE, words)
    if work.alert:
        return Place(rank, Tier.ALERT, f"Alerte\u00a0: {work.alert}")
    if today is not None:
        return Place(rank, Tier.APPOINTMENT, f"Rendez-vous à {french.hour(today)}")
    return Place(rank, Tier.WAITING, f"Attend depuis {french.duration(now - work.since)}")


def _is_today(at: datetime | None, now: datetime) -> bool:
    return at is not None and french.local(at).date() == french.local(now).date()


def _limit(limit: datetime, now: datetime) -> str:
    left = limit - now
    if left < timedelta():
        return f"Délai légal dépassé de {french.duration(-left)}"
    return f"Délai légal dans {french.duration(left)}"
