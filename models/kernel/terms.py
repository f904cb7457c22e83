"""Texts as words that are searched: without accents, in upper case, those that say something."""

import re

from models.kernel.french import plain

LONGEST = 40
"""Characters that are kept of a term: what is longer is found by these."""
_APART = re.compile(r"[^a-z0-9]+")
_SAYING_NOTHING = frozenset(
    {
        *("and", "au", "aux", "autre", "autres", "avec", "de", "des", "du", "en", "et"),
        *("la", "le", "les", "of", "or", "other", "ou", "the", "un", "une"),
    }
)


def words(text: str) -> list[str]:
    """The words of `text` that say something: `MANIOC` and `EGYPTE` of « du manioc d’Égypte ».

    Without accents, in upper case, of two characters or more, each once, in the order in which they stand.
    """
    apart = [word.upper()[:LONGEST] for word in _APART.split(plain(text)) if len(word) > 1]
    return [word for word in dict.fromkeys(apart) if word.lower() not in _SAYING_NOTHING]


def singular(word: str) -> str:
    """The beginning that a word shares with its other number: `MANGUE` of `MANGUES`."""
    return word[:-1] if len(word) > 3 and word[-1] in "SX" and word.isalpha() else word
