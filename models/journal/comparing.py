"""One batch of entries against its seal: pure, and as exact as digests allow."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from models.journal import merkle
from models.journal.canonical import entry_bytes, personal_digest
from models.journal.findings import Finding, Wrong
from models.journal.tables import JournalEntry, JournalSeal


def compare(
    seal: JournalSeal,
    entries: Sequence[JournalEntry],
    purged: Collection[int],
    *,
    unreadable: Collection[int] = (),
    ends_journal: bool = False,
) -> Iterator[Finding]:
    """What differs between the entries of a batch, as stored, and its seal.

    `purged` are the entries whose purge the journal tells; `unreadable` those that are there, but hold no
    JSON or no time any more. `ends_journal` says that nothing follows, so that
    entries missing at the end were cut off rather than picked out.
    """
    told = _told(seal)
    stored = {entry.seq or 0: entry for entry in entries}
    if _root(seal) != seal.root or len(told) != seal.count:
        yield Finding(Wrong.SEAL_EDITED, seal.batch, detail="its leaves do not give its root")
    for seq in sorted(unreadable):
        yield Finding(Wrong.EDITED, seal.batch, seq, detail="it cannot be read any more")
    gone = sorted(told.keys() - stored.keys() - set(unreadable))
    for first, last in _runs(gone, sorted(told)):
        cut = ends_journal and last == max(told) and first > max(stored, default=0)
        yield Finding(Wrong.TRUNCATED if cut else Wrong.DELETED, seal.batch, first, last)
    for seq in sorted(stored.keys() - told.keys()):
        yield Finding(Wrong.INSERTED, seal.batch, seq)
    yield from _changed(seal, stored, told)
    for seq in sorted(stored.keys() & told.keys()):
        yield from _personal(seal, stored[seq], purged)


def _told(seal: JournalSeal) -> dict[int, str]:
    """The leaves by entry; none when they are not what a seal holds."""
    try:
        return {int(seq): str(one) for seq, one in seal.leaves}
    except (ValueError, TypeError):
        return {}


def _root(seal: JournalSeal) -> str:
    try:
        return merkle.root([str(one) for _, one in seal.leaves])
    except (ValueError, TypeError):
        return ""


def _runs(seqs: Iterable[int], among: Sequence[int]) -> Iterator[tuple[int, int]]:
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


def _changed(
    seal: JournalSeal, stored: Mapping[int, JournalEntry], told: Mapping[int, str]
) -> Iterator[Finding]:
    other = {seq for seq in stored.keys() & told.keys() if merkle.leaf(entry_bytes(stored[seq])) != told[seq]}
    for seq in sorted(other):
        place = _place_of(stored[seq], {one: told[one] for one in other if one != seq})
        if place:
            yield Finding(Wrong.SWAPPED, seal.batch, seq, detail=f"it holds what entry {place} held")
        else:
            yield Finding(Wrong.EDITED, seal.batch, seq, detail="not the record that was sealed")


def _place_of(entry: JournalEntry, others: Mapping[int, str]) -> int:
    """Where this entry's content was when it was sealed; 0 when nowhere."""
    for seq, leaf in others.items():
        moved = JournalEntry(**entry.model_dump() | {"seq": seq})
        if merkle.leaf(entry_bytes(moved)) == leaf:
            return seq
    return 0


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
