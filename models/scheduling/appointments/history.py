"""What became of an appointment, from the journal: who is a side, never a person (SES-11, SES-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.border.consignments.subject import subject_of
from models.journal.kinds import KINDS
from models.journal.tables import JournalEntry
from models.kernel import french
from models.kernel.database import DbSession
from models.kernel.subject import Subject
from models.scheduling.appointments.queries import Shown
from models.scheduling.appointments.queries.entries import entries_of
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.words import REASONS, SIDES, when

_SHOWN = frozenset(kind.name for kind in KINDS.values() if kind.subject == "appointment" and not kind.hidden)
_DATED = frozenset({"appointment.requested", "appointment.confirmed", "appointment.moved"})


@dataclass(frozen=True, slots=True)
class Event:
    """One fact, with the numbers of its entries in the journal: one for each consignment."""

    kind: str
    at: datetime
    by: str
    """One of Side."""
    entries: tuple[int, ...]
    said: Mapping[str, str]
    """The codes of its entry."""

    @property
    def label(self) -> str:
        """What happened, in French."""
        return KINDS[self.kind].label


def history(db: DbSession, shown: Shown) -> list[Event]:
    """All that was recorded of an appointment that was found for who asks, oldest first."""
    subjects = [subject_of(consignment) for consignment in shown.consignments]
    return _grouped(entries_of(db, shown.appointment.reference, subjects, _SHOWN))


def _grouped(entries: Sequence[JournalEntry]) -> list[Event]:
    """One event for the entries that the same verb wrote, one for each consignment of the appointment."""
    groups: list[tuple[Event, set[Subject | None]]] = []
    for entry in entries:
        number = entry.seq or 0
        last, subjects = groups[-1] if groups else (None, set())
        if last and (last.kind, last.said) == (entry.kind, entry.payload) and entry.subject not in subjects:
            whole = Event(last.kind, last.at, last.by, (*last.entries, number), last.said)
            groups[-1] = (whole, subjects | {entry.subject})
        else:
            by = str(entry.payload.get("by", ""))
            groups.append((Event(entry.kind, entry.at, by, (number,), entry.payload), {entry.subject}))
    return [event for event, _ in groups]


def detail(event: Event, offer: Offer) -> str:
    """What a fact adds to its name: for when, instead of when, why; on the post's clocks."""
    codes, parts = event.said, []
    if event.kind in _DATED and codes.get("starts_at"):
        parts.append(f"pour le {_time(codes['starts_at'], offer)}")
    if codes.get("before"):
        parts.append(f"au lieu du {_time(codes['before'], offer)}")
    if codes.get("proposed_at"):
        parts.append(f"le {_time(codes['proposed_at'], offer)}")
    reason = REASONS.get(codes.get("reason", ""), "")
    return ", ".join([*parts, *([french.lower_first(reason)] if reason else [])])


def by(event: Event) -> str:
    """Who did it: a side, never a person."""
    return SIDES.get(event.by, SIDES["system"])


def _time(iso: str, offer: Offer) -> str:
    return when(datetime.fromisoformat(iso), offer)
