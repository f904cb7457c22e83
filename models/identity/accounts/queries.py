"""Accounts, their sessions, and the terms that they accepted: what the database has of them."""

import hashlib
from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account, Session, TermsAcceptance
from models.identity.accounts.viewer import AccountFacts, OpenSession, Viewer
from models.kernel import clock
from models.kernel.database import DbSession


def at_address(db: DbSession, address: str) -> Account | None:
    """The account whose address that is (COM-03); `address` as `rules.same_address` writes it."""
    return db.exec(select(Account).where(Account.email == address)).first()


def password_hash_at(db: DbSession, address: str) -> str | None:
    """The hash of the password of the account at that address; None when there is no such account."""
    return db.exec(select(Account.password_hash).where(Account.email == address)).first()


def operators_at(db: DbSession, addresses: Collection[str]) -> dict[str, Account]:
    """The operators' accounts at these addresses, by address: officers' rights come from their posts."""
    asked = select(Account).where(col(Account.email).in_(addresses), Account.role == Role.OPERATOR)
    return {account.email: account for account in db.exec(asked)}


def account_facts(viewer: Viewer, db: DbSession) -> AccountFacts:
    """What is recorded of the viewer's own account (COM-04)."""
    account = db.get_one(Account, viewer.account_id)
    return AccountFacts(
        email=account.email,
        created_at=account.created_at,
        last_sign_in_at=account.last_sign_in_at,
        locked_until=account.locked_until,
        password_changed_at=account.password_changed_at,
        failed_attempts=account.failed_attempts,
        last_failed_at=account.last_failed_at,
    )


def open_sessions(viewer: Viewer, db: DbSession) -> list[OpenSession]:
    """The viewer's own sessions that run: the one in use first, then the newest."""
    running = _unended(viewer.account_id).where(col(Session.expires_at) > clock.now())
    rows = db.exec(running.order_by(col(Session.created_at).desc())).all()
    sessions = [
        OpenSession(reference_of(row.id), row.device, row.created_at, row.id == viewer.session_id)
        for row in rows
    ]
    return sorted(sessions, key=lambda session: not session.current)


def unended_sessions(db: DbSession, account_id: int) -> Sequence[Session]:
    """The sessions of an account that nobody ended, those that ran out included."""
    return db.exec(_unended(account_id)).all()


def session_ids_of(account_id: int) -> SelectOfScalar[str]:
    """The sessions of an account, ended or not, by id: for the conditions of other statements."""
    return select(Session.id).where(Session.account_id == account_id)


def reference_of(session_id: str) -> str:
    """What a screen calls a session: its id stays on the server and in its own cookie."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:16]


def has_accepted(db: DbSession, account_id: int, version: str) -> bool:
    """Whether the account accepted that version of the terms of use, such as `2026-11` (COM-10)."""
    kept = _acceptances(account_id).where(TermsAcceptance.version == version)
    return db.exec(kept).first() is not None


def accepted_by(viewer: Viewer, db: DbSession) -> list[TermsAcceptance]:
    """What the viewer accepted, newest first (COM-10)."""
    accepted = _acceptances(viewer.account_id).order_by(col(TermsAcceptance.accepted_at).desc())
    return list(db.exec(accepted).all())


def _unended(account_id: int) -> SelectOfScalar[Session]:
    return select(Session).where(Session.account_id == account_id, col(Session.ended_at).is_(None))


def _acceptances(account_id: int) -> SelectOfScalar[TermsAcceptance]:
    return select(TermsAcceptance).where(TermsAcceptance.account_id == account_id)
