"""The built files, compressed once when they are built: a phone on a quay loads a quarter of the bytes.

Brotli at its best is slow, which does not matter here: nobody waits for it. gzip is for clients without it.
"""

import gzip
from pathlib import Path

import brotli

_TEXT = frozenset({".js", ".css", ".html", ".svg", ".json", ".txt", ".webmanifest", ".map"})
_LEAST = 1024
"""Bytes below which a compressed copy is not worth its headers."""
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""What is offered, the best first: as HTTP names it, and as the copies end."""


def precompress(folder: Path) -> int:
    """Write the copies beside each file of text; how many files have some."""
    written = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix not in _TEXT or not path.is_file() or path.stat().st_size < _LEAST:
            continue
        content = path.read_bytes()
        Path(f"{path}.br").write_bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11))
        Path(f"{path}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        written += 1
    return written
