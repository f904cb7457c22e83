"""The seals' digests outside the database: whoever cuts the journal's end must find this file as well.

One line of JSON a seal, only ever appended, in the data folder. The newest leaves the machine by itself where an
installation says whither (app.anchoring): one line kept elsewhere is enough to prove everything before it.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from models.journal.canonical import canonical, digest, moment, seal_bytes
from models.journal.tables import JournalSeal
from models.kernel import clock
from models.kernel.settings.portal import settings

NAME = "journal_seals.jsonl"
_WINDOW = 64 * 1024


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a line says of a seal."""

    batch: int
    last_seq: int
    digest: str
    signature: str
    anchored_at: str = field(default="", compare=False)
    """When the line was written; empty in those of a version before."""

    @property
    def line(self) -> str:
        """As it is written, without the end of the line."""
        return canonical(asdict(self)).decode()

    @property
    def at(self) -> datetime | None:
        """When the line was written; None when it does not say, or nothing that makes sense."""
        try:
            at = datetime.fromisoformat(self.anchored_at)
        except ValueError:
            return None
        return at if at.tzinfo else None


def anchor_path() -> Path:
    """Where the file is."""
    return settings().data_dir / NAME


def anchor_of(seal: JournalSeal) -> Anchor:
    """What is written of a seal, now."""
    written_at = moment(clock.machine())
    return Anchor(seal.batch, seal.last_seq, digest(seal_bytes(seal)), seal.signature, written_at)


def append(seals: Iterable[JournalSeal]) -> None:
    """Write these seals down, and wait until the disk has them.

    Raises:
        OSError: when the disk refuses; a line begun is left behind, and told apart by read().
    """
    text = "".join(anchor_of(seal).line + "\n" for seal in seals)
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    torn = _last_bytes(path, 1) not in (b"", b"\n")
    with path.open("ab", buffering=0) as file:
        file.write((("\n" if torn else "") + text).encode())
        os.fsync(file.fileno())


def last_anchored() -> int:
    """The highest batch among the last lines; 0 when there is none. Cheap, for the sealing task."""
    last = newest()
    return last.batch if last else 0


def newest() -> Anchor | None:
    """The anchor of the highest batch among the last lines."""
    lines = _last_bytes(anchor_path(), _WINDOW).splitlines()
    return max((anchor for anchor in map(parse, lines) if anchor), key=lambda one: one.batch, default=None)


def read() -> tuple[list[tuple[int, Anchor]], list[int]]:
    """The anchors, each with its line's number, and the numbers of the lines that cannot be read."""
    path = anchor_path()
    anchors: list[tuple[int, Anchor]] = []
    torn: list[int] = []
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else [], 1):
        parsed = parse(line)
        if parsed:
            anchors.append((number, parsed))
        else:
            torn.append(number)
    return anchors, torn


def parse(line: bytes) -> Anchor | None:
    """The anchor that a line is; None when it is none."""
    try:
        document: Any = json.loads(line)
        when = str(document.get("anchored_at", ""))
        return Anchor(
            int(document["batch"]),
            int(document["last_seq"]),
            str(document["digest"]),
            str(document["signature"]),
            when,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _last_bytes(path: Path, count: int) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - count))
        return file.read()
