"""The letters that were written."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from models.identity.letters.tables import Email
from models.kernel.database import DbSession


def written_since(
    db: DbSession, whose: ColumnElement[bool], kinds: Collection[str], since: datetime, most: int
) -> Sequence[datetime]:
    """When the letters of these kinds, of those that `whose` leaves, were written since then: the last `most`, newest first."""
    written = select(Email.created_at).where(whose, col(Email.kind).in_(kinds), col(Email.created_at) > since)
    return db.exec(written.order_by(col(Email.created_at).desc()).limit(most)).all()
