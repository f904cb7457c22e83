"""Finding a company by what messages call it, and who acts for whom."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_
from sqlmodel import col, select
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from models.identity.companies.rules import unnamed
from models.identity.companies.tables import Company, CompanyIdentifier, RepresentationMandate
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.statements.among import Among
from models.kernel.statements.compiled import Question

_BORNE = Question(
    select(CompanyIdentifier.value, CompanyIdentifier.siren).where(
        Among(col(CompanyIdentifier.value), "values")
    )
)


def siren_of(db: DbSession, identifier: str) -> str | None:
    """The SIREN of the company that `identifier` names, or None when nobody we know bears it."""
    return sirens_of(db, [identifier]).get(identifier)


def sirens_of(db: DbSession, identifiers: Collection[str]) -> dict[str, str]:
    """The SIREN of the companies that `identifiers` name, by identifier; unknown ones are left out.

    An identifier is a TRACES operator number, an EORI (FR followed by the SIRET), a SIRET or a SIREN.
    """
    values = {typed: written(typed) for typed in identifiers if typed.strip()}
    if not values:
        return {}
    named = dict(map(tuple, find_rows(db, _BORNE, values=list(values.values()))))
    sirens = {one: named.get(value) or siren_within(value) for one, value in values.items()}
    guessed = {siren for typed, siren in sirens.items() if siren and values[typed] not in named}
    known = names_of(db, list(guessed)) if guessed else {}
    kept = set(named.values()) | set(known)
    return {typed: siren for typed, siren in sirens.items() if siren in kept}


def written(identifier: str) -> str:
    """An identifier as it is kept and compared: without blanks, in capitals."""
    return "".join(identifier.split()).upper()


def siren_within(value: str) -> str | None:
    """The SIREN that an EORI, a SIRET or a SIREN holds, as `written` gives it; None in any other identifier."""
    digits = value.removeprefix("FR")
    if siret_number.is_valid(digits) or siren_number.is_valid(digits):
        return digits[:9]
    return None


def names_of(db: DbSession, sirens: Sequence[str]) -> dict[str, str]:
    """The names of the companies `sirens`, by SIREN."""
    if not sirens:
        return {}
    rows = db.exec(select(Company).where(col(Company.siren).in_(set(sirens))))
    return {row.siren: row.name for row in rows}


def known_name(db: DbSession, siren: str) -> str | None:
    """The company's name; None when it is not known, or only by its number."""
    name = names_of(db, [siren]).get(siren)
    return None if name == unnamed(siren) else name


def running_mandates(db: DbSession, represented: str, representative: str) -> Sequence[RepresentationMandate]:
    """The mandates by which one SIREN lets the other act for it that run, or will (SES-04)."""
    ends = col(RepresentationMandate.ends_at)
    between = select(RepresentationMandate).where(
        RepresentationMandate.represented == represented,
        RepresentationMandate.representative == representative,
        or_(ends.is_(None), ends > clock.now()),
    )
    return db.exec(between).all()
