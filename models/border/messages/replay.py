"""Taking in again what was kept: as it came once its cause is mended, or from a corrected copy.

Nothing is lost: the bytes that came stay as they came, whatever is taken in instead of them.
"""

import asyncio
from dataclasses import replace

from models.border.messages import queries
from models.border.messages.actions import Receipt, again, look_at, take_in, tell_again
from models.border.messages.policy import may_correct, may_handle
from models.border.messages.rules import UNSETTLED, MessageStatus
from models.border.messages.storage import Arrival, journal
from models.border.messages.tables import Message, MessageBody
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession, read, write
from models.kernel.french import typeset
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp

_UNKNOWN = Refusal("Ce message n’existe pas.")
_NO_BODY = Refusal(
    "Le contenu de ce message n’a pas été gardé\u00a0: demandez à l’expéditeur de le renvoyer."
)
_SAME = Refusal(
    "Cette copie est identique au message refusé\u00a0: corrigez-la d’abord, ou rejouez le message."
)


def stamp_of(message: Message) -> str:
    """What tells what became of it so far from anything else (models/kernel/stamps.py)."""
    return stamp(message.id, message.status, message.refusal)


async def replay(by: Viewer | str, message_id: str, shown: str | None = None) -> Receipt | Refusal:
    """Take a refused or waiting message in again, from the bytes that were kept.

    `by` is the officer who asks, of the message as it was `shown`, or `operator:HOST` for the command. The receipt says `duplicate` when there
    was nothing left to do, and carries the refusal when the message still cannot be read.
    """
    refusal = may_handle(by) if isinstance(by, Viewer) else None
    if refusal is not None:
        return refusal
    body = await read(_bytes_of, message_id, shown)
    if isinstance(body, Refusal):
        return body
    arrival = await asyncio.to_thread(look_at, body)
    return await write(lambda db: _replay(db, message_id, arrival, _actor(by)))


def _bytes_of(db: DbSession, message_id: str, shown: str | None) -> bytes | Refusal:
    message = db.get(Message, message_id)
    if message is None:
        return _UNKNOWN
    against = changed(shown, stamp_of(message))
    if against is not None:
        return against
    body = db.get(MessageBody, message_id)
    return body.content if body is not None else _NO_BODY


def _replay(db: DbSession, message_id: str, arrival: Arrival, actor: str) -> Receipt:
    message = queries.message(db, message_id)
    if message.status not in UNSETTLED:
        return again(db, message, None)
    touched = tell_again(db, message, arrival)
    journal(db, message, actor, "message.replayed", status=message.status)
    references = tuple(sorted({consignment.reference for consignment in touched}))
    warnings = arrival.parsed.warnings if arrival.parsed else ()
    return Receipt(message.id, message.format, False, message.status, references, arrival.refusal, warnings)


async def correct(viewer: Viewer, message_id: str, copy: bytes) -> Receipt | Refusal:
    """Take a corrected copy in instead of a refused message, which is kept and marked as replaced.

    The copy is a message like any other, whose sender is the supervisor. One that cannot be read either is
    not kept: the reason is returned, and the original stays refused.
    """
    message = await read(lambda db: _UNKNOWN if may_handle(viewer) else _to_correct(db, viewer, message_id))
    if isinstance(message, Refusal):
        return message
    arrival = await asyncio.to_thread(look_at, copy)
    if arrival.refusal is not None:
        return Refusal(typeset(f"{arrival.refusal.title} : {arrival.refusal.detail}"))
    if arrival.digest == message.digest:
        return _SAME
    return await write(lambda db: _correct(db, viewer, message_id, arrival))


def _correct(db: DbSession, viewer: Viewer, message_id: str, arrival: Arrival) -> Receipt | Refusal:
    original = _to_correct(db, viewer, message_id)
    if isinstance(original, Refusal):
        return original
    receipt = take_in(db, arrival, _actor(viewer))
    original.status, original.replaced_by = MessageStatus.REPLACED, receipt.message_id
    db.add(original)
    journal(db, original, _actor(viewer), "message.replaced", by=receipt.message_id)
    return replace(receipt, duplicate=False)


async def refused_ids() -> list[str]:
    """Every message that is refused, oldest first: for the command."""
    return await read(queries.refused)


def _to_correct(db: DbSession, viewer: Viewer, message_id: str) -> Message | Refusal:
    message = db.get(Message, message_id)
    if message is None:
        return _UNKNOWN
    return may_correct(viewer, message) or message


def _actor(by: Viewer | str) -> str:
    return f"account:{by.account_id}" if isinstance(by, Viewer) else by
