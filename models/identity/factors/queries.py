"""What an account has besides its password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.identity.accounts.policy import may_assist
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.factors.rules import Kind
from models.identity.factors.tables import FactorRecovery, RecoveryCode, SecondFactor
from models.identity.people.policy import may_manage
from models.kernel import clock
from models.kernel.database import DbSession


@dataclass(frozen=True, slots=True)
class Ways:
    """By what a sign-in can be completed."""

    passkeys: Sequence[str]
    """Credential identifiers."""
    totp: bool
    codes: int
    """Recovery codes that were not used."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to sign in without the second factor, for those who certify."""

    account_id: int
    name: str
    email: str
    asked_at: datetime
    certified: bool
    holds_from: datetime | None


def factors_of(db: DbSession, account_id: int) -> list[SecondFactor]:
    """The second factors of an account, oldest first."""
    query = select(SecondFactor).where(SecondFactor.account_id == account_id)
    return list(db.exec(query.order_by(col(SecondFactor.id))).all())


def has_factor(db: DbSession, account_id: int) -> bool:
    """Whether a sign-in asks for more than the password."""
    mine = select(SecondFactor.id).where(SecondFactor.account_id == account_id).limit(1)
    return db.exec(mine).first() is not None


def codes_left(db: DbSession, account_id: int) -> int:
    """How many recovery codes were not used."""
    query = select(func.count()).select_from(RecoveryCode)
    unused = query.where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    return db.exec(unused).one()


def ways_of(db: DbSession, account_id: int) -> Ways:
    """By what a sign-in of that account can be completed."""
    factors = factors_of(db, account_id)
    passkeys = [factor.credential_id for factor in factors if factor.credential_id is not None]
    totp = any(factor.kind == Kind.TOTP for factor in factors)
    return Ways(passkeys, totp, codes_left(db, account_id))


def running_recovery(db: DbSession, account_id: int) -> FactorRecovery | None:
    """The request of that account to sign in without the second factor, while it runs."""
    query = select(FactorRecovery).where(
        FactorRecovery.account_id == account_id,
        col(FactorRecovery.ended_at).is_(None),
        col(FactorRecovery.expires_at) > clock.now(),
    )
    return db.exec(query).first()


def recoveries(db: DbSession, viewer: Viewer) -> list[Asked]:
    """The requests that the viewer may certify: of the company that they answer for, or all, at the desk."""
    query = (
        select(FactorRecovery, Account)
        .join(Account, col(Account.id) == col(FactorRecovery.account_id))
        .where(
            col(FactorRecovery.ended_at).is_(None),
            col(FactorRecovery.expires_at) > clock.now(),
            Account.id != viewer.account_id,
        )
        .order_by(col(FactorRecovery.asked_at))
    )
    if may_assist(viewer) is not None:
        if may_manage(viewer) is not None or viewer.siren is None:
            return []
        query = query.where(Account.siren == viewer.siren)
    return [
        Asked(
            account.key,
            account.name,
            account.email,
            row.asked_at,
            row.certified_at is not None,
            row.holds_from,
        )
        for row, account in db.exec(query).all()
    ]
