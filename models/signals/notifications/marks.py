"""What people do with their notices, and those who run the service with what could not be delivered."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col

from models.identity.accounts.actors import actor_of
from models.identity.accounts.tokens import Audience, read
from models.identity.accounts.viewer import Viewer
from models.identity.letters.tables import Email
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.outbox import actions as outbox
from models.kernel.refusal import Refusal
from models.signals.notifications.choices import choose
from models.signals.notifications.cursors import touch
from models.signals.notifications.kinds import Channel, Mode
from models.signals.notifications.policy import may_supervise
from models.signals.notifications.queries.notices import carrier_of
from models.signals.notifications.tables import Notice, PushMessage

_SIGNED_OUT = Refusal("Votre session est terminée. Reconnectez-vous pour lire vos notifications.")
_GONE = Refusal("Cet envoi n’est plus mis de côté. Rechargez la page.")
_DEAD_LINK = Refusal("Ce lien ne sert plus. Réglez vos notifications depuis le portail.")


async def mark_read(viewer: Viewer | None, ids: Collection[int]) -> Refusal | None:
    """The viewer read these of their notices; those of others, and those already read, are left as they are."""
    if viewer is None:
        return _SIGNED_OUT
    return await write(lambda db: _mark(db, viewer, ids))


async def mark_opened(viewer: Viewer, seq: int) -> None:
    """The viewer followed the link of that journal entry, wherever it stood: its notice is read."""

    def verb(db: DbSession) -> None:
        carrier = carrier_of(db, viewer, seq)
        if carrier is not None:
            _mark(db, viewer, [int(carrier)])

    await write(verb)


async def mark_all_read(viewer: Viewer | None) -> Refusal | None:
    """The viewer has read all of their notices."""
    if viewer is None:
        return _SIGNED_OUT
    return await write(lambda db: _mark(db, viewer, None))


def _mark(db: DbSession, viewer: Viewer, ids: Collection[int] | None) -> None:
    conditions = [col(Notice.account_id) == viewer.account_id, col(Notice.read_at).is_(None)]
    if ids is not None:
        conditions.append(col(Notice.id).in_(ids))
    now_read = update(Notice).where(*conditions).values(read_at=clock.now())
    if db.execute(now_read.returning(col(Notice.id))).first() is not None:
        touch(db, [viewer.account_id])


async def replay(viewer: Viewer | None, outgoing_id: str) -> Refusal | None:
    """Have something that was set aside tried again, from the start; those who run the service only."""
    refusal = may_supervise(viewer)
    if refusal is not None or viewer is None:
        return refusal
    return await write(lambda db: _replay(db, viewer, outgoing_id))


def _replay(db: DbSession, viewer: Viewer, outgoing_id: str) -> Refusal | None:
    letter, push = db.get(Email, outgoing_id), db.get(PushMessage, outgoing_id)
    row = letter if letter is not None else push
    if row is None or row.given_up_at is None:
        return _GONE
    outbox.replayed(row)
    record(db, "notification.replayed", actor=actor_of(viewer.account_id), outgoing=row.id)
    return None


async def unsubscribe(token: str) -> Refusal | None:
    """Write no more of the kinds that a letter told, without signing in (RFC 8058); what must be told stays on."""
    claims = read(Audience.NOTICES, token)
    holder, kinds = (claims or {}).get("sub", ""), (claims or {}).get("kinds", [])
    if not isinstance(holder, str) or not holder.isdecimal() or not isinstance(kinds, list):
        return _DEAD_LINK
    await write(lambda db: choose(db, int(holder), kinds, Channel.EMAIL, Mode.OFF))
    return None
