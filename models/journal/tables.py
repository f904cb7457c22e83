"""The journal: every fact, once, in the order of the commits, for ever."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Integer
from sqlmodel import Field, SQLModel


class JournalEntry(SQLModel, table=True):
    """One fact, written in the transaction that made it. Never changed, never deleted."""

    __tablename__ = "journal_entry"

    seq: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    at: datetime
    kind: str
    """`noun.verb`, such as consignment.step_recorded."""
    actor: str
    """account:12, partner:demo-partner, or system."""
    consignment_id: int | None = Field(default=None, index=True)
    siren: str | None = None
    post_code: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
