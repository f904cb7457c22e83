"""Sealing: what was written since the last seal goes under a new one, which names the one before (SES-52)."""

import asyncio

from models.journal.canonical import digest, entry_bytes, seal_bytes
from models.journal.queries import after
from models.journal.sealing import anchors, merkle
from models.journal.sealing.keys import Signer, former_signer, signer
from models.journal.sealing.queries import chain, newest_seal, standing
from models.journal.tables import FORMAT, JournalEntry, JournalSeal
from models.kernel import clock
from models.kernel.database import DbSession, read, write

BATCH = 512
"""Most entries under one seal: what a proof leads through, and what one transaction reads."""
NO_SEAL = "0" * 64


async def seal_pending() -> int:
    """Seal every entry that has no seal yet, and anchor the seals; returns how many entries.

    Any number of processes may do so at once: transactions take turns, and whoever comes second finds less
    or nothing to seal. With nothing to do, it asks the database once.

    Raises:
        OSError: when the anchor file cannot be written; the seals are kept, and anchored the next time.
    """
    sealed = 0
    before = await read(standing)  # looked up first, so that nobody waits for an idle writer
    while before.last > before.sealed:
        sealed += await write(_seal_next)
        before = await read(standing)
    await _anchor(before.batch)
    return sealed


def _seal_next(db: DbSession) -> int:
    """Seal the next batch: how many entries, 0 when somebody else was quicker."""
    previous = newest_seal(db)
    entries = after(db, previous.last_seq if previous else 0, BATCH)
    if entries:
        db.add(_seal(previous, entries, signer()))
    return len(entries)


def _seal(previous: JournalSeal | None, entries: list[JournalEntry], key: Signer) -> JournalSeal:
    seqs = [entry.seq or 0 for entry in entries]
    leaves = [merkle.leaf(entry_bytes(entry, FORMAT)) for entry in entries]
    seal = JournalSeal(
        version=FORMAT,
        batch=previous.batch + 1 if previous else 1,
        first_seq=seqs[0],
        last_seq=seqs[-1],
        count=len(leaves),
        root=merkle.root(leaves),
        previous=digest(seal_bytes(previous)) if previous else NO_SEAL,
        sealed_at=clock.machine(),
        key=key.name,
        signature="",
        leaves=[[seq, leaf] for seq, leaf in zip(seqs, leaves, strict=True)],
    )
    seal.signature = key.sign(seal_bytes(seal)).hex()
    if previous and previous.key != key.name:
        former = former_signer(previous.key)
        seal.endorsement = former.sign(seal_bytes(seal)).hex() if former else None
    return seal


async def _anchor(newest: int) -> None:
    """Append the seals that the anchor file lacks: those just made, and those of a process that died."""
    known = anchors.last_anchored()
    if newest > known:
        await asyncio.to_thread(anchors.append, await read(lambda db: chain(db, known + 1)))
