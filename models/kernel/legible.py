"""Text that others read, without what nobody sees in it: one function, at every door by which text comes in.

A character that turns the direction of writing shows a sentence as another one; one that is not seen makes two names
look alike, or hides words from whoever reads and from whoever searches.
"""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Categories of Unicode: controls, formats (directions, joiners, soft hyphens), halves, private use, separators."""
_KEPT = frozenset("\n\t")
_BREAKS = frozenset("\r\u0085\u2028\u2029")
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that are drawn as nothing."""


class _Table(dict[int, str | None]):
    """What becomes of each character; found out at its first use."""

    def __missing__(self, code: int) -> str | None:
        self[code] = replacement = _made(chr(code))
        return replacement


def _made(character: str) -> str | None:
    if character in _KEPT:
        return character
    if character in _BREAKS:
        return "\n"
    selects = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    unseen = unicodedata.category(character) in _UNSEEN or character in _BLANK
    return None if selects or unseen else character


_TABLE = _Table()


def legible(text: str) -> str:
    """The text without characters that are not seen or that turn the direction; ends of lines are line feeds."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_TABLE)


def is_legible(text: str) -> bool:
    """Whether nothing in it is unseen."""
    return legible(text) == text
