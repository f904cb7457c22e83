"""Finding a company by what messages call it."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from models.companies.tables import Company, CompanyIdentifier


async def siren_of(db: AsyncSession, identifier: str) -> str | None:
    """The SIREN of the company that `identifier` names, or None when nobody we know bears it."""
    return (await sirens_of(db, [identifier])).get(identifier)


async def sirens_of(db: AsyncSession, identifiers: Collection[str]) -> dict[str, str]:
    """The SIREN of the companies that `identifiers` name, by identifier; unknown ones are left out.

    An identifier is a TRACES operator number, an EORI (FR followed by the SIRET), a SIRET or a SIREN.
    """
    written = {one: "".join(one.split()).upper() for one in identifiers if one.strip()}
    if not written:
        return {}
    borne = select(CompanyIdentifier).where(col(CompanyIdentifier.value).in_(written.values()))
    named = {row.value: row.siren for row in await db.exec(borne)}
    found = {one: named.get(value) or _siren_within(value) for one, value in written.items()}
    guessed = {siren for one, siren in found.items() if siren and written[one] not in named}
    known = await names_of(db, list(guessed)) if guessed else {}
    kept = set(named.values()) | set(known)
    return {one: siren for one, siren in found.items() if siren in kept}


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
