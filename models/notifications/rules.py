"""How often a letter is tried. Data and pure functions."""

import re
from datetime import timedelta

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 120, 360, 720))
"""How long to wait after each failure; after the one that follows the last, the letter is given up."""
LEASE = timedelta(minutes=2)
"""For how long a relay that took a letter has it to itself: longer than any sending may take."""
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
_LONGEST = 300


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after the failure number `attempts` (from 1); None to give up."""
    return DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def without_addresses(reason: str) -> str:
    """What a server said, as it may be kept: on one line, short, and naming nobody."""
    return _ADDRESS.sub("(adresse)", " ".join(reason.split()))[:_LONGEST]
