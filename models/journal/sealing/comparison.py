"""One batch of entries against its seal: pure, and as exact as digests allow."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from models.journal.canonical import entry_bytes, personal_digest
from models.journal.sealing import merkle
from models.journal.sealing.findings import Finding, Wrong
from models.journal.tables import JournalEntry, JournalSeal


class Comparison:
    """A batch's entries, as they are stored, beside what its seal tells of them."""

    def __init__(self, seal: JournalSeal, entries: Sequence[JournalEntry]) -> None:
        self._seal = seal
        self._told = _told(seal)
        self._stored = {entry.seq or 0: entry for entry in entries}
        both = sorted(self._stored.keys() & self._told.keys())
        self._same = [seq for seq in both if self._leaf(self._stored[seq]) == self._told[seq]]
        self._other = sorted({*both} - {*self._same})

    def sound(self) -> list[JournalEntry]:
        """The entries that are what was sealed, in order."""
        return [self._stored[seq] for seq in self._same]

    def findings(
        self, purged: Collection[int], *, unreadable: Collection[int] = (), ends_journal: bool = False
    ) -> Iterator[Finding]:
        """What differs.

        `purged` are the entries whose purge the journal tells; `unreadable` those that are there, but hold no
        JSON or no time any more. `ends_journal` says that nothing follows, so that
        entries missing at the end were cut off rather than picked out.
        """
        batch = self._seal.batch
        if _root(self._seal) != self._seal.root or len(self._told) != self._seal.count:
            yield Finding(Wrong.SEAL_EDITED, batch, detail="its leaves do not give its root")
        for seq in sorted(unreadable):
            yield Finding(Wrong.EDITED, batch, seq, detail="it cannot be read any more")
        yield from self._gone(unreadable, ends_journal=ends_journal)
        for seq in sorted(self._stored.keys() - self._told.keys()):
            yield Finding(Wrong.INSERTED, batch, seq)
        yield from self._changed()
        for seq in sorted({*self._same, *self._other}):
            yield from _personal(self._seal, self._stored[seq], purged)

    def _gone(self, unreadable: Collection[int], *, ends_journal: bool) -> Iterator[Finding]:
        gone = sorted(self._told.keys() - self._stored.keys() - set(unreadable))
        for first, last in runs(gone, sorted(self._told)):
            cut = ends_journal and last == max(self._told) and first > max(self._stored, default=0)
            yield Finding(Wrong.TRUNCATED if cut else Wrong.DELETED, self._seal.batch, first, last)

    def _changed(self) -> Iterator[Finding]:
        for seq in self._other:
            place = self._place_of(seq)
            if place:
                yield Finding(
                    Wrong.SWAPPED, self._seal.batch, seq, detail=f"it holds what entry {place} held"
                )
            else:
                yield Finding(Wrong.EDITED, self._seal.batch, seq, detail="not the record that was sealed")

    def _place_of(self, seq: int) -> int:
        """Where that entry's content was when it was sealed; 0 when nowhere."""
        content = self._stored[seq].model_dump(warnings=False)
        for other in self._other:
            moved = JournalEntry(**content | {"seq": other})
            if other != seq and self._leaf(moved) == self._told[other]:
                return other
        return 0

    def _leaf(self, entry: JournalEntry) -> str:
        return merkle.leaf(entry_bytes(entry, self._seal.version))


def _told(seal: JournalSeal) -> dict[int, str]:
    """The leaves by entry; none when they are not what a seal holds."""
    try:
        return {int(seq): str(leaf) for seq, leaf in seal.leaves}
    except (ValueError, TypeError):
        return {}


def _root(seal: JournalSeal) -> str:
    try:
        return merkle.root([str(leaf) for _, leaf in seal.leaves])
    except (ValueError, TypeError):
        return ""


def runs(seqs: Iterable[int], among: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbours told together. PostgreSQL skips numbers: neighbours are so `among` those sealed."""
    position = {seq: index for index, seq in enumerate(among)}
    run: list[int] = []
    for seq in seqs:
        if run and position[seq] != position[run[-1]] + 1:
            yield run[0], run[-1]
            run = []
        run.append(seq)
    if run:
        yield run[0], run[-1]


def _personal(seal: JournalSeal, entry: JournalEntry, purged: Collection[int]) -> Iterator[Finding]:
    seq = entry.seq or 0
    if entry.personal is None and entry.personal_salt is None:
        if entry.personal_digest is not None and seq not in purged:
            yield Finding(Wrong.PURGED, seal.batch, seq)
    elif not _holds(entry):
        yield Finding(Wrong.PERSONAL, seal.batch, seq)


def _holds(entry: JournalEntry) -> bool:
    if entry.personal is None or entry.personal_salt is None:
        return False
    try:
        return personal_digest(entry.personal_salt, entry.personal) == entry.personal_digest
    except (ValueError, TypeError):
        return False
