"""Declarations in progress and due dates, as the co-owners tell them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.money.payments.money import Money


class DeclarationLine(SQLModel, table=True):
    """How a company stands with one declaration service (PPR-21)."""

    __tablename__ = "declaration_line"
    __table_args__ = (UniqueConstraint("co_owner", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    co_owner: str
    reference: str
    """The co-owner's own."""
    version: int = Field(sa_type=BigInteger)
    siren: str = Field(index=True)
    siret: str | None = None
    service: str
    """DELTA_G, CIEL, DOMINO, ISOPE or ISOPE_DOM"""
    in_progress: int = 0
    """How many declarations are begun and not filed."""
    period: str = ""
    """`2026-11` for a monthly one."""
    due_on: date | None = None
    received_at: datetime


class DueDate(SQLModel, table=True):
    """Something to file or to pay by a date, at DGFiP or URSSAF (PPR-24)."""

    __tablename__ = "due_date"
    __table_args__ = (UniqueConstraint("co_owner", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    co_owner: str
    reference: str
    version: int = Field(sa_type=BigInteger)
    siren: str = Field(index=True)
    siret: str | None = None
    nature: str
    """What it is, as a code: models.money.payments.words."""
    period: str = ""
    kind: str
    """payment or declaration"""
    amount: Decimal | None = Field(default=None, sa_type=Money)
    due_on: date
    status: str
    """open, done or cancelled"""
    received_at: datetime
