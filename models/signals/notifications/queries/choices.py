"""Reading what people chose to be told."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from models.kernel.database import DbSession
from models.signals.notifications.tables import NoticeChoice


def chosen_by(db: DbSession, account_ids: Collection[int]) -> Sequence[NoticeChoice]:
    """What these people chose where it is not the default."""
    return db.exec(select(NoticeChoice).where(col(NoticeChoice.account_id).in_(account_ids))).all()
