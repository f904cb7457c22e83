"""The outbox of letters: one is written in the transaction of the fact that it tells, then taken, sent and settled.

Whoever takes a letter has it to itself for a while (LEASE): its row is put off before it is sent. A relay that
dies while sending leaves it to the next one, so that a letter may leave twice, under the same Message-ID, and
is never lost.
"""

import secrets
from typing import Any

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts import links
from models.accounts.tables import Account
from models.accounts.viewer import Viewer
from models.database import transaction
from models.journal.actions import record
from models.networks import asking
from models.notifications import outbox
from models.notifications.letter_limits import TooManyLetters, check_room
from models.notifications.signals import account_row
from models.notifications.tables import Email, NoticeAccount


async def post_letter(
    db: AsyncSession,
    kind: str,
    *,
    to: str,
    account_id: int | None = None,
    by: Viewer | None = None,
    **details: Any,
) -> None:
    """Have a letter sent, in the caller's transaction: it leaves if, and only if, the rest is kept.

    `kind` is one of models.notifications.letters.LETTERS; `account_id` whose account has that address, if it is
    known; `by` who causes it. `details` must be JSON. A `link` among them names an EmailLink, whose life starts when
    the letter leaves.

    Raises:
        TooManyLetters: when one of its limits is reached (SES-53); the verb then does nothing.
    """
    now = clock.now()
    letter = Email(
        id=secrets.token_urlsafe(16),
        kind=kind,
        to=to,
        account_id=account_id,
        details=details,
        created_at=now,
        due_at=now,
        caused_by=by.account_id if by else None,
        company=by.siren if by else None,
        network=asking(),
    )
    await check_room(db, letter)
    db.add(letter)


async def post_if_room(db: AsyncSession, kind: str, *, to: str, account_id: int) -> None:
    """The same for word of something that must happen all the same: beyond its limits, none is sent."""
    try:
        await post_letter(db, kind, to=to, account_id=account_id)
    except TooManyLetters:
        return


async def take_due(most: int = 1) -> list[Email]:
    """The letters that wait for longest, as this relay's own for LEASE."""
    async with outbox.aside() as db:
        rows = await outbox.take(db, Email, most)
        for row in rows:
            if "link" in row.details:
                await links.start_life(db, row.details["link"])
        return rows


async def settle_sent(email_id: str) -> None:
    """It left: the address can be reached, whatever was thought of it."""
    async with outbox.aside() as db:
        row = await db.get_one(Email, email_id)
        outbox.left(row)
        mine = (
            col(NoticeAccount.account_id) == row.account_id,
            col(NoticeAccount.bounced_address) == row.to,
            col(NoticeAccount.bounced_at).is_not(None),
        )
        if row.account_id is not None:
            await db.execute(update(NoticeAccount).where(*mine).values(bounced_at=None))


async def settle_withheld(email_id: str) -> None:
    """The right to know it was lost since: nothing was sent."""
    async with outbox.aside() as db:
        outbox.withheld(await db.get_one(Email, email_id))


async def settle_failed(
    email_id: str, reason: str, *, for_ever: bool = False, unreachable: bool = False
) -> None:
    """It did not leave: it is tried again later, or set aside, now if that will never change (`for_ever`).

    `unreachable` when the server refused the address itself for good: its holder is told, in the portal.
    """
    async with transaction() if unreachable else outbox.aside() as db:
        row = await db.get_one(Email, email_id)
        outbox.failed(row, reason, for_ever=for_ever)
        if unreachable and row.account_id is not None:
            await _flag(db, row.account_id, row.to)


async def _flag(db: AsyncSession, account_id: int, address: str) -> None:
    account = await db.get_one(Account, account_id)
    known = await account_row(db, account_id)
    if account.email != address or (known.bounced_at is not None and known.bounced_address == address):
        return
    known.bounced_at, known.bounced_address = clock.now(), address
    record(db, "account.email_undeliverable", account_id=account_id)
