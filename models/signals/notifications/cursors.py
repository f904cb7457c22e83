"""How open screens learn that somebody's notices changed: read here, told there, in step on every device.

Marking as read is no fact of the journal. Each change of a person's notices gives them the next number, in its
own transaction; the bus wakes whoever listens, who asks what has a number above the last one seen. As everywhere,
a word lost costs a fraction of a second, never a change (docs/decisions/0005, 0018).
"""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col

from models.kernel.database import DbSession
from models.signals.notifications.queries.cursors import position
from models.signals.notifications.tables import NoticeAccount, NoticeCursor

JOURNAL, PEOPLE, REVISION = "journal", "people", "revision"


def touch(db: DbSession, account_ids: Collection[int]) -> None:
    """Say that the notices of these people changed, in the caller's transaction (one that is a writer's)."""
    if not account_ids:
        return
    number = _next_revision(db)
    changed = update(NoticeAccount).where(col(NoticeAccount.account_id).in_(account_ids))
    rows = db.execute(changed.values(revision=number).returning(col(NoticeAccount.account_id)))
    known = set(rows.scalars())
    db.add_all(
        NoticeAccount(account_id=account_id, revision=number) for account_id in set(account_ids) - known
    )
    db.flush()


def _next_revision(db: DbSession) -> int:
    following = update(NoticeCursor).where(col(NoticeCursor.name) == REVISION)
    moved = db.execute(
        following.values(position=NoticeCursor.position + 1).returning(col(NoticeCursor.position))
    ).first()
    if moved is None:
        move(db, REVISION, 1)
    return int(moved[0]) if moved is not None else 1


def last_revision(db: DbSession) -> int:
    """The newest number: where a listener starts, before its screens read."""
    return position(db, REVISION)


def account_row(db: DbSession, account_id: int) -> NoticeAccount:
    """What is known of how that person is told things; a new row if nothing was yet."""
    notice_account = db.get(NoticeAccount, account_id)
    if notice_account is None:
        notice_account = NoticeAccount(account_id=account_id)
        db.add(notice_account)
    return notice_account


def move(db: DbSession, name: str, to: int) -> None:
    """Put that cursor there."""
    statement = update(NoticeCursor).where(col(NoticeCursor.name) == name).values(position=to)
    moved = db.execute(statement.returning(col(NoticeCursor.name)))
    if moved.first() is None:
        db.add(NoticeCursor(name=name, position=to))
        db.flush()
