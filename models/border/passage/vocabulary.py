"""The words of a border passage, as codes. Their French stands in words.py.

Every parser, rule, table and screen speaks with these, and with nothing else.
"""

from enum import StrEnum


class ChedType(StrEnum):
    """Kind of Common Health Entry Document (regulation (EU) 2017/625 art. 56)."""

    ANIMALS = "CHEDA"
    ANIMAL_PRODUCTS = "CHEDP"
    PLANTS = "CHEDPP"
    FEED_AND_FOOD = "CHEDD"


class StepKind(StrEnum):
    """One step of the passage, in the order in which it normally happens (SES-02)."""

    NOTIFICATION = "notification"
    ARRIVAL = "arrival"
    DOCUMENTARY = "documentary"
    IDENTITY = "identity"
    PHYSICAL = "physical"
    LABORATORY = "laboratory"
    DECISION = "decision"
    DECLARATION = "declaration"
    RELEASE = "release"
    DEPARTURE = "departure"


class StepStatus(StrEnum):
    """What is known of a step; the statuses of the JSON event, plus the two that we deduce."""

    AWAITED = "awaited"
    PLANNED = "planned"
    STARTED = "started"
    SATISFACTORY = "satisfactory"
    UNSATISFACTORY = "unsatisfactory"
    DONE = "done"
    CANCELLED = "cancelled"
    NOT_NEEDED = "not_needed"


class CheckResult(StrEnum):
    """Result of an official check, as CHED part II gives it."""

    SATISFACTORY = "SATISFACTORY"
    SATISFACTORY_AFTER_INTERVENTION = "SATISFACTORY_FOLLOWING_OFFICIAL_INTERVENTION"
    NOT_SATISFACTORY = "NOT_SATISFACTORY"
    NOT_DONE = "NOT_DONE"
    DEROGATION = "DEROGATION"


class ConsignmentState(StrEnum):
    """Where a consignment stands, for people: the five shapes of the screens, and an end."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    ACTION_REQUIRED = "action_required"
    BLOCKED = "blocked"
    RELEASED = "released"
    CANCELLED = "cancelled"


class ReleaseReason(StrEnum):
    """Why customs has not released the goods yet."""

    CONTROL = "control"
    DOCUMENTS = "documents"
    RESULT = "result"
    PAYMENT = "payment"
    BALANCE = "balance"
