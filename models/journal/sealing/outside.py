"""The chain of seals against what is known of it outside the database: the anchor file, time stamps, anchors kept elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate

from models.journal.sealing import anchors
from models.journal.sealing.anchors import Anchor
from models.journal.sealing.comparison import runs
from models.journal.sealing.findings import Finding, Wrong
from models.journal.sealing.order import LATE
from models.journal.sealing.timestamps import Stamp, is_genuine


@dataclass(frozen=True, slots=True)
class Sealed:
    """What verification keeps in mind of a seal."""

    anchor: Anchor
    sealed_at: datetime


Seals = Mapping[int, Sealed]
"""By batch."""
Line = tuple[int, Anchor]
"""A line of the anchor file, with its number."""


def against_file(seals: Seals, lines: Sequence[Line], torn: Sequence[int]) -> Iterator[Finding]:
    """The chain as the data folder tells it. What the file does not know yet is no fault."""
    anchored = {anchor.batch for _, anchor in lines}
    if seals and not anchored:
        yield Finding(Wrong.ANCHOR, 0, detail=f"{anchors.NAME} is missing or empty")
    for number, anchor in lines:
        yield from _against(seals, anchor, f"line {number} of {anchors.NAME}", Wrong.ANCHOR)
    for batch in sorted(set(range(1, max(anchored, default=0))) - anchored):
        yield Finding(Wrong.ANCHOR, batch, detail=f"no line of {anchors.NAME} names it")
    if torn and set(range(1, max(anchored, default=0) + 1)) - anchored:
        yield Finding(Wrong.ANCHOR, 0, detail=f"lines {', '.join(map(str, torn))} cannot be read")
    yield from _anchored_late(seals, lines)


def against_given(seals: Seals, kept: Iterable[tuple[str, Anchor]]) -> Iterator[Finding]:
    """The chain as somebody kept it, out of reach of this machine."""
    for where, anchor in kept:
        yield from _against(seals, anchor, where, Wrong.GIVEN)
        if anchor.batch not in seals and anchor.batch <= max(seals, default=0):
            yield Finding(Wrong.GIVEN, anchor.batch, detail=f"{where}: its seal is not there")


def against_stamps(
    seals: Seals, stamps: Iterable[Stamp], unreadable: Iterable[str], roots: Sequence[Certificate]
) -> Iterator[Finding]:
    """The chain as a time-stamping authority saw it; without its root certificates, its signature is not judged."""
    by_digest = {sealed.anchor.digest: (batch, sealed.sealed_at) for batch, sealed in seals.items()}
    for where in unreadable:
        yield Finding(Wrong.TIMESTAMP, 0, detail=f"{where} cannot be read")
    for stamp in stamps:
        batch, sealed_at = by_digest.get(stamp.digest, (0, None))
        if sealed_at is None:
            yield Finding(
                Wrong.TIMESTAMP, 0, detail=f"{stamp.where}, of {stamp.at}, is upon no seal of this journal"
            )
        elif stamp.at < sealed_at - LATE:
            yield Finding(
                Wrong.TIMESTAMP, batch, detail=f"{stamp.where} is older than the time the seal tells"
            )
        if roots and not is_genuine(stamp, roots):
            yield Finding(Wrong.TIMESTAMP, batch, detail=f"{stamp.where} is not signed by the authority")


def _against(seals: Seals, anchor: Anchor, where: str, wrong: Wrong) -> Iterator[Finding]:
    newest = max(seals, default=0)
    if anchor.batch > newest:
        first = seals[newest].anchor.last_seq + 1 if seals else 1
        yield Finding(Wrong.TRUNCATED, anchor.batch, first, anchor.last_seq, f"{where} knows its seal")
    elif anchor.batch in seals and anchor != seals[anchor.batch].anchor:
        yield Finding(wrong, anchor.batch, detail=where)


def _anchored_late(seals: Seals, lines: Sequence[Line]) -> Iterator[Finding]:
    """Lines written again after others were removed."""
    first: dict[int, datetime] = {}
    for _, anchor in lines:
        if anchor.at and anchor.batch in seals:
            first[anchor.batch] = min(anchor.at, first.get(anchor.batch, anchor.at))
    late = [batch for batch, at in sorted(first.items()) if at - seals[batch].sealed_at > LATE]
    for begin, end in runs(late, sorted(seals)):
        yield Finding(Wrong.ANCHORED_LATE, begin, detail=f"as all up to batch {end}" if end > begin else "")
