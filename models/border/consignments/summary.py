"""What a list says of a consignment: a third of its columns, and no object that the session must keep."""

from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlmodel import col

from models.border.consignments.tables import Consignment


@dataclass(frozen=True, slots=True)
class Summary:
    """Some columns of a consignment, under the names that they have in its table."""

    id: int
    reference: str
    ched_type: str
    post_code: str
    title: str
    ched_status: str
    refusal_reasons: str
    state: str
    urgency: int
    step: str
    actor: str
    action: str
    expected_at: datetime | None
    opened_at: datetime
    changed_at: datetime


_NAMES = [field.name for field in fields(Summary)]
COLUMNS: list[Any] = [col(getattr(Consignment, name)) for name in _NAMES]
"""What to select for a Summary, in the order of its fields."""


def summary_of(consignment: Consignment) -> Summary:
    """The same of a consignment that was read whole."""
    return Summary(*attrgetter(*_NAMES)(consignment))
