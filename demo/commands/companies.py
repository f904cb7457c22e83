"""The companies of the demonstration: invented, under numbers that pass their check digits."""

from datetime import UTC, datetime

from sqlmodel import col, select
from stdnum import luhn

from models.identity.companies.tables import (
    Company,
    CompanyIdentifier,
    Establishment,
    PartnerMandate,
    RepresentationMandate,
)
from models.identity.people.mandates import begin
from models.journal.record import record
from models.kernel.database import DbSession

A = "912345675"
B = "950120345"
C = "880164207"
T = "987654324"

_MANDATED_SINCE = datetime(2026, 1, 5, 8, tzinfo=UTC)

# SIREN, name, city of each establishment; the first is the head office, which imports
_COMPANIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (A, "Kerdrel Primeurs", ("Le Havre", "Marseille")),
    (B, "Horizon Caudal", ("Le Havre", "Boulogne-sur-Mer")),
    (C, "Nutri Estuaire", ("Montoir-de-Bretagne",)),
    (T, "Transit Bellocq", ("Le Havre", "Roissy-en-France")),
    ("847319001", "Coque & Cie", ("Rouen",)),
    ("812773505", "Caudal Océan", ("Lorient",)),
    ("892641705", "Verger Austral", ("Rungis",)),
    ("793481201", "Maison Tavernel", ("Marseille",)),
    ("831550900", "Racines du Ponant", ("Brest",)),
    ("902776400", "Comptoir Salvignac", ("Bordeaux",)),
    ("853902104", "Les Serres de Loon", ("Dunkerque",)),
    ("918035205", "Épices Marigot", ("Fos-sur-Mer",)),
)

DEMO_SIRENS = tuple(siren for siren, *_ in _COMPANIES)


def siret(siren: str, rank: int) -> str:
    """The SIRET of the establishment number `rank` (from 1) of a company."""
    start = f"{siren}{rank:04}"
    return start + luhn.calc_check_digit(start)


def eori(siren: str) -> str:
    """The EORI number of the head office: `FR` and the SIRET (regulation.md)."""
    return f"FR{siret(siren, 1)}"


def traces_number(siren: str) -> str:
    """The TRACES operator number, shaped as in the samples (`FR95999020L`)."""
    return f"FR{siren[:8]}L"


def ensure_companies(session: DbSession) -> None:
    """Add the companies, establishments, identifiers and mandates that are missing, in the caller's transaction."""
    present = session.exec(select(Company.siren).where(col(Company.siren).in_(DEMO_SIRENS)))
    known = set(present)
    missing = [company for company in _COMPANIES if company[0] not in known]
    session.add_all(Company(siren=siren, name=name) for siren, name, _ in missing)
    session.flush()  # the rows below refer to them
    for siren, name, cities in missing:
        _describe(session, siren, name, cities)
    if not known:
        for represented in (A, B):
            session.add(
                RepresentationMandate(represented=represented, representative=T, starts_at=_MANDATED_SINCE)
            )
            record(session, "mandate.given", siren=represented, representative=T)


def ensure_partner_mandates(session: DbSession, client_id: str) -> None:
    """Let the demonstration's program act for every demonstration company, in the caller's transaction.

    Once: a mandate that a company ended is not given again.
    """
    known = select(PartnerMandate.siren).where(PartnerMandate.client_id == client_id)
    had = set(session.exec(known))
    for siren in DEMO_SIRENS:
        if siren not in had:
            begin(session, siren, client_id)


def _describe(session: DbSession, siren: str, name: str, cities: tuple[str, ...]) -> None:
    for rank, city in enumerate(cities, start=1):
        session.add(Establishment(siret=siret(siren, rank), siren=siren, name=f"{name}, {city}", city=city))
    session.add(CompanyIdentifier(siren=siren, scheme="eori", value=eori(siren)))
    session.add(CompanyIdentifier(siren=siren, scheme="traces", value=traces_number(siren)))
    record(session, "company.added", siren=siren)
