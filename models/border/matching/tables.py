"""Consignments that an officer tied to a company by hand."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class CompanyTie(SQLModel, table=True):
    """An officer said whose consignment it is, and what was learnt from it."""

    __tablename__ = "company_tie"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    siren: str = Field(foreign_key="company.siren")
    identifier: str = ""
    """What its CHED calls the company, learnt by this tie; empty when the CHED gives no identifier."""
    tied_at: datetime = Field(index=True)
    account_id: int = Field(foreign_key="account.id")
    """Who tied it; kept for the audit, never shown."""
    undone_at: datetime | None = None
