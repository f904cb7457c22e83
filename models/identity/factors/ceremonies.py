"""Proofs that are asked: begun, answered once, ended after too many wrong answers or too long."""

import secrets
from datetime import timedelta

from sqlmodel import col, delete

from models.identity.accounts.rules import RefusalKind, Refused
from models.identity.factors.queries import failures_since
from models.identity.factors.rules import TRIES, TRIES_IN_AN_HOUR, Purpose
from models.identity.factors.tables import Ceremony
from models.kernel import clock
from models.kernel.database import DbSession

_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)
STALE = Refused(
    RefusalKind.STALE,
    "Cette étape n’est plus valable",
    "Elle a duré plus de cinq minutes, ou a déjà servi. Recommencez avec votre mot de passe.",
)
SPENT = Refused(
    RefusalKind.SPENT,
    "Trop de réponses erronées",
    "Le second facteur n’a pas été reconnu plusieurs fois. Réessayez dans une heure, ou écrivez à l’assistance.",
)


def begin(
    db: DbSession, purpose: Purpose, account_id: int, life: timedelta, session_id: str | None = None
) -> Ceremony:
    """Ask for a proof, in the caller's transaction. Those of days ago are forgotten."""
    now = clock.now()
    db.exec(delete(Ceremony).where(col(Ceremony.started_at) < now - _KEPT))
    ceremony = Ceremony(
        id=secrets.token_urlsafe(32),
        purpose=purpose,
        account_id=account_id,
        session_id=session_id,
        challenge=secrets.token_urlsafe(32),
        started_at=now,
        expires_at=now + life,
    )
    db.add(ceremony)
    return ceremony


def opened(db: DbSession, ceremony_id: str | None, *purposes: Purpose) -> Ceremony | None:
    """The ceremony of that id, while it waits for its answer; None for any other."""
    row = db.get(Ceremony, ceremony_id) if ceremony_id else None
    if row is None or row.purpose not in purposes or row.ended_at is not None:
        return None
    return row if row.expires_at > clock.now() else None


def answered(row: Ceremony) -> None:
    """It was answered, and is never again."""
    row.ended_at = clock.now()


def missed(row: Ceremony) -> bool:
    """A wrong answer; whether it was the last one that is taken."""
    row.failures += 1
    if row.failures >= TRIES:
        row.ended_at = clock.now()
    return row.ended_at is not None


def is_spent(db: DbSession, account_id: int) -> bool:
    """Whether so many wrong answers were given for the account that no more are taken for a while."""
    return failures_since(db, account_id, clock.now() - _HOUR) >= TRIES_IN_AN_HOUR
