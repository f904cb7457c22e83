"""Consignments without company, and those that were tied by hand, at the viewer's posts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from models.border.consignments.cheds import OWNERS
from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment, ConsignmentParty
from models.border.matching.policy import may_match
from models.border.matching.rules import LEARNT
from models.border.matching.tables import CompanyTie
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company, CompanyIdentifier
from models.kernel.database import DbSession
from models.posts.tables import Post

MOST = 50
"""Shown at once; the rest is counted."""
RECENT = 10


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A consignment that waits for its company, and the parties among which to look for it."""

    consignment: Consignment
    post_name: str
    parties: tuple[ConsignmentParty, ...]


@dataclass(frozen=True, slots=True)
class TiedByHand:
    """A tie that is in force."""

    tie: CompanyTie
    consignment: Consignment
    company: str


def unmatched(db: DbSession, viewer: Viewer) -> list[Unmatched]:
    """The consignments of the viewer's posts that have no company, the oldest first; MOST at most."""
    if may_match(viewer) is not None:
        return []
    rows = (
        select(Consignment, Post.name)
        .join(Post, col(Post.code) == col(Consignment.post_code))
        .where(visible(viewer), col(Consignment.siren).is_(None))
        .order_by(col(Consignment.opened_at), col(Consignment.id))
        .limit(MOST)
    )
    ties = db.exec(rows).all()
    parties = _parties(db, [consignment.key for consignment, _ in ties])
    return [Unmatched(consignment, name, tuple(parties[consignment.key])) for consignment, name in ties]


def count_unmatched(db: DbSession, viewer: Viewer) -> int:
    """How many consignments of the viewer's posts have no company."""
    if may_match(viewer) is not None:
        return 0
    counted = select(func.count()).where(visible(viewer), col(Consignment.siren).is_(None))
    return db.exec(counted).one()


def tied_by_hand(db: DbSession, viewer: Viewer) -> Sequence[TiedByHand]:
    """The ties of the viewer's posts that can still be undone, the newest first; RECENT at most."""
    if may_match(viewer) is not None:
        return []
    rows = (
        select(CompanyTie, Consignment, Company.name)
        .join(Consignment, col(Consignment.id) == col(CompanyTie.consignment_id))
        .join(Company, col(Company.siren) == col(CompanyTie.siren))
        .where(
            visible(viewer),
            col(CompanyTie.undone_at).is_(None),
            col(Consignment.closed_at).is_(None),
            col(Consignment.siren) == col(CompanyTie.siren),
        )
        .order_by(col(CompanyTie.id).desc())
        .limit(RECENT)
    )
    return [TiedByHand(*row) for row in db.exec(rows).all()]


def parties_of(db: DbSession, consignment: Consignment) -> list[ConsignmentParty]:
    """The parties that the CHED names, in its order."""
    return _parties(db, [consignment.key])[consignment.key]


def bearing(db: DbSession, identifier: str, siren: str | None) -> list[Consignment]:
    """The consignments of `siren` (None: of nobody) whose importer, consignee or destination bears it."""
    plain = func.upper(func.replace(col(ConsignmentParty.identifier), " ", ""))
    named = select(ConsignmentParty.consignment_id).where(
        col(ConsignmentParty.role).in_(OWNERS), plain == identifier
    )
    owned = col(Consignment.siren).is_(None) if siren is None else col(Consignment.siren) == siren
    rows = select(Consignment).where(owned, col(Consignment.id).in_(named))
    return list(db.exec(rows.order_by(col(Consignment.id))).all())


def tie_in_force(db: DbSession, consignment: Consignment) -> CompanyTie | None:
    """The tie by which the consignment is its company's, the last one; None when none was made or all were undone."""
    query = select(CompanyTie).where(
        CompanyTie.consignment_id == consignment.id,
        CompanyTie.siren == consignment.siren,
        col(CompanyTie.undone_at).is_(None),
    )
    return db.exec(query.order_by(col(CompanyTie.id).desc())).first()


def learnt_by(db: DbSession, tied: CompanyTie) -> Sequence[CompanyIdentifier]:
    """The identifiers of the company that this tie, or another of the same identifier, taught us."""
    learnt = select(CompanyIdentifier).where(
        CompanyIdentifier.scheme == LEARNT,
        CompanyIdentifier.value == tied.identifier,
        CompanyIdentifier.siren == tied.siren,
    )
    return db.exec(learnt).all()


def company_name(db: DbSession, siren: str) -> str | None:
    """The name of a company that we know; None for one that we do not."""
    company = db.get(Company, siren)
    return company.name if company else None


def _parties(db: DbSession, ids: Sequence[int]) -> defaultdict[int, list[ConsignmentParty]]:
    consignment_partieses: defaultdict[int, list[ConsignmentParty]] = defaultdict(list)
    if ids:
        rows = select(ConsignmentParty).where(col(ConsignmentParty.consignment_id).in_(ids))
        for party in db.exec(rows.order_by(col(ConsignmentParty.id))):
            consignment_partieses[party.consignment_id].append(party)
    return consignment_partieses
