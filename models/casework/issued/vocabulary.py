"""Codes of issued documents; words for them stand in words.py."""

from enum import StrEnum


class State(StrEnum):
    """Where a document stands."""

    PREPARED = "prepared"
    """Decided, numbered, and not sealed yet: nobody holds it, and its number tells nothing."""
    VALID = "valid"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class Why(StrEnum):
    """Why a document was withdrawn."""

    ERROR = "error"
    FACTS_CHANGED = "facts_changed"
    RECALL = "recall"
    ASKED = "asked"
