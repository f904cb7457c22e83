"""Links and habilitations: those of one person, for themself and for a co-owner that they deal with (PPR-08)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from models.identity.accounts.queries import operators_at
from models.identity.accounts.rules import is_address, same_address
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company, Establishment
from models.identity.habilitations.rules import Entitlement
from models.identity.habilitations.tables import CoOwnerLink, Habilitation, HabilitationEvent, Posting
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's account, and what they hold from the co-owners asked about."""

    email: str
    siren: str | None
    habilitations: tuple[Entitlement, ...]


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
    links = select(CoOwnerLink).where(CoOwnerLink.account_id == viewer.account_id)
    return {row.co_owner: row for row in db.exec(links)}


def own_link(db: DbSession, viewer: Viewer, co_owner: CoOwner) -> CoOwnerLink | None:
    """The viewer's link with that co-owner (PPR-04)."""
    return link_of(db, viewer.account_id, co_owner)


def link_of(db: DbSession, account_id: int, co_owner: CoOwner) -> CoOwnerLink | None:
    """The link of an account with that co-owner: one at most (PPR-04)."""
    named = CoOwnerLink.account_id == account_id, CoOwnerLink.co_owner == co_owner
    return db.exec(select(CoOwnerLink).where(*named)).first()


def is_linked(db: DbSession, co_owner: CoOwner, subject: str) -> bool:
    """Whether the account `subject` at that co-owner is linked with an account here (PPR-04)."""
    links = select(CoOwnerLink.account_id).where(
        CoOwnerLink.co_owner == co_owner, CoOwnerLink.subject == subject
    )
    return db.exec(links).first() is not None


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


def held(db: DbSession, account_id: int, *where: ColumnElement[bool]) -> Sequence[Habilitation]:
    """The habilitations of an account that nobody withdrew, of those that `where` leaves, in the order of their gift."""
    habilitations = select(Habilitation).where(
        Habilitation.account_id == account_id, col(Habilitation.withdrawn_at).is_(None), *where
    )
    return db.exec(habilitations.order_by(col(Habilitation.id))).all()


def held_as(
    db: DbSession, account_id: int, right: Entitlement, *where: ColumnElement[bool]
) -> Sequence[Habilitation]:
    """Those by which an account holds that right from that co-owner for that SIREN, whatever the establishment."""
    return held(
        db,
        account_id,
        col(Habilitation.co_owner) == right.co_owner,
        col(Habilitation.service) == right.service,
        col(Habilitation.right) == right.right,
        col(Habilitation.siren) == right.siren,
        *where,
    )


def holder_of(db: DbSession, email: str, co_owners: Collection[CoOwner]) -> Holder | None:
    """The operator whose checked address this is, with what those co-owners gave; None when nobody's."""
    address = same_address(email)
    account = operators_at(db, [address]).get(address) if is_address(address) else None
    if account is None or account.email_verified_at is None:
        return None
    grants = held(db, account.key, col(Habilitation.co_owner).in_(co_owners))
    return Holder(account.email, account.siren, tuple(_entitlement(habilitation) for habilitation in grants))


def _entitlement(row: Habilitation) -> Entitlement:
    return Entitlement(CoOwner(row.co_owner), row.service, row.right, row.siren, row.siret)


def events_seen(db: DbSession, keys: Collection[str]) -> set[str]:
    """Those of these events of co-owners that were applied before, by key (PPR-09)."""
    return set(db.exec(select(HabilitationEvent.id).where(col(HabilitationEvent.id).in_(keys))))


def postings(db: DbSession, account_id: int, post_code: str) -> Sequence[Posting]:
    """An officer's postings at that post that run, or will (SES-05)."""
    running = select(Posting).where(
        Posting.account_id == account_id,
        Posting.post_code == post_code,
        or_(col(Posting.ends_at).is_(None), col(Posting.ends_at) > clock.now()),
    )
    return db.exec(running).all()
