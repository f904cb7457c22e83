"""An edited offer: the offer as it would be, what differs from the present one, and two edits made one. Pure (SES-12).

An edited offer is an Offer like any other, so that the calculator answers for it before anything is written. A bay
that was not written yet has a negative id.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.scheduling.capacity.offer import BayOffer, Hours, Offer

T = TypeVar("T", bound=Hashable)
TERMS = (
    "department",
    "four_hours",
    "wood_days",
    "booking_notice",
    "change_notice",
    "horizon_days",
    "step",
    "confirms_itself",
    "phone",
    "address",
)
"""The fields of an Offer that PostTerms holds."""


class Section(StrEnum):
    """A part of what a post offers, as a code of the journal and a tab of the screen."""

    HOURS = "hours"
    CLOSURES = "closures"
    BAYS = "bays"
    LENGTHS = "lengths"
    TERMS = "terms"


_LISTS: Mapping[Section, str] = {
    Section.HOURS: "hours",
    Section.CLOSURES: "closures",
    Section.BAYS: "bays",
    Section.LENGTHS: "lengths",
}


@dataclass(frozen=True, slots=True)
class Edited:
    """What an officer started from, and what it would be."""

    base: Offer
    stamp: str
    """Of what it started from; empty for a post that took no appointments yet."""
    offer: Offer

    @property
    def changed(self) -> tuple[Section, ...]:
        """The parts that differ."""
        return changed(self.base, self.offer)


def blank(post_code: str, post_name: str, timezone: str) -> Offer:
    """What a post that takes no appointments yet starts from: nothing open, cautious cut-offs."""
    return Offer(post_code, post_name, ZoneInfo(timezone), booking_notice=timedelta(hours=2))


def terms_of(offer: Offer) -> dict[str, object]:
    """Its terms, by the names of the fields."""
    return {name: getattr(offer, name) for name in TERMS}


def changed(before: Offer, after: Offer) -> tuple[Section, ...]:
    """Which parts of the offer differ."""
    lists = [part for part, name in _LISTS.items() if getattr(before, name) != getattr(after, name)]
    return (*lists, *([Section.TERMS] if terms_of(before) != terms_of(after) else []))


def gone(before: Iterable[T], after: Iterable[T]) -> list[T]:
    """What is in the first and not in the second; something that was there twice may go once."""
    left = Counter(before)
    left.subtract(after)
    return [line for line, number in left.items() for _ in range(max(0, number))]


def rebased(edited: Edited, offer: Offer, stamp: str) -> Edited:
    """The same edit on what somebody else made of the offer meanwhile: both are kept, mine where they disagree."""
    base, wanted = edited.base, edited.offer
    terms = {
        name: value if value != getattr(base, name) else getattr(offer, name)
        for name, value in terms_of(wanted).items()
    }
    merged = replace(
        offer,
        hours=hours_in_order(_merged(base.hours, wanted.hours, offer.hours)),
        closures=tuple(
            sorted(_merged(base.closures, wanted.closures, offer.closures), key=lambda one: one.starts_at)
        ),
        bays=_merged_by(lambda bay: bay.id, base.bays, wanted.bays, offer.bays),
        lengths=_merged_by(
            lambda length: (length.control, length.goods), base.lengths, wanted.lengths, offer.lengths
        ),
        **terms,  # type: ignore[arg-type]
    )
    return Edited(offer, stamp, merged)


def hours_in_order(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """As they are stored: by weekday and opening."""
    return tuple(sorted(hours, key=lambda one: (one.weekday, one.opens, one.service, one.season_from)))


def _merged(base: tuple[T, ...], draft: tuple[T, ...], stored: tuple[T, ...]) -> list[T]:
    kept = gone(stored, gone(base, draft))
    return [*kept, *gone(gone(draft, base), gone(stored, base))]


def _merged_by(
    key: Callable[[T], Hashable], base: tuple[T, ...], draft: tuple[T, ...], stored: tuple[T, ...]
) -> tuple[T, ...]:
    before, wanted, now = ({key(one): one for one in several} for several in (base, draft, stored))
    if draft == base:
        return stored
    order = [*wanted, *(name for name in now if name not in wanted and name not in before)]
    merged = []
    for name in order:
        untouched = name in before and wanted[name] == before[name] if name in wanted else True
        one = now.get(name) if untouched else wanted[name]
        if one is not None:
            merged.append(one)
    return tuple(merged)


def new_bay_id(bays: Iterable[BayOffer]) -> int:
    """A key for a bay that was not written yet."""
    return min([0, *(bay.id for bay in bays)]) - 1
