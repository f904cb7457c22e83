"""Reading how far cursors are, and whose notices changed."""

from collections.abc import Collection

from sqlmodel import col, select

from models.kernel.database import DbSession
from models.signals.notifications.tables import NoticeAccount, NoticeCursor


def position(db: DbSession, name: str) -> int:
    """How far that cursor is; 0 if it never moved."""
    return db.exec(select(NoticeCursor.position).where(NoticeCursor.name == name)).first() or 0


def changed_since(db: DbSession, revision: int) -> tuple[int, set[int]]:
    """The newest number, and the accounts whose notices changed after `revision`."""
    newer = select(NoticeAccount.account_id, NoticeAccount.revision).where(
        col(NoticeAccount.revision) > revision
    )
    rows = db.exec(newer).all()
    return max((number for _, number in rows), default=revision), {account for account, _ in rows}


def accounts_known(db: DbSession, account_ids: Collection[int]) -> dict[int, NoticeAccount]:
    """What is known of how each of these people is told things; without those of whom nothing is."""
    rows = db.exec(select(NoticeAccount).where(col(NoticeAccount.account_id).in_(account_ids)))
    return {row.account_id: row for row in rows}
