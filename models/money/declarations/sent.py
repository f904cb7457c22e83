"""What co-owners send about declarations and due dates: one line of a batch each."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt

from models.kernel.co_owners import CoOwner
from models.kernel.lines import Amount, Day, Of, Period, Text, refused
from models.money.payments.sent import Figure


def _has_a_calendar(co_owner: CoOwner) -> CoOwner:
    if co_owner is CoOwner.DGDDI:
        raise refused("pas d’échéancier pour la DGDDI")
    return co_owner


class DeclarationsSent(Figure):
    """How a company stands with one declaration service (PPR-21)."""

    service: Literal["DELTA_G", "CIEL", "DOMINO", "ISOPE", "ISOPE_DOM"]
    in_progress: Annotated[StrictInt, Field(ge=0, le=1_000_000)] = 0
    period: Period = ""
    due_on: Day | None = None


class DueDateSent(Figure):
    """Something to file or to pay by a date; the customs administration has no such calendar (PPR-24)."""

    co_owner: Annotated[Of, AfterValidator(_has_a_calendar)]
    nature: Text
    period: Period = ""
    kind: Literal["payment", "declaration"] | None = None
    """As its amount tells, when it is not said."""
    amount: Amount | None = None
    due_on: Day
    status: Literal["open", "done", "cancelled"] = "open"
