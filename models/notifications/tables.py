"""What is to be told outside of the portal."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class Email(SQLModel, table=True):
    """An e-mail to send, written in the transaction of the fact that it tells; a relay sends it.

    It holds what the words are made of, never the words: a link is signed when it leaves, and stands nowhere else.
    """

    id: str = Field(primary_key=True)
    """Random; its Message-ID derives from it, so that one sent twice is seen to be the same."""
    kind: str
    """Which letter: one of models.notifications.letters."""
    to: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime
    due_at: datetime | None = Field(index=True)
    """When to try next; None once it left, or was given up."""
    attempts: int = 0
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    problem: str = ""
    """Why the last attempt failed, as the server said; no address."""
