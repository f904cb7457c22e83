"""The outbox of letters: one is written in the transaction of the fact that it tells, then taken, sent and settled.

Whoever takes a letter has it to itself for a while (LEASE): its row is put off before it is sent. A relay that
dies while sending leaves it to the next one, so that a letter may leave twice, under the same Message-ID, and
is never lost.
"""

import secrets
from typing import Any, Protocol

from models.identity.accounts import links
from models.identity.accounts.viewer import Viewer
from models.identity.letters.limits import TooManyLetters, check_room
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.database import DbSession, write, write_aside
from models.kernel.networks import asking
from models.kernel.outbox import actions as outbox


def post_letter(
    db: DbSession,
    kind: str,
    *,
    to: str,
    account_id: int | None = None,
    by: Viewer | None = None,
    **details: Any,
) -> None:
    """Have a letter sent, in the caller's transaction: it leaves if, and only if, the rest is kept.

    `kind` is one of models.identity.letters.kinds.LETTERS; `account_id` whose account has that address, if it is
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
    check_room(db, letter)
    db.add(letter)


def post_if_room(db: DbSession, kind: str, *, to: str, account_id: int) -> None:
    """The same for word of something that must happen all the same: beyond its limits, none is sent."""
    try:
        post_letter(db, kind, to=to, account_id=account_id)
    except TooManyLetters:
        return


async def take_due(most: int = 1) -> list[Email]:
    """The letters that wait for longest, as this relay's own for LEASE."""

    def verb(db: DbSession) -> list[Email]:
        rows = outbox.take(db, Email, most)
        for row in rows:
            if "link" in row.details:
                links.start_life(db, row.details["link"])
        return rows

    return await write_aside(verb)


async def settle_sent(email_id: str) -> None:
    """It left: the address can be reached, whatever was thought of it."""

    def verb(db: DbSession) -> None:
        row = db.get_one(Email, email_id)
        outbox.left(row)
        _tell_listeners(db, row, reached=True)

    await write_aside(verb)


async def settle_withheld(email_id: str) -> None:
    """The right to know it was lost since: nothing was sent."""

    def verb(db: DbSession) -> None:
        outbox.withheld(db.get_one(Email, email_id))

    await write_aside(verb)


async def settle_failed(
    email_id: str, reason: str, *, for_ever: bool = False, unreachable: bool = False
) -> None:
    """It did not leave: it is tried again later, or set aside, now if that will never change (`for_ever`).

    `unreachable` when the server refused the address itself for good: its holder is told, in the portal.
    """

    def verb(db: DbSession) -> None:
        row = db.get_one(Email, email_id)
        outbox.failed(row, reason, for_ever=for_ever)
        if unreachable:
            _tell_listeners(db, row, reached=False)

    await (write(verb) if unreachable else write_aside(verb))


class Listener(Protocol):
    """Whoever must know whether the mail server of somebody's address takes letters for it."""

    def __call__(self, db: DbSession, account_id: int, address: str, *, reached: bool) -> None:
        """A letter to that address was taken, or refused for good; in the transaction that says so."""


_listeners: list[Listener] = []


def on_reach(listener: Listener) -> Listener:
    """Have `listener` called when a letter about an account was taken, or its address refused for good."""
    _listeners.append(listener)
    return listener


def _tell_listeners(db: DbSession, row: Email, *, reached: bool) -> None:
    if row.account_id is None:
        return
    for listener in _listeners:
        listener(db, row.account_id, row.to, reached=reached)
