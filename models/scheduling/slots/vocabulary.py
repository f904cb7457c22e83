"""The words of an appointment, as codes. Their French stands in models/scheduling/slots/words.py."""

from enum import StrEnum


class Status(StrEnum):
    """Where an appointment stands."""

    HELD = "held"
    """Kept for a few minutes, while the operator fills in the rest."""
    REQUESTED = "requested"
    """Booked; the post confirms or refuses."""
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    """Checked in at the gate."""
    STARTED = "started"
    DONE = "done"
    """The control was carried out: the appointment was honoured."""
    NOT_PRESENTED = "not_presented"
    TURNED_AWAY = "turned_away"
    """The goods came, but could not be inspected."""
    UNRECORDED = "unrecorded"
    """Its time went by, and nobody said what became of it."""
    REFUSED = "refused"
    """The post refused what was requested."""
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    """Never confirmed by who held it."""


COMING = frozenset({Status.REQUESTED, Status.CONFIRMED})
"""It can still be moved or cancelled."""
UNDER_WAY = frozenset({Status.ARRIVED, Status.STARTED})
LIVE = COMING | UNDER_WAY | {Status.HELD}
"""It keeps its place."""
TOLD = frozenset({*Status} - {Status.HELD, Status.LAPSED})
"""What people are shown; a hold is its holder's alone."""


class Side(StrEnum):
    """Who acts (SES-11)."""

    OPERATOR = "operator"
    POST = "post"
    SYSTEM = "system"


class Why(StrEnum):
    """Why something was refused, cancelled or not done; free text may come with it."""

    PLANS_CHANGED = "plans_changed"
    GOODS_LATE = "goods_late"
    NO_INSPECTOR = "no_inspector"
    BAY_UNAVAILABLE = "bay_unavailable"
    POST_CLOSED = "post_closed"
    NOT_SAFE = "not_safe"
    WRONG_SELECTION = "wrong_selection"
    OUT_OF_REACH = "out_of_reach"
    TECHNICAL = "technical"
    DOCUMENTS = "documents"
    TOO_LATE = "too_late"
    CONTROL_VOID = "control_void"
    """A decision, or the CHED's end, left nothing to inspect."""
    OTHER = "other"


class OpeningSide(StrEnum):
    """By which side a container is opened."""

    REAR = "rear"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
