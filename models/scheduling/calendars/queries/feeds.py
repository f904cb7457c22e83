"""The addresses under which calendar programs read, as the database has them."""

from collections.abc import Sequence

from sqlmodel import select

from models.kernel.database import DbSession
from models.scheduling.appointments.tables import CalendarFeed


def feeds_of(db: DbSession, account_id: int) -> Sequence[CalendarFeed]:
    """The addresses that were drawn up for an account."""
    return db.exec(select(CalendarFeed).where(CalendarFeed.account_id == account_id)).all()


def feed_of(db: DbSession, account_id: int, post_code: str) -> CalendarFeed | None:
    """That of one post; of the person's own appointments for the code ""."""
    named = CalendarFeed.account_id == account_id, CalendarFeed.post_code == post_code
    return db.exec(select(CalendarFeed).where(*named)).first()


def feed_under(db: DbSession, digest: str) -> CalendarFeed | None:
    """That whose secret has this digest (SHA-256, hexadecimal)."""
    return db.exec(select(CalendarFeed).where(CalendarFeed.digest == digest)).first()
