"""Companies, the identifiers they are known by, and who may act for whom."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Company(SQLModel, table=True):
    """A company, by its SIREN (9 digits)."""

    siren: str = Field(primary_key=True, max_length=9)
    name: str


class Establishment(SQLModel, table=True):
    """One place of a company, by its SIRET (14 digits)."""

    siret: str = Field(primary_key=True, max_length=14)
    siren: str = Field(foreign_key="company.siren", index=True)
    name: str
    city: str = ""


class CompanyIdentifier(SQLModel, table=True):
    """A number under which some system knows a company, and by which messages are matched to it."""

    __tablename__ = "company_identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    id: int | None = Field(default=None, primary_key=True)
    siren: str = Field(foreign_key="company.siren", index=True)
    scheme: str
    """eori or traces; learnt: an officer said whose it is (models/border/matching)."""
    value: str


class RepresentationMandate(SQLModel, table=True):
    """`represented` lets `representative` act and see for it, between two dates (SES-04)."""

    __tablename__ = "representation_mandate"

    id: int | None = Field(default=None, primary_key=True)
    represented: str = Field(foreign_key="company.siren", index=True)
    representative: str = Field(foreign_key="company.siren", index=True)
    starts_at: datetime
    ends_at: datetime | None = None
    """None while it runs; set to the present to end it."""


class Certification(SQLModel, table=True):
    """A correspondent vouches that an account is that of somebody of the company."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    siren: str = Field(foreign_key="company.siren", index=True)
    certified_at: datetime
    certified_by: int = Field(foreign_key="account.id")
    ended_at: datetime | None = None


class Invitation(SQLModel, table=True):
    """A correspondent asked somebody to open an account for the company."""

    id: str = Field(primary_key=True)
    """Random; the link of the e-mail carries it in a signed token."""
    siren: str = Field(foreign_key="company.siren", index=True)
    email: str
    invited_by: int = Field(foreign_key="account.id")
    invited_at: datetime
    expires_at: datetime
    answered_at: datetime | None = None
    cancelled_at: datetime | None = None


class PartnerMandate(SQLModel, table=True):
    """A company lets a partner's program book, move and cancel for it, between two dates."""

    __tablename__ = "partner_mandate"

    id: int | None = Field(default=None, primary_key=True)
    siren: str = Field(foreign_key="company.siren", index=True)
    client_id: str = Field(foreign_key="partner_client.id", index=True)
    starts_at: datetime
    ends_at: datetime | None = None
    """None while it runs."""
