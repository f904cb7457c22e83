"""The verbs on companies: who may act for whom, one transaction and one journal entry each (SES-04)."""

from datetime import datetime

from models.identity.companies.queries import running_mandates
from models.identity.companies.rules import unnamed
from models.identity.companies.tables import Company, RepresentationMandate
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.database import DbSession, write


class UnknownCompany(LookupError):
    """A mandate names a company that is not known here."""


def ensure_company(db: DbSession, siren: str, actor: str = SYSTEM) -> None:
    """Have that company known, under its number until somebody names it; in the caller's transaction."""
    if db.get(Company, siren) is None:
        db.add(Company(siren=siren, name=unnamed(siren)))
        record(db, "company.added", actor=actor, siren=siren)
        db.flush()  # without a relationship(), SQLAlchemy does not know that it comes first


async def give_mandate(
    represented: str, representative: str, ends_at: datetime | None = None, actor: str = SYSTEM
) -> bool:
    """`represented` lets `representative` act and see for it, from now until `ends_at` (SES-04).

    False, and nothing changes, when such a mandate runs already.

    Raises:
        UnknownCompany: when either is not known.
        ValueError: when a company would mandate itself.
    """
    if represented == representative:
        raise ValueError("a company does not mandate itself")

    def verb(db: DbSession) -> bool:
        for siren in (represented, representative):
            if db.get(Company, siren) is None:
                raise UnknownCompany(siren)
        if running_mandates(db, represented, representative):
            return False
        db.add(
            RepresentationMandate(
                represented=represented,
                representative=representative,
                starts_at=clock.now(),
                ends_at=ends_at,
            )
        )
        record(db, "mandate.given", actor=actor, siren=represented, representative=representative)
        return True

    return await write(verb)


async def end_mandate(represented: str, representative: str, actor: str = SYSTEM) -> int:
    """`representative` no longer sees what is `represented`'s, from now on (SES-04); how many it ended."""

    def verb(db: DbSession) -> int:
        rows = running_mandates(db, represented, representative)
        for row in rows:
            row.ends_at = clock.now()
        if rows:
            record(db, "mandate.ended", actor=actor, siren=represented, representative=representative)
        return len(rows)

    return await write(verb)
