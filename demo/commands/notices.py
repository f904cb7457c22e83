"""What the demonstration's people were told: read, but for the newest."""

from collections import defaultdict
from datetime import datetime
from functools import partial

from sqlmodel import col, select, update

from demo.commands.accounts import DEMO_EMAILS
from models.identity.accounts.tables import Account
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.outbox import actions as outbox
from models.signals.alerts.actions import watch
from models.signals.notifications import derivation
from models.signals.notifications.cursors import touch
from models.signals.notifications.letters import NOTICES
from models.signals.notifications.tables import Notice

_UNREAD_AT_FIRST, _UNREAD = 5, 25
"""How many of each person's notices are still to be read: at the first start, and at most while traffic goes on."""


async def tell_people(until: datetime) -> None:
    """Derive all notices, as seen from `until`; nobody is written to about what is past."""
    with clock.past(until):
        await watch()
        while await read(derivation.pending):
            await derivation.relay()
        await write(partial(_read_the_old, but=_UNREAD_AT_FIRST))
        await write(_withhold_letters)


async def read_elsewhere() -> None:
    """Have what is not so new read, as by people who look at their phones: nobody comes back to hundreds."""
    await write(partial(_read_the_old, but=_UNREAD))


def _read_the_old(db: DbSession, but: int) -> None:
    demos = select(Account.id).where(col(Account.email).in_(DEMO_EMAILS))
    unread = select(Notice.id, Notice.account_id).where(
        col(Notice.read_at).is_(None), col(Notice.account_id).in_(demos)
    )
    notices_of: defaultdict[int, list[int | None]] = defaultdict(list)
    for number, account in db.exec(unread.order_by(col(Notice.last_seq).desc())):
        notices_of[account].append(number)
    old = {account: numbers[but:] for account, numbers in notices_of.items() if len(numbers) > but}
    these = [number for numbers in old.values() for number in numbers]
    db.execute(update(Notice).where(col(Notice.id).in_(these)).values(read_at=clock.now()))
    touch(db, old)


def _withhold_letters(db: DbSession) -> None:
    waiting = select(Email).where(col(Email.due_at).is_not(None), Email.kind == NOTICES)
    for letter in db.exec(waiting):
        outbox.withheld(letter)
        db.add(letter)
