"""The seals' digests outside the database: whoever cuts the journal's end must find this file as well.

One line of JSON a seal, only ever appended, in the data folder. Copy it elsewhere now and then: a printed
line is enough to prove everything before it.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.journal.canonical import canonical, digest, seal_bytes
from models.journal.tables import JournalSeal
from models.settings import settings

NAME = "journal_seals.jsonl"
_WINDOW = 64 * 1024


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a line says of a seal."""

    batch: int
    last_seq: int
    digest: str
    signature: str


def anchor_path() -> Path:
    """Where the file is."""
    return settings().data_dir / NAME


def anchor_of(seal: JournalSeal) -> Anchor:
    """What is written of a seal."""
    return Anchor(seal.batch, seal.last_seq, digest(seal_bytes(seal)), seal.signature)


def append(seals: Iterable[JournalSeal]) -> None:
    """Write these seals down, and wait until the disk has them.

    Raises:
        OSError: when the disk refuses; a line begun is left behind, and told apart by read().
    """
    text = "".join(canonical(asdict(anchor_of(seal))).decode() + "\n" for seal in seals)
    path = anchor_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    torn = _last_bytes(path, 1) not in (b"", b"\n")
    with path.open("ab", buffering=0) as file:
        file.write((("\n" if torn else "") + text).encode())
        os.fsync(file.fileno())


def last_anchored() -> int:
    """The highest batch among the last lines; 0 when there is none. Cheap, for the sealing task."""
    lines = _last_bytes(anchor_path(), _WINDOW).splitlines()
    return max((one.batch for one in map(_parse, lines) if one), default=0)


def read() -> tuple[list[tuple[int, Anchor]], list[int]]:
    """The anchors, each with its line's number, and the numbers of the lines that cannot be read."""
    path = anchor_path()
    anchors: list[tuple[int, Anchor]] = []
    torn: list[int] = []
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else [], 1):
        parsed = _parse(line)
        if parsed:
            anchors.append((number, parsed))
        else:
            torn.append(number)
    return anchors, torn


def _parse(line: bytes) -> Anchor | None:
    try:
        said: Any = json.loads(line)
        return Anchor(int(said["batch"]), int(said["last_seq"]), str(said["digest"]), str(said["signature"]))
    except (ValueError, KeyError, TypeError):
        return None


def _last_bytes(path: Path, count: int) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - count))
        return file.read()
