"""When entries were written and sealed, and after which seal: what a history made again cannot keep right.

A batch that holds other entries than were sealed is told elsewhere (comparing): here, only what is as it was sealed,
and still cannot have come about so. Of what a version before sealed, none of this is known.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from models.journal.sealing.comparison import runs
from models.journal.sealing.findings import Finding, Wrong
from models.journal.tables import TIMED, JournalEntry, JournalSeal

LATE = timedelta(minutes=2)
"""Sealed within seconds; a restart takes less than this. Somebody quicker than this is not found by time alone."""


def written(entry: JournalEntry) -> datetime:
    """When the entry was written; of a version before, which did not note it, the time that it tells."""
    return entry.written_at or entry.at


class Ordering:
    """Read forward, batch after batch: which seals there were, and which the entries named last."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._named = 0
        self._past: JournalEntry | None = None
        self.invented = 0
        """Entries of a past that the demonstration invented, and says so: their times prove nothing."""

    def of_batch(self, seal: JournalSeal, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
        """What cannot be of a batch that is as it was sealed; the batches in their order."""
        if seal.version >= TIMED:
            yield from self._order(seal.batch, entries)
            yield from self._times(seal, entries)
            if seal.batch == 1 and seal.first_seq > 1:
                yield Finding(Wrong.BEGUN, 1, 1, seal.first_seq - 1, "what was before is not there")
        self._names[seal.name] = seal.batch

    def of_rest(self, entries: Sequence[JournalEntry], now: datetime) -> Iterator[Finding]:
        """What cannot be of entries that no seal covers yet."""
        yield from self._order(0, entries)
        forgotten = [entry for entry in entries if abs(now - written(entry)) > LATE]
        yield from _told(Wrong.UNSEALED, 0, forgotten, entries, f"up to {_most(now, forgotten)} ago")

    def _order(self, batch: int, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
        remade = [entry for entry in entries if entry.written_at and not self._follows(entry)]
        kind = Wrong.BEGUN if batch == 1 else Wrong.REMADE
        yield from _told(kind, batch, remade, entries)

    def _follows(self, entry: JournalEntry) -> bool:
        """Whether the seal that the entry names comes before it, and none before those that others named before."""
        batch = self._names.get(entry.after_seal, -1) if entry.after_seal else 0
        follows = batch >= self._named
        self._named = max(batch, self._named)
        return follows

    def _times(self, seal: JournalSeal, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
        real = [entry for entry in entries if not self._is_invented(entry)]
        backdated = [entry for entry in real if abs(written(entry) - entry.at) > LATE]
        yield from _told(Wrong.BACKDATED, seal.batch, backdated, entries)
        late = [entry for entry in real if abs(seal.sealed_at - written(entry)) > LATE]
        between = f"up to {_most(seal.sealed_at, late)} between writing and seal"
        yield from _told(Wrong.BEGUN if seal.batch == 1 else Wrong.LATE, seal.batch, late, entries, between)

    def _is_invented(self, entry: JournalEntry) -> bool:
        """Written in one transaction, however long that took, with the times that the story wants.

        No seal is made during a transaction: all its entries name the same one. Those of a portal at work do not, so
        that nobody passes its history off as a story by putting two entries around it.
        """
        if entry.kind in (PAST_BEGUN, PAST_FILLED) or not entry.written_at:
            self._past = entry if entry.kind == PAST_BEGUN and entry.written_at else None
        invented = self._past is not None and self._past.after_seal == entry.after_seal
        self.invented += invented
        return invented


PAST_BEGUN, PAST_FILLED = "demonstration.begun", "demonstration.filled"
"""The entries between which the demonstration invents a past."""


def _most(at: datetime, entries: Sequence[JournalEntry]) -> timedelta:
    """In whole seconds, which read better."""
    most = max((abs(at - written(entry)) for entry in entries), default=timedelta())
    return timedelta(seconds=most // timedelta(seconds=1))


def _told(
    wrong: Wrong,
    batch: int,
    those: Sequence[JournalEntry],
    among: Sequence[JournalEntry],
    detail: str = "",
) -> Iterator[Finding]:
    """One finding for neighbours."""
    for first, last in runs(
        [entry.seq or 0 for entry in those], [among_entry.seq or 0 for among_entry in among]
    ):
        yield Finding(wrong, batch, first, last, detail)
