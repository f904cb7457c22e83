"""The outbox: a letter is written in the transaction of the fact that it tells, then taken, sent and settled.

Whoever takes a letter has it to itself for a while (LEASE): its row is put off before it is sent. A relay that
dies while sending leaves it to the next one, so that a letter may leave twice, under the same Message-ID, and
is never lost.
"""

import secrets
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts import links
from models.database import transaction
from models.notifications.rules import LEASE, wait_after, without_addresses
from models.notifications.tables import Email


def post_letter(
    db: AsyncSession, kind: str, *, to: str, account_id: int | None = None, **details: Any
) -> None:
    """Have a letter sent, in the caller's transaction: it leaves if, and only if, the rest is kept.

    `kind` is one of models.notifications.letters.LETTERS; `details` must be JSON. A `link` among them names an
    EmailLink, whose life starts when the letter leaves.
    """
    now = clock.now()
    db.add(
        Email(
            id=secrets.token_urlsafe(16),
            kind=kind,
            to=to,
            account_id=account_id,
            details=details,
            created_at=now,
            due_at=now,
        )
    )


async def take_due() -> Email | None:
    """The letter that waits for longest, as this relay's own for LEASE; None when none is due."""
    async with transaction() as db:
        now = clock.now()
        due = select(Email).where(col(Email.due_at) <= now).order_by(col(Email.due_at), col(Email.id))
        row = (await db.exec(due.limit(1))).first()
        if row is None:
            return None
        row.due_at = now + LEASE
        row.attempts += 1
        if "link" in row.details:
            await links.start_life(db, row.details["link"])
        return row


async def settle_sent(email_id: str) -> None:
    """It left."""
    async with transaction() as db:
        row = await db.get_one(Email, email_id)
        row.sent_at, row.due_at, row.problem = clock.now(), None, ""


async def settle_failed(email_id: str, reason: str, *, for_ever: bool = False) -> None:
    """It did not leave: it is tried again later, or given up, now if that will never change (`for_ever`)."""
    async with transaction() as db:
        row = await db.get_one(Email, email_id)
        wait = None if for_ever else wait_after(row.attempts)
        row.problem = without_addresses(reason)
        row.due_at = clock.now() + wait if wait else None
        row.given_up_at = None if wait else clock.now()
