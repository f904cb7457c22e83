"""References as the real ones are made: CHED, MRN, container, seals, papers. Each valid by its own check."""

from collections.abc import Collection
from datetime import datetime
from random import Random

from stdnum import iso6346

from models.border.passage.vocabulary import ChedType

_OWNERS = ("OSTU", "CALU", "HERU", "LTCU", "NTRU", "MERU")
"""Invented owners of containers; the last letter says freight container (ISO 6346)."""
_ALPHANUMERIC = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_PER_DAY = 240


def ched(kind: ChedType, at: datetime, dice: Random, taken: Collection[str] = ()) -> str:
    """`CHEDPP.FR.2026.0028758`: numbers grow through the year, as TRACES gives them; one that is not `taken`."""
    since = at - at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    number = 1000 + int(since.total_seconds() / 86400 * _PER_DAY) + dice.randrange(_PER_DAY)
    while (reference := f"{kind}.FR.{at.year}.{number:07}") in taken:
        number += 1
    return reference


def mrn(at: datetime, dice: Random) -> str:
    """`26FR4D7K2M9Q1X5Z0A`: year, country, 13 characters, and a check digit as in ISO 6346."""
    body = f"{at:%y}FR" + "".join(dice.choices(_ALPHANUMERIC, k=13))
    return body + str(_check_digit(body))


def _check_digit(body: str) -> int:
    return sum(_value(sign) * 2**rank for rank, sign in enumerate(body)) % 11 % 10


def _value(sign: str) -> int:
    """10 for A, and on, leaving out the multiples of 11."""
    if sign.isdigit():
        return int(sign)
    plain = ord(sign) - ord("A")
    return plain + 10 + (plain + 9) // 10


def container(dice: Random) -> str:
    """A container number with its ISO 6346 check digit."""
    start = f"{dice.choice(_OWNERS)}{dice.randrange(10**6):06}"
    return start + str(iso6346.calc_check_digit(start))


def seal(dice: Random) -> str:
    """The number of a seal."""
    return f"FX{dice.randrange(10**7):07}"


def local(company: str, at: datetime, dice: Random) -> str:
    """The trader's own reference: `KER-26-48120`."""
    return f"{company[:3].upper()}-{at:%y}-{dice.randrange(10**5):05}"


def paper(prefix: str, dice: Random) -> str:
    """The number of a certificate, invoice or bill of lading."""
    return f"{prefix}{dice.randrange(10**8):08}"
