"""What a post offers, row by row as the database has it (SES-12)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from models.kernel.database import DbSession
from models.posts.tables import Bay, ControlLength, PostClosure, PostHours, PostTerms


def stamp_of(db: DbSession, post_code: str) -> str:
    """What tells one state of the offer from the next; empty for a post that takes no appointments."""
    return db.exec(select(PostTerms.stamp).where(PostTerms.post_code == post_code)).first() or ""


def terms_at(db: DbSession, post_code: str) -> PostTerms:
    """The terms of a post that takes appointments.

    Raises:
        NoResultFound: for one that takes none.
    """
    return db.exec(select(PostTerms).where(PostTerms.post_code == post_code)).one()


def hours_at(db: DbSession, post_code: str) -> Sequence[PostHours]:
    """The hours of a post, from Monday on, in the order of the clock."""
    hours = select(PostHours).where(PostHours.post_code == post_code)
    order = col(PostHours.weekday), col(PostHours.opens), col(PostHours.id)
    return db.exec(hours.order_by(*order)).all()


def closures_at(db: DbSession, post_code: str, since: datetime | None = None) -> Sequence[PostClosure]:
    """The closures of a post, those alone that end after `since` if it is told, in the order of the clock."""
    closures = select(PostClosure).where(PostClosure.post_code == post_code)
    if since is not None:
        closures = closures.where(col(PostClosure.ends_at) > since)
    return db.exec(closures.order_by(col(PostClosure.starts_at), col(PostClosure.id))).all()


def bays_at(db: DbSession, post_code: str) -> Sequence[Bay]:
    """The bays of a post that were not retired, in its order."""
    bays = select(Bay).where(Bay.post_code == post_code, col(Bay.retired_at).is_(None))
    return db.exec(bays.order_by(col(Bay.position), col(Bay.id))).all()


def lengths_at(db: DbSession, post_code: str) -> Sequence[ControlLength]:
    """How long each control takes at a post."""
    return db.exec(select(ControlLength).where(ControlLength.post_code == post_code)).all()
