"""A QR code as the path of an SVG: drawn by the page, without a request, so that it works once the page is open."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Modules of white around it: readers need them (ISO/IEC 18004)."""


@dataclass
class Qr:
    """A square of `size` modules a side, quiet zone included, and the path of the dark ones."""

    path: str = ""
    box: str = "0 0 0 0"


def qr(text: str) -> Qr:
    """The code of that text, which survives the loss of 15 % of it at least: a ticket gets creased."""
    rows = segno.make(text, error="m", micro=False).matrix
    dark = [(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell]
    size = len(rows) + 2 * QUIET
    return Qr("".join(f"M{x} {y}h1v1h-1z" for x, y in dark), f"0 0 {size} {size}")
