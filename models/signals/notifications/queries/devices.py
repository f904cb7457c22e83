"""Reading which browsers receive web push."""

from sqlmodel import col, func, select

from models.kernel.database import DbSession
from models.signals.notifications.tables import PushSubscription


def device_at(db: DbSession, endpoint: str) -> PushSubscription | None:
    """The browser of that endpoint, whoever's it is."""
    return db.exec(select(PushSubscription).where(PushSubscription.endpoint == endpoint)).first()


def device_of(db: DbSession, account_id: int, endpoint: str, number: int) -> PushSubscription | None:
    """A browser of that account, by its endpoint, else by its number; None when it is not theirs."""
    named = PushSubscription.endpoint == endpoint if endpoint else PushSubscription.id == number
    own = select(PushSubscription).where(PushSubscription.account_id == account_id, named)
    return db.exec(own).first()


def devices_of(db: DbSession, account_id: int) -> list[PushSubscription]:
    """The browsers of that account, the oldest first."""
    own = select(PushSubscription).where(PushSubscription.account_id == account_id)
    return list(db.exec(own.order_by(col(PushSubscription.id))).all())


def count_devices(db: DbSession, account_id: int) -> int:
    """How many browsers that account has."""
    number = select(func.count()).select_from(PushSubscription)
    return db.exec(number.where(PushSubscription.account_id == account_id)).one()
