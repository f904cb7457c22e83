"""Anchors that were kept elsewhere, as they are given to verification: a line, a file of lines, a letter, a time stamp."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from models.journal.sealing import anchors
from models.journal.sealing.anchors import Anchor
from models.journal.sealing.timestamps import Stamp, decode

_DER = b"\x30"
"""What a time stamp begins with, and no text of ours."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was kept elsewhere, each with where it was found."""

    anchors: tuple[tuple[str, Anchor], ...] = ()
    stamps: tuple[Stamp, ...] = ()


def read_given(words: Iterable[str]) -> Given:
    """What these words hold: each a line, or the name of a file.

    Raises:
        ValueError: with one line that names the word in which there is no anchor.
    """
    lines: list[tuple[str, Anchor]] = []
    stamps: list[Stamp] = []
    for word in words:
        content, where = _content(word)
        if content.startswith(_DER):
            stamps.append(_stamp(content, where))
        else:
            read = [(where, anchor) for anchor in _anchors(content)]
            if not read:
                raise ValueError(f"{where} holds no anchor")
            lines += read
    return Given(tuple(lines), tuple(stamps))


def _content(word: str) -> tuple[bytes, str]:
    if "{" in word:
        return word.encode(), "the line given"
    try:
        return Path(word).read_bytes(), word
    except OSError:
        raise ValueError(f"{word} is neither an anchor nor a file that can be read") from None


def _stamp(content: bytes, where: str) -> Stamp:
    try:
        return decode(content, where)
    except ValueError:
        raise ValueError(f"{where} holds no time stamp") from None


def _anchors(content: bytes) -> Iterator[Anchor]:
    """Those of its lines that hold one, whatever a syslog wrote before it."""
    if b"\nMIME-Version:" in content:
        letter = message_from_bytes(content, policy=policy.default).get_body(("plain",))
        content = letter.get_content().encode() if letter else b""
    for line in content.splitlines():
        begin, end = line.find(b"{"), line.rfind(b"}")
        anchor = anchors.parse(line[begin : end + 1]) if begin >= 0 else None
        if anchor:
            yield anchor
