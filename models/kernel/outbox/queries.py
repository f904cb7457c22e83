"""What waits to leave, whatever it is (docs/decisions/0016, 0018)."""

from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select

from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.outbox.tables import Outgoing

Row = TypeVar("Row", bound=Outgoing)


def free_and_due(db: DbSession, table: type[Row], now: datetime, most: int) -> list[Row]:
    """At most `most` of those to be tried now, the longest due first, held until the caller's transaction ends.

    On PostgreSQL those that another transaction holds are left out (SKIP LOCKED).
    """
    due = select(table).where(col(table.due_at) <= now).order_by(col(table.due_at), col(table.id))
    return list(db.exec(due.limit(most).with_for_update(skip_locked=True)).all())


def any_due(db: DbSession, table: type[Row]) -> bool:
    """Whether something is to be tried now: one look at an index, so that idle relays write nothing."""
    due = select(table.id).where(col(table.due_at) <= clock.now()).limit(1)
    return db.exec(due).first() is not None
