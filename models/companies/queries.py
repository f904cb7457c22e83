"""Finding a company by what messages call it."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from models.companies.tables import Company, CompanyIdentifier


async def siren_of(db: AsyncSession, identifier: str) -> str | None:
    """The SIREN of the company that `identifier` names, or None when nobody we know bears it.

    An identifier is a TRACES operator number, an EORI (FR followed by the SIRET), a SIRET or a SIREN.
    """
    value = "".join(identifier.split()).upper()
    if not value:
        return None
    named = await db.exec(select(CompanyIdentifier.siren).where(col(CompanyIdentifier.value) == value))
    found = named.first()
    if found is not None:
        return found
    candidate = _siren_within(value)
    known = await db.get(Company, candidate) if candidate else None
    return known.siren if known else None


def _siren_within(value: str) -> str | None:
    digits = value.removeprefix("FR")
    if siret_number.is_valid(digits) or siren_number.is_valid(digits):
        return digits[:9]
    return None


async def names_of(db: AsyncSession, sirens: Sequence[str]) -> dict[str, str]:
    """The names of the companies `sirens`, by SIREN."""
    if not sirens:
        return {}
    rows = await db.exec(select(Company).where(col(Company.siren).in_(set(sirens))))
    return {row.siren: row.name for row in rows}
