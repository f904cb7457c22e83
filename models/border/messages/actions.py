"""Taking messages in: kept first, then applied; nothing is lost and nothing is applied twice."""

import asyncio
import hashlib
from dataclasses import dataclass

from models.border.consignments.tables import Consignment
from models.border.messages.ahead import read
from models.border.messages.application import apply
from models.border.messages.formats.recognition import oversized
from models.border.messages.queries import of_digest, references_of
from models.border.messages.rules import MessageStatus, codes_in
from models.border.messages.storage import Arrival, journal, judge, keep, message_of
from models.border.messages.tables import Message
from models.border.passage.content import Ched, MessageRefused
from models.kernel.database import DbSession, write
from models.kernel.settings.portal import settings

_SMALL = 20_000
"""Bytes. A CHED of this size is read in a millisecond, as long as a way through another thread; 10 MB take seconds."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message. `consignments` are the references it was applied to."""

    message_id: str
    format: str
    duplicate: bool
    status: str
    consignments: tuple[str, ...]
    refusal: MessageRefused | None = None
    warnings: tuple[str, ...] = ()


async def receive(body: bytes, sender: str) -> Receipt:
    """Take one message in, whatever its format (contract: POST /api/v1/messages).

    The same bytes twice have no effect the second time. A message that cannot be read is kept with the
    reason, and the receipt carries the refusal; sent again once we can read it, it is applied. One about
    something unknown waits for it. `sender` is `partner:CLIENT` or `operator:HOST`.
    """
    small = len(body) <= _SMALL
    arrival = look_at(body) if small else await asyncio.to_thread(look_at, body)
    return await write(lambda db: take_in(db, arrival, sender))


async def refuse_oversized(head: bytes, sender: str, limit: int) -> Receipt:
    """Keep that a message of more than `limit` bytes was sent, without its bytes, of which `head` came."""
    refusal = oversized(limit)
    digest = hashlib.sha256(b"oversized:" + head[:limit]).hexdigest()

    def verb(db: DbSession) -> Receipt:
        known = of_digest(db, digest)
        if known is not None:
            return again(db, known, refusal)
        message = message_of(head, digest, sender)
        db.add(message)
        judge(message, head, None, refusal)
        journal(db, message, sender)
        return Receipt(message.id, message.format, False, message.status, (), refusal)

    return await write(verb)


def look_at(body: bytes) -> Arrival:
    """Read a message; slow when it is large, hence for a thread."""
    digest = hashlib.sha256(body).hexdigest()
    try:
        if len(body) > settings().message_limit:
            raise oversized(settings().message_limit)
        parsed = read(body)
    except MessageRefused as refusal:
        return Arrival(body, digest, None, refusal, codes_in(body))
    named = frozenset[str]() if isinstance(parsed.content, Ched) else codes_in(body)
    return Arrival(body, digest, parsed, None, named)


def take_in(db: DbSession, arrival: Arrival, sender: str) -> Receipt:
    """Keep what arrived and apply it, in the caller's transaction; what is known already changes nothing."""
    parsed, refusal = arrival.parsed, arrival.refusal
    message = of_digest(db, arrival.digest)
    if message is not None:
        if message.status != MessageStatus.REFUSED or parsed is None:
            return again(db, message, refusal)
        touched = tell_again(db, message, arrival)
    else:
        message = keep(db, arrival, sender)
        touched = apply(db, message, parsed.content, new=True) if parsed else []
    journal(db, message, sender)
    references = tuple(sorted({consignment.reference for consignment in touched}))
    warnings = parsed.warnings if parsed else ()
    return Receipt(message.id, message.format, False, message.status, references, refusal, warnings)


def tell_again(db: DbSession, message: Message, arrival: Arrival) -> list[Consignment]:
    """Write on a kept message what reading it anew told, and apply it; the consignments that it told of."""
    judge(message, arrival.body, arrival.parsed, arrival.refusal)
    db.add(message)
    db.flush()
    return apply(db, message, arrival.parsed.content) if arrival.parsed else []


def again(db: DbSession, known: Message, refusal: MessageRefused | None) -> Receipt:
    """The receipt of a message that changes nothing: it was taken in before."""
    return Receipt(known.id, known.format, True, known.status, references_of(db, known.id), refusal)
