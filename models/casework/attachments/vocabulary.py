"""The words of attachments: where one stands, on which side it was sent, and why one is refused."""

from enum import StrEnum


class State(StrEnum):
    """Where an attachment stands."""

    RECEIVING = "receiving"
    """Its bytes are still to come, or to be put together."""
    QUARANTINED = "quarantined"
    """Whole, and not looked at yet: nobody gets it."""
    SCANNED = "scanned"
    """Looked at, and scanned: nothing was found."""
    UNSCANNED = "unscanned"
    """Looked at, and not scanned: neither clean nor infected."""
    REFUSED = "refused"
    """Its bytes are gone; the reason stays."""


COMPLETE = (State.SCANNED, State.UNSCANNED)
"""The states in which an attachment is there for people."""


class Side(StrEnum):
    """On which side of the file an attachment was sent."""

    COMPANY = "company"
    OFFICE = "office"


class Reason(StrEnum):
    """Why an attachment is refused, or cannot be had."""

    NAMELESS = "nameless"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"
    TOO_MANY_UNFINISHED = "too_many_unfinished"
    NOT_ADMITTED = "not_admitted"
    TWICE = "twice"
    NOT_ALLOWED = "not_allowed"
    OTHER_CONTENT = "other_content"
    TRUNCATED = "truncated"
    PROTECTED = "protected"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_DEMANDING = "too_demanding"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    ALTERED = "altered"
    INFECTED = "infected"
    LAPSED = "lapsed"
    LOST = "lost"
