"""Sealing: what was written since the last seal goes under a new one, which names the one before (SES-52)."""

from sqlalchemy.orm import defer
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.database import reading, transaction
from models.journal import anchors, merkle
from models.journal.canonical import digest, entry_bytes, seal_bytes
from models.journal.keys import signer
from models.journal.queries import after, last_seq
from models.journal.tables import JournalSeal

BATCH = 512
"""Most entries under one seal: what a proof leads through, and what one transaction reads."""
NO_SEAL = "0" * 64
_light = defer(JournalSeal.leaves, raiseload=True)  # type: ignore[arg-type] # SQLModel types it as a list
_newest = col(JournalSeal.batch).desc()


async def seal_pending() -> int:
    """Seal every entry that has no seal yet, and anchor the seals; returns how many entries.

    Any number of processes may do so at once: transactions take turns, and whoever comes second finds less
    or nothing to seal.

    Raises:
        OSError: when the anchor file cannot be written; the seals are kept, and anchored the next time.
    """
    sealed = 0
    while await _is_behind():
        async with transaction() as db:
            made = await _seal_next(db)
        if made is None:
            break
        sealed += made.count
    await _anchor()
    return sealed


async def _is_behind() -> bool:
    """Whether there is something to seal: looked up first, so that nobody waits for an idle writer."""
    async with reading() as db:
        return await last_seq(db) > await last_sealed(db)


async def last_sealed(db: AsyncSession) -> int:
    """The newest entry under a seal; 0 when there is none."""
    return (await db.exec(select(JournalSeal.last_seq).order_by(_newest).limit(1))).first() or 0


async def last_seal(db: AsyncSession) -> JournalSeal | None:
    """The newest seal."""
    return (await db.exec(select(JournalSeal).order_by(_newest).limit(1))).first()


async def _seal_next(db: AsyncSession) -> JournalSeal | None:
    previous = await last_seal(db)
    entries = await after(db, previous.last_seq if previous else 0, BATCH)
    if not entries:
        return None
    seqs = [entry.seq or 0 for entry in entries]
    leaves = [merkle.leaf(entry_bytes(entry)) for entry in entries]
    key = signer()
    seal = JournalSeal(
        batch=previous.batch + 1 if previous else 1,
        first_seq=seqs[0],
        last_seq=seqs[-1],
        count=len(leaves),
        root=merkle.root(leaves),
        previous=digest(seal_bytes(previous)) if previous else NO_SEAL,
        sealed_at=clock.now(),
        key=key.name,
        signature="",
        leaves=[[seq, one] for seq, one in zip(seqs, leaves, strict=True)],
    )
    seal.signature = key.sign(seal_bytes(seal)).hex()
    db.add(seal)
    return seal


async def _anchor() -> None:
    """Append the seals that the anchor file lacks: those just made, and those of a process that died."""
    async with reading() as db:
        known = anchors.last_anchored()
        seals = await chain(db, known + 1)
    if seals:
        anchors.append(seals)


async def chain(db: AsyncSession, first: int) -> list[JournalSeal]:
    """The seals from the batch `first` on, in order, without their leaves."""
    wanted = select(JournalSeal).where(col(JournalSeal.batch) >= first).order_by(col(JournalSeal.batch))
    return list((await db.exec(wanted.options(_light))).all())
