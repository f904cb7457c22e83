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
from models.identity.factors.tables import Ceremony, FactorRecovery, RecoveryCode, SecondFactor
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


def factors_of(db: DbSession, account_id: int, kind: Kind | None = None) -> list[SecondFactor]:
    """The second factors of an account, those of a kind if one is named, oldest first."""
    query = select(SecondFactor).where(SecondFactor.account_id == account_id)
    if kind is not None:
        query = query.where(SecondFactor.kind == kind)
    return list(db.exec(query.order_by(col(SecondFactor.id))).all())


def factors_since(db: DbSession, account_id: int, since: datetime) -> Sequence[SecondFactor]:
    """The second factors that were added to an account from that moment on."""
    added = col(SecondFactor.created_at) >= since
    return db.exec(select(SecondFactor).where(SecondFactor.account_id == account_id, added)).all()


def passkey_of(db: DbSession, account_id: int, credential_id: str) -> SecondFactor | None:
    """The passkey of an account that bears that identifier (base64url)."""
    named = SecondFactor.account_id == account_id, SecondFactor.credential_id == credential_id
    return db.exec(select(SecondFactor).where(*named)).first()


def is_passkey_known(db: DbSession, credential_id: str) -> bool:
    """Whether any account has the passkey of that identifier (base64url)."""
    same = select(SecondFactor.id).where(SecondFactor.credential_id == credential_id)
    return db.exec(same).first() is not None


def has_factor(db: DbSession, account_id: int) -> bool:
    """Whether a sign-in asks for more than the password."""
    own = select(SecondFactor.id).where(SecondFactor.account_id == account_id).limit(1)
    return db.exec(own).first() is not None


def codes_left(db: DbSession, account_id: int) -> int:
    """How many recovery codes were not used."""
    query = select(func.count()).select_from(RecoveryCode)
    unused = query.where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    return db.exec(unused).one()


def unused_code(db: DbSession, account_id: int, digest: str) -> RecoveryCode | None:
    """The recovery code of an account with that digest, as long as it was not used."""
    unused = select(RecoveryCode).where(
        RecoveryCode.account_id == account_id,
        RecoveryCode.digest == digest,
        col(RecoveryCode.used_at).is_(None),
    )
    return db.exec(unused).first()


def failures_since(db: DbSession, account_id: int, since: datetime) -> int:
    """How many wrong answers were given to the proofs that an account was asked from that moment on."""
    failures = select(func.coalesce(func.sum(Ceremony.failures), 0))
    asked = Ceremony.account_id == account_id, col(Ceremony.started_at) > since
    return int(db.exec(failures.where(*asked)).one())


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


def unended_recoveries(
    db: DbSession, *, account_id: int | None = None, certified_by: int | None = None
) -> Sequence[FactorRecovery]:
    """The requests of that account, or those that this one certified, to which nothing put an end, late ones included."""
    whose = (
        col(FactorRecovery.account_id) == account_id
        if account_id is not None
        else col(FactorRecovery.certified_by) == certified_by
    )
    return db.exec(select(FactorRecovery).where(whose, col(FactorRecovery.ended_at).is_(None))).all()


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
