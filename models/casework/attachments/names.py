"""The names of files, as people send them and as they are shown and kept (pure)."""

import re
import unicodedata
from pathlib import PurePosixPath

from models.kernel.legible import legible

LONGEST = 150
"""Characters of a name, its ending included."""
_LONGEST_ENDING = 10
_BYTES = 240
"""Of a name in UTF-8: what every file system takes, with a number before it."""
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
"""What a name must not hold on some computer."""
_BLANKS = re.compile(r"\s+")


def clean(name: str) -> str:
    """The name without the folders before it, nor what is not seen, at most `LONGEST` characters; empty if nothing is left.

    A long name loses the end of its stem, and keeps its ending.
    """
    last = re.split(r"[/\\]", legible(unicodedata.normalize("NFC", name[:5000])))[-1]
    words = _BLANKS.sub(" ", _FORBIDDEN.sub("_", _BLANKS.sub(" ", last))).strip(" .")
    path = PurePosixPath(words)
    ending = path.suffix if len(path.suffix) <= _LONGEST_ENDING else ""
    stem = words.removesuffix(ending)[: LONGEST - len(ending)]
    while len(f"{stem}{ending}".encode()) > _BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .')}{ending}" if stem.strip(" ._") else ""
