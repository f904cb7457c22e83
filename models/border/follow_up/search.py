"""What a person types to find consignments, read into references and words (SES-01). Pure: no I/O.

A reference is found by its beginning or its end, alone or inside a sentence; goods, origins and vessels by the
beginnings of their words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.border.passage.keys import normalise
from models.kernel.french import plain
from models.kernel.terms import LONGEST, words

SHORTEST = 3
"""Letters and digits of a search, at least."""
LONGEST_SEARCH = 200
_MOST_REFERENCES, _MOST_WORDS = 4, 6
_REFERENCE_LENGTH = 5
"""From how many characters on a word of a sentence with a digit in it is taken for a reference."""
_PARTS = re.compile(r"[^\w./-]+")
_WRITTEN_APART = re.compile(
    r"CHED(?:PP|A|D|P)\W{0,2}[A-Z]{2}\W{0,2}\d{4}\W{0,2}\d{7}\b"  # a CHED
    r"|\b[A-Z]{3}[UJZ]\W{0,2}\d{6}\W{0,2}\d\b"  # a container
    r"|\b\d{2}\W?[A-Z]{2}(?:\W?[A-Z0-9]){14}\b"  # an MRN
)
"""References that people write with spaces, points or dashes in them."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: one of these references, or all of these words. Neither: nothing can be found."""

    references: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def shape(self) -> "Search":
        """The same for every search of as many references and words: one statement serves all of them."""
        return Search(("?",) * len(self.references), ("?",) * len(self.words))


def is_too_short(typed: str) -> bool:
    """Whether there are too few letters and digits in what was typed to look for it."""
    return 0 < len(normalise(plain(typed))) < SHORTEST


def read_search(typed: str) -> Search:
    """What somebody looks for who typed this: `%` and `_` are characters that no reference and no word holds."""
    text = plain(typed)[:LONGEST_SEARCH].upper()
    whole, parts = normalise(text), _PARTS.split(text)
    apart = [normalise(piece) for piece in _WRITTEN_APART.findall(text)]
    named = apart or [part for part in map(normalise, parts) if _is_reference(part)]
    references = _few([*named, *([whole] if len(whole) <= LONGEST else [])], _MOST_REFERENCES)
    return Search(references, () if named else tuple(words(text)[:_MOST_WORDS]))


def _is_reference(word: str) -> bool:
    return len(word) >= _REFERENCE_LENGTH and any(char.isdigit() for char in word)


def _few(words: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))[:most]
