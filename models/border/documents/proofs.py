"""The records of one consignment, each with what proves that it stands under a seal (SES-52)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.border.consignments.policy import concerns
from models.border.consignments.subject import CONSIGNMENT
from models.identity.accounts.viewer import Viewer
from models.journal.canonical import entry_bytes
from models.journal.sealing import merkle
from models.journal.sealing.queries import chain, seal_over, sealed_about
from models.journal.tables import JournalEntry, JournalSeal
from models.kernel.database import DbSession
from models.kernel.subject import Subject


@dataclass(frozen=True, slots=True)
class Proof:
    """A record, the batch that it is in, and the way from its digest to the batch's root."""

    entry: JournalEntry
    batch: int
    version: int
    """The format of its seal."""
    path: list[tuple[str, str]]

    @property
    def content(self) -> bytes:
        """What was sealed of the record."""
        return entry_bytes(self.entry, self.version)

    @property
    def digest(self) -> str:
        """The record's leaf in the batch's tree."""
        return merkle.leaf(self.content)


@dataclass(frozen=True, slots=True)
class Records:
    """Sealed records with their proofs, and the seals from the first of them to the newest."""

    proofs: list[Proof]
    seals: list[JournalSeal]
    withheld: int
    """How many tell of a time when the consignment was not the viewer's to see."""


def records_of(db: DbSession, viewer: Viewer, consignment_id: int) -> Records:
    """The sealed records of a consignment, oldest first, that may reach `viewer` (SES-04)."""
    entries = sealed_about(db, [Subject.of(CONSIGNMENT, consignment_id)])
    reachable = [entry for entry in entries if _may_reach(viewer, entry)]
    proofs = _prove(db, reachable)
    seals = chain(db, proofs[0].batch) if proofs else []
    return Records(proofs, seals, len(entries) - len(reachable))


def _may_reach(viewer: Viewer, entry: JournalEntry) -> bool:
    left = entry.payload.get("left") or {}
    named = left.get("siren", entry.siren) if isinstance(left, dict) else entry.siren
    return concerns(viewer, entry.siren, entry.post_code) and (viewer.is_officer or named == viewer.siren)


def _prove(db: DbSession, entries: Sequence[JournalEntry]) -> list[Proof]:
    proofs: list[Proof] = []
    seal: JournalSeal | None = None
    for entry in entries:
        if seal is None or (entry.seq or 0) > seal.last_seq:
            seal = seal_over(db, entry.seq or 0)
        leaves = [str(leaf) for _, leaf in seal.leaves]
        index = [seq for seq, _ in seal.leaves].index(entry.seq)
        proofs.append(Proof(entry, seal.batch, seal.version, merkle.path(leaves, index)))
    return proofs
