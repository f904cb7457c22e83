"""The QR code of a document (ISO/IEC 18004): an address that any telephone opens, and the signed statement behind it."""

from collections.abc import Sequence

import segno

QUIET = 4
"""Modules of white around it: readers need them."""


def modules(code: Sequence[str]) -> list[list[int]]:
    """The rows of the code, 1 for dark; it survives the loss of 15 % of it: paper is folded.

    `code`: its parts, one after the other. A part in capitals and digits alone takes two thirds of the room.
    """
    made = segno.make(list(code), error="m", micro=False, boost_error=False)  # type: ignore[arg-type]
    return [list(row) for row in made.matrix]
