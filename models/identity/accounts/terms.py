"""The terms of use: their versions and their texts (COM-10). Data and pure functions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.kernel import clock, french

_TEXTS = Path(__file__).parent / "terms_texts"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the terms: a text that never changes once it is in force."""

    number: str
    """Also the name of its file in terms_texts."""
    starts_on: date
    """In force from that day, in Paris, until the next one."""


VERSIONS = (Version("2026-01", date(2026, 1, 5)),)
"""Oldest first. A change is one more version, with one more text; the old ones stay."""


class BlockKind(StrEnum):
    """What a part of the text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the text, typeset."""

    kind: BlockKind
    text: str


def in_force() -> Version:
    """The version that holds now; before the first one starts, the first."""
    today = french.local(clock.now()).date()
    return next((version for version in reversed(VERSIONS) if version.starts_on <= today), VERSIONS[0])


def started() -> tuple[Version, ...]:
    """The version in force, then those before it, newest first."""
    newest = in_force()
    return tuple(version for version in reversed(VERSIONS) if version.starts_on <= newest.starts_on)


def version_of(number: str) -> Version | None:
    """The version of that number, in force or past; None for any other."""
    return next((version for version in started() if version.number == number), None)


@cache
def text_of(number: str) -> tuple[Block, ...]:
    """The text of a version: `##` headings, `-` items, and paragraphs, each on one line."""
    lines = (_TEXTS / f"{number}.md").read_text(encoding="utf-8").splitlines()
    return tuple(_block(french.typeset(line)) for line in lines if line.strip())


def _block(line: str) -> Block:
    for mark, kind in (("## ", BlockKind.HEADING), ("- ", BlockKind.ITEM)):
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    return Block(BlockKind.PARAGRAPH, line)
