"""What a person may read of their own links and habilitations (PPR-08)."""

from dataclasses import dataclass

from sqlmodel import col, select

from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company, Establishment
from models.identity.habilitations.tables import CoOwnerLink, Habilitation
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession


@dataclass(frozen=True, slots=True)
class HeldSomewhere:
    """One habilitation, with the names of what it is for."""

    co_owner: str
    service: str
    right: str
    siren: str
    company: str
    siret: str
    """Empty for the whole company."""
    establishment: str


def own_links(db: DbSession, viewer: Viewer) -> dict[str, CoOwnerLink]:
    """The viewer's links, by co-owner."""
    query = select(CoOwnerLink).where(CoOwnerLink.account_id == viewer.account_id)
    return {row.co_owner: row for row in db.exec(query)}


def own_link(db: DbSession, viewer: Viewer, co_owner: CoOwner) -> CoOwnerLink | None:
    """The viewer's link with that co-owner."""
    return own_links(db, viewer).get(co_owner)


def own_habilitations(db: DbSession, viewer: Viewer) -> list[HeldSomewhere]:
    """All that the viewer holds, on every company, grouped by co-owner then SIREN (PPR-05, PPR-08)."""
    held = (
        select(Habilitation, Company.name, Establishment.name)
        .join(Company, col(Company.siren) == Habilitation.siren)
        .join(Establishment, col(Establishment.siret) == Habilitation.siret, isouter=True)
        .where(Habilitation.account_id == viewer.account_id, col(Habilitation.withdrawn_at).is_(None))
        .order_by(
            col(Habilitation.co_owner),
            col(Habilitation.siren),
            col(Habilitation.service),
            col(Habilitation.right),
            col(Habilitation.siret),
        )
    )
    return [
        HeldSomewhere(row.co_owner, row.service, row.right, row.siren, company, row.siret or "", place or "")
        for row, company, place in db.exec(held).all()
    ]
