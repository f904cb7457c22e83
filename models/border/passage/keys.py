"""References as keys: how a consignment is found from what a message cites or a person types."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

_NOT_KEY = re.compile(r"[^A-Z0-9]")


class KeyKind(StrEnum):
    """What a key refers to."""

    CHED = "ched"
    MRN = "mrn"
    CONTAINER = "container"
    TRANSPORT = "transport"
    LOCAL = "local"


def canonical(reference: str) -> str:
    """A CHED's or an appointment's reference as it is kept: `chedpp.fr.2026.0028758 ` is typed and sent as well."""
    return reference.strip().upper()


def normalise(reference: str) -> str:
    """Upper case letters and digits only: `CHEDPP.FR.2026.0028758` and `osTU 481205 3` lose their points
    and spaces.
    """
    plain = unicodedata.normalize("NFKD", reference)  # ALBÂTRE STAR is typed ALBATRE too
    return _NOT_KEY.sub("", plain.upper())


def distinct(pairs: Iterable[tuple[KeyKind, str]]) -> list[tuple[KeyKind, str]]:
    """The pairs whose reference is not empty, normalised, each once."""
    return list(dict.fromkeys((kind, normalise(value)) for kind, value in pairs if normalise(value)))
