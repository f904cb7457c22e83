"""What a co-owner may read of the people it deals with."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select

from models.identity.accounts.rules import Role, is_address, same_address
from models.identity.accounts.tables import Account
from models.identity.habilitations.grants import Entitlement
from models.identity.habilitations.tables import Habilitation
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's account, and what they hold from the co-owners asked about."""

    email: str
    siren: str | None
    habilitations: tuple[Entitlement, ...]


def holder_of(db: DbSession, email: str, co_owners: Collection[CoOwner]) -> Holder | None:
    """The operator whose checked address this is, with what those co-owners gave; None when nobody's."""
    address = same_address(email)
    if not is_address(address):
        return None
    asked = select(Account).where(
        Account.email == address,
        Account.role == Role.OPERATOR,
        col(Account.email_verified_at).is_not(None),
    )
    account = db.exec(asked).first()
    if account is None:
        return None
    held = select(Habilitation).where(
        Habilitation.account_id == account.id,
        col(Habilitation.co_owner).in_(co_owners),
        col(Habilitation.withdrawn_at).is_(None),
    )
    return Holder(
        account.email,
        account.siren,
        tuple(
            Entitlement(
                CoOwner(habilitation.co_owner),
                habilitation.service,
                habilitation.right,
                habilitation.siren,
                habilitation.siret,
            )
            for habilitation in db.exec(held.order_by(col(Habilitation.id)))
        ),
    )
