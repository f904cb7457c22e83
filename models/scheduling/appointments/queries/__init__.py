"""Reading appointments: what screens and documents show of them is in `visits`, what the verbs ask beside."""

from models.scheduling.appointments.queries.visits import (
    Shown,
    boxes_of,
    held_by,
    last_contact,
    mine,
    of_consignments,
    of_one,
    offers_of,
    one,
    plan,
)

__all__ = [
    "Shown",
    "boxes_of",
    "held_by",
    "last_contact",
    "mine",
    "of_consignments",
    "of_one",
    "offers_of",
    "one",
    "plan",
]
