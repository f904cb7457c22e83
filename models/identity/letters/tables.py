"""Letters that leave by e-mail."""

from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from models.kernel.outbox.tables import WAITING, Outgoing


class Email(Outgoing, table=True):
    """An e-mail to send, written in the transaction of the fact that it tells; a relay sends it.

    It holds what the words are made of, never the words: a link is signed when it leaves, and stands nowhere else.
    """

    __table_args__ = (
        Index("ix_email_waiting", "account_id", sqlite_where=WAITING, postgresql_where=WAITING),
        # What the limits count (models/identity/letters/limits.py).
        Index("ix_email_to", "to", "created_at"),
        Index("ix_email_caused_by", "caused_by", "created_at"),
        Index("ix_email_company", "company", "created_at"),
        Index("ix_email_network", "network", "created_at"),
    )

    kind: str
    """Which letter: one of models.identity.letters.kinds.LETTERS."""
    to: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    caused_by: int | None = None
    """The account of whoever had it sent; None when nobody was signed in."""
    company: str | None = None
    """The SIREN that they worked for."""
    network: str | None = None
    """Keyed hash of the network that asked; None for what no request caused."""
