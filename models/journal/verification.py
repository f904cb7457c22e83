"""Does the journal still say what it said? Seals against entries, seals against each other and the anchors."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.database import reading
from models.journal import anchors
from models.journal.anchors import Anchor
from models.journal.canonical import digest, seal_bytes
from models.journal.comparing import compare
from models.journal.findings import Finding, Wrong
from models.journal.keys import is_signed, public_keys
from models.journal.legible import NONSENSE, next_readable, purges, readable
from models.journal.sealing import NO_SEAL
from models.journal.tables import JournalEntry, JournalSeal


@dataclass(slots=True)
class Report:
    """What verification read, and what it found."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    purged: int = 0
    findings: list[Finding] = field(default_factory=list)


async def verify(progress: Callable[[int, int], None] = lambda _done, _total: None) -> Report:
    """Read the whole journal, and tell every edit, deletion, insertion, swap and truncation (SES-52).

    `progress` is told how many entries were read, of how many. Entries after the last seal have no proof
    yet: they are counted as unsealed.
    """
    said = anchors.read()  # first: a seal made meanwhile is then in the database, whatever the file has
    report = Report()
    async with reading() as db:
        total = (await db.exec(select(func.count()).select_from(JournalEntry))).one()
        purged = await purges(db)
        end = (await db.exec(select(func.max(JournalEntry.seq)))).one() or 0
        newest = (await db.exec(select(func.max(JournalSeal.batch)))).one() or 0
        known: dict[int, Anchor] = {}
        last = 0
        async for seal, finding in _seals(db):
            report.findings += finding
            entries, unreadable = await _between(db, last, seal.last_seq)
            ends = seal.batch == newest and end <= seal.last_seq
            report.findings += compare(seal, entries, purged, unreadable=unreadable, ends_journal=ends)
            report.entries += len(entries) + len(unreadable)
            report.seals += 1
            report.purged += sum(one.personal_digest is not None and one.personal is None for one in entries)
            known[seal.batch] = anchors.anchor_of(seal)
            last = max(last, seal.last_seq)
            progress(report.entries, total)
        report.unsealed = total - report.entries
    progress(total, total)
    report.findings += _against_anchors(known, *said)
    return report


async def _between(db: AsyncSession, after: int, last: int) -> tuple[list[JournalEntry], list[int]]:
    """The entries of a batch, whatever was slipped in before or among them, and those that hold no sense."""
    wanted = select(JournalEntry).where(col(JournalEntry.seq) <= last)
    if after:
        wanted = wanted.where(col(JournalEntry.seq) > after)
    return await readable(db, wanted)


async def _seals(db: AsyncSession) -> AsyncIterator[tuple[JournalSeal, list[Finding]]]:
    """Each seal, with what is wrong with it as a link of the chain."""
    keys = public_keys()
    expected, previous, last = 1, NO_SEAL, 0
    while True:
        following = select(JournalSeal).where(col(JournalSeal.batch) >= expected)
        try:
            seal = (await db.exec(following.order_by(col(JournalSeal.batch)).limit(1))).first()
        except NONSENSE:
            seal = await next_readable(db, expected)
        if seal is None:
            return
        yield seal, [*_link(seal, expected, previous, last), *_signature(seal, keys)]
        expected, previous, last = seal.batch + 1, digest(seal_bytes(seal)), seal.last_seq


def _link(seal: JournalSeal, expected: int, previous: str, last: int) -> Iterator[Finding]:
    if seal.batch != expected:
        gone = f"batches {expected} to {seal.batch - 1}"
        yield Finding(Wrong.SEAL_MISSING, expected, last + 1, seal.first_seq - 1, gone)
    elif seal.previous != previous:
        yield Finding(Wrong.SEAL_EDITED, seal.batch, detail="it does not name the seal before it")
    if seal.first_seq <= last or seal.last_seq < seal.first_seq:
        yield Finding(Wrong.SEAL_EDITED, seal.batch, detail="it overlaps the seal before it")


def _signature(seal: JournalSeal, keys: dict[str, bytes]) -> Iterator[Finding]:
    if seal.key not in keys:
        yield Finding(Wrong.UNKNOWN_KEY, seal.batch, detail=seal.key)
    elif not _signed(keys[seal.key], seal.signature, seal_bytes(seal)):
        yield Finding(Wrong.SIGNATURE, seal.batch)


def _signed(pem: bytes, signature: str, data: bytes) -> bool:
    try:
        return is_signed(pem, bytes.fromhex(signature), data)
    except ValueError:
        return False


def _against_anchors(
    seals: dict[int, Anchor], lines: list[tuple[int, Anchor]], torn: list[int]
) -> Iterator[Finding]:
    """The chain as it was told outside the database. What the file does not know yet is no fault."""
    newest = max(seals, default=0)
    anchored = {anchor.batch for _, anchor in lines}
    if seals and not anchored:
        yield Finding(Wrong.ANCHOR, 0, detail=f"{anchors.NAME} is missing or empty")
    for number, anchor in lines:
        where = f"line {number} of {anchors.NAME}"
        if anchor.batch > newest:
            first = seals[newest].last_seq + 1 if seals else 1
            yield Finding(Wrong.TRUNCATED, anchor.batch, first, anchor.last_seq, f"{where} knows its seal")
        elif anchor.batch in seals and anchor != seals[anchor.batch]:
            yield Finding(Wrong.ANCHOR, anchor.batch, detail=where)
    for batch in sorted(set(range(1, max(anchored, default=0))) - anchored):
        yield Finding(Wrong.ANCHOR, batch, detail=f"no line of {anchors.NAME} names it")
    if torn and set(range(1, max(anchored, default=0) + 1)) - anchored:
        yield Finding(Wrong.ANCHOR, 0, detail=f"lines {', '.join(map(str, torn))} cannot be read")
