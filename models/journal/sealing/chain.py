"""One seal as a link of the chain: does it follow the one before, and who signed it?"""

from collections.abc import Iterator, Mapping

from models.journal.canonical import digest, seal_bytes
from models.journal.sealing.findings import Finding, Wrong
from models.journal.sealing.keys import is_signed, public_keys
from models.journal.sealing.legible import NONSENSE, next_readable
from models.journal.sealing.queries import seal_from
from models.journal.sealing.seals import NO_SEAL
from models.journal.tables import TIMED, JournalSeal
from models.kernel.database import DbSession

Keys = Mapping[str, bytes]
"""Public keys, PEM, by name."""


def read_chain(db: DbSession) -> Iterator[tuple[JournalSeal, list[Finding]]]:
    """Each seal, in order, with what is wrong with it as a link of the chain."""
    keys = public_keys()
    before: JournalSeal | None = None
    while True:
        expected = before.batch + 1 if before else 1
        try:
            seal = seal_from(db, expected)
        except NONSENSE:
            seal = next_readable(db, expected)
        if seal is None:
            return
        yield seal, [*_link(seal, before), *_signature(seal, keys), *_new_key(seal, before, keys)]
        before = seal


def _link(seal: JournalSeal, before: JournalSeal | None) -> Iterator[Finding]:
    expected = before.batch + 1 if before else 1
    previous = digest(seal_bytes(before)) if before else NO_SEAL
    last, version = (before.last_seq, before.version) if before else (0, 1)
    if seal.batch != expected:
        gone = f"batches {expected} to {seal.batch - 1}"
        yield Finding(Wrong.SEAL_MISSING, expected, last + 1, seal.first_seq - 1, gone)
    elif seal.previous != previous:
        yield Finding(Wrong.SEAL_EDITED, seal.batch, detail="it does not name the seal before it")
    if seal.first_seq <= last or seal.last_seq < seal.first_seq:
        yield Finding(Wrong.SEAL_EDITED, seal.batch, detail="it overlaps the seal before it")
    if seal.version < version:
        yield Finding(
            Wrong.SEAL_EDITED, seal.batch, detail="its format is older than that of the seal before it"
        )


def _signature(seal: JournalSeal, keys: Keys) -> Iterator[Finding]:
    if seal.key not in keys:
        yield Finding(Wrong.UNKNOWN_KEY, seal.batch, detail=seal.key)
    elif not _signed(seal.key, seal.signature, seal, keys):
        yield Finding(Wrong.SIGNATURE, seal.batch)


def _new_key(seal: JournalSeal, before: JournalSeal | None, keys: Keys) -> Iterator[Finding]:
    """Format 1 took any key that lies in the data folder; since then the key before vouches for the next."""
    if before is None or seal.key == before.key or seal.version < TIMED:
        return
    if not _signed(before.key, seal.endorsement or "", seal, keys):
        yield Finding(Wrong.NEW_KEY, seal.batch, detail=seal.key)


def _signed(key: str, signature: str, seal: JournalSeal, keys: Keys) -> bool:
    try:
        return is_signed(keys[key], bytes.fromhex(signature), seal_bytes(seal))
    except (KeyError, ValueError):
        return False
