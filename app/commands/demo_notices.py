"""What the demonstration's people were told of its past: read, but for the newest."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.alerts.actions import watch
from models.database import read, write
from models.notifications import deriving, outbox
from models.notifications.letters import NOTICES
from models.notifications.signals import touch
from models.notifications.tables import Email, Notice

_UNREAD = 5
"""How many of each person's notices are still to be read."""


async def tell_people(until: datetime) -> None:
    """Derive all notices, as seen from `until`; nobody is written to about what is past."""
    with clock.fixed(until):
        await watch()
        while await read(deriving.pending):
            await deriving.relay()
        await write(_read_the_old)
        await write(_withhold_letters)


async def _read_the_old(db: AsyncSession) -> None:
    unread = select(Notice).where(col(Notice.read_at).is_(None)).order_by(col(Notice.last_seq).desc())
    told: defaultdict[int, list[int]] = defaultdict(list)
    for notice in await db.exec(unread):
        told[notice.account_id].append(notice.id or 0)
    old = [number for mine in told.values() for number in mine[_UNREAD:]]
    await db.execute(update(Notice).where(col(Notice.id).in_(old)).values(read_at=clock.now()))
    await touch(db, told)


async def _withhold_letters(db: AsyncSession) -> None:
    waiting = select(Email).where(col(Email.due_at).is_not(None), Email.kind == NOTICES)
    for letter in await db.exec(waiting):
        outbox.withheld(letter)
        db.add(letter)
