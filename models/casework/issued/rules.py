"""The number of an issued document, and the check that is printed beside it (CTX-14). No I/O.

`FR-CTX-2026-007314   2KXD 7Q4M`: the number tells the series, the year and the rank, and can be guessed; the check
cannot, so that whoever has both holds the paper, or a copy of it.
"""

import hmac
import re
import secrets
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that are not taken for one another on paper: no 0 nor O, no 1, I nor L, no U beside V."""
CHECK_LENGTH = 8
LONGEST = 100
"""Characters of what somebody types as a number and a check."""
_HIGHEST = 999_999
_PREFIX = re.compile(r"[A-Z]{2,5}")
_NUMBER = re.compile(r"FR-[A-Z]{2,5}-[0-9]{4}-[0-9]{6}")
_LOOKALIKES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed from the paper; both are empty when no number is in it."""

    number: str = ""
    check: str = ""
    """Empty when there was none, or when it cannot be one."""


def series_of(prefix: str, year: int) -> str:
    """`FR-CTX-2026`: what is numbered together.

    Raises:
        ValueError: for a prefix that is not two to five capitals.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r}: expected two to five capitals")
    return f"FR-{prefix}-{year:04}"


def number_of(series: str, rank: int) -> str:
    """`FR-CTX-2026-007314`.

    Raises:
        ValueError: beyond the 999,999 of a year.
    """
    if not 0 < rank <= _HIGHEST:
        raise ValueError(f"{series}: no number left")
    return f"{series}-{rank:06}"


def new_check() -> str:
    """Eight characters that nobody can guess: one in 6 × 10¹¹."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CHECK_LENGTH))


def grouped(check: str) -> str:
    """The check as it is printed: `2KXD 7Q4M`."""
    return f"{check[:4]} {check[4:]}"


def is_number(text: str) -> bool:
    """Whether a document could have this number."""
    return _NUMBER.fullmatch(text) is not None


def same_check(one: str, other: str) -> bool:
    """Whether both are the same, in a time that does not tell how much of it is."""
    return hmac.compare_digest(one.encode(), other.encode())


def read(text: str) -> Typed:
    """The number, and the check after it if there is one, in what was typed: blanks and case are as one likes."""
    plain = "".join(text[:LONGEST].translate(_LOOKALIKES).upper().split())
    known = _NUMBER.match(plain)
    if known is None:
        return Typed()
    return Typed(known[0], read_check(plain[known.end() :]))


def read_check(text: str) -> str:
    """The check in what was typed; empty when it cannot be one."""
    plain = "".join(text[:LONGEST].upper().split()).replace("-", "")
    return plain if len(plain) == CHECK_LENGTH and set(plain) <= set(ALPHABET) else ""
