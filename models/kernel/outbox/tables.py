"""What tables of several nouns have in common."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel

WAITING = text("due_at IS NOT NULL")
"""Of what leaves: for indexes of what is still to be tried."""


class Outgoing(SQLModel):
    """What leaves the portal: taken by a relay for a while, sent, and settled (docs/decisions/0016, 0018)."""

    id: str = Field(primary_key=True)
    """Random; its Message-ID derives from it, so that one sent twice is seen to be the same."""
    created_at: datetime
    due_at: datetime | None = Field(index=True)
    """When to try next; None once it left, was withheld, or was given up."""
    attempts: int = 0
    sent_at: datetime | None = None
    given_up_at: datetime | None = Field(default=None, index=True)
    """Set aside, for those who run the service to see and to replay."""
    withheld_at: datetime | None = None
    """The right to know was lost between the fact and the delivery: nothing was sent."""
    problem: str = ""
    """Why the last attempt failed, as the server said; no address."""
