"""What companies owe and paid, as the co-owners tell it. Amounts are in euros, exact to the cent."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.money.payments.money import Money


class Debt(SQLModel, table=True):
    """A créance: the same whichever way it was declared and wherever it is paid (PPR-26)."""

    __table_args__ = (
        UniqueConstraint("co_owner", "reference"),
        Index("ix_debt_due", "siren", "co_owner", "status", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    co_owner: str
    reference: str
    """The co-owner's own."""
    version: int = Field(sa_type=BigInteger)
    """The co-owner's own; an older one changes nothing."""
    siren: str
    """Not a foreign key: a co-owner knows companies that the portal does not know yet."""
    siret: str | None = None
    nature: str
    """What it is for, as a code: models.money.payments.words."""
    period: str = ""
    """`2026-10`, when it is that of a month."""
    amount: Decimal = Field(sa_type=Money)
    currency: str = "EUR"
    due_on: date
    status: str
    """due, paid or cancelled"""
    paid_on: date | None = None
    means: str = ""
    """How it was paid, as in Payment; empty while it is not."""
    notice_hash: str | None = None
    """Of the password printed on the payment notice (PPR-31); None when the co-owner gave none."""
    received_at: datetime


class Payment(SQLModel, table=True):
    """Money that reached a co-owner, or is on its way. The co-owner's word that a debt is paid makes one, too."""

    __table_args__ = (
        UniqueConstraint("co_owner", "reference"),
        Index("ix_payment_paid", "siren", "co_owner", "status", "paid_on"),
        Index("ix_payment_debt", "co_owner", "debt_reference"),
    )

    id: int | None = Field(default=None, primary_key=True)
    co_owner: str
    reference: str
    version: int = Field(sa_type=BigInteger)
    debt_reference: str | None = None
    siren: str
    siret: str | None = None
    nature: str
    period: str = ""
    amount: Decimal = Field(sa_type=Money)
    currency: str = "EUR"
    paid_on: date
    means: str
    """sepa, card, transfer or unknown; transfers are not shown (PPR-22)."""
    status: str
    """pending, done or rejected"""
    derived: bool = False
    """Told by the debt that is paid, and by nothing else: it bears the reference of that debt."""
    received_at: datetime


class SepaMandate(SQLModel, table=True):
    """A direct-debit mandate, tied to an IBAN, made by one establishment (PPR-23)."""

    __tablename__ = "sepa_mandate"
    __table_args__ = (UniqueConstraint("co_owner", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    co_owner: str
    reference: str
    """The unique mandate reference (RUM)."""
    version: int = Field(sa_type=BigInteger)
    siren: str = Field(index=True)
    siret: str
    iban: str
    status: str
    """open or closed"""
    signed_on: date | None = None
    received_at: datetime


class FigureFeed(SQLModel, table=True):
    """When a co-owner last sent figures of a kind: what it says is shown with its date."""

    __tablename__ = "figure_feed"

    co_owner: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    """debts, payments, mandates, declarations or due-dates"""
    received_at: datetime
