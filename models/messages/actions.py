"""Taking messages in: kept first, then applied; nothing is lost and nothing is applied twice."""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.consignments import actions as consignments
from models.consignments.keys import KeyKind, distinct, normalise
from models.consignments.settling import Source
from models.consignments.tables import Consignment
from models.database import transaction
from models.journal.actions import record
from models.messages.content import Ched, Coarri, Content, CustomsResponse, MessageRefused, Parsed, StepEvent
from models.messages.formats.recognise import read
from models.messages.rules import MessageStatus, media_type, summary
from models.messages.tables import AwaitedSubject, Message, MessageBody, MessageSubject

Key = tuple[KeyKind, str]


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


@dataclass(slots=True)
class _Outcome:
    """What applying a message did: whom it told of, and which references it still waits for."""

    touched: list[Consignment]
    awaited: list[Key]
    new_keys: list[Key]


async def receive(body: bytes, sender: str) -> Receipt:
    """Take one message in, whatever its format (contract: POST /api/v1/messages).

    The same bytes twice have no effect the second time. A message that cannot be read is kept with the
    reason, and the receipt carries the refusal; sent again once we can read it, it is applied. One about
    something unknown waits for it. `sender` is
    `partner:CLIENT` or `operator:HOST`.
    """
    digest = hashlib.sha256(body).hexdigest()
    parsed, refusal = await asyncio.to_thread(_read, body)  # a large one takes seconds
    async with transaction() as db:
        known = (await db.exec(select(Message).where(Message.digest == digest))).first()
        if known is not None and not (known.status == MessageStatus.REFUSED and parsed):
            return await _again(db, known, refusal)
        message = known or _keep(db, body, digest, sender)
        _judge(message, body, parsed, refusal)
        await db.flush()
        touched: list[Consignment] = []
        if parsed is not None:
            touched = await _apply(db, message, parsed.content)
        _journal(db, message)
    references = tuple(sorted({one.reference for one in touched}))
    warnings = parsed.warnings if parsed else ()
    return Receipt(message.id, message.format, False, message.status, references, refusal, warnings)


def _read(body: bytes) -> tuple[Parsed | None, MessageRefused | None]:
    try:
        return read(body), None
    except MessageRefused as refusal:
        return None, refusal


async def _again(db: AsyncSession, known: Message, refusal: MessageRefused | None) -> Receipt:
    subjects = (
        select(Consignment.reference)
        .join(MessageSubject, col(MessageSubject.consignment_id) == col(Consignment.id))
        .where(MessageSubject.message_id == known.id)
    )
    references = tuple(sorted((await db.exec(subjects)).all()))
    return Receipt(known.id, known.format, True, known.status, references, refusal)


def _keep(db: AsyncSession, body: bytes, digest: str, sender: str) -> Message:
    message = Message(
        id=secrets.token_urlsafe(12),
        digest=digest,
        sender=sender,
        received_at=clock.now(),
        size=len(body),
        media_type=media_type("unknown", body),
        format="unknown",
        status=MessageStatus.WAITING,
    )
    db.add(message)
    db.add(MessageBody(message_id=message.id, content=body))
    return message


def _judge(message: Message, body: bytes, parsed: Parsed | None, refusal: MessageRefused | None) -> None:
    """Write on the message what reading it told."""
    if refusal is not None:
        message.status, message.refusal = MessageStatus.REFUSED, refusal.detail
    if parsed is not None:
        message.status, message.refusal = MessageStatus.WAITING, ""
        message.format = parsed.format
        message.media_type = media_type(parsed.format, body)
        message.summary = summary(parsed.content)
        message.issued_at = _issued_at(parsed.content)
        message.warnings = "\n".join(parsed.warnings)


def _journal(db: AsyncSession, message: Message) -> None:
    record(
        db,
        f"message.{message.status}",
        actor=message.sender,
        message=message.id,
        format=message.format,
        digest=message.digest,
    )


def _issued_at(content: Content) -> datetime | None:
    match content:
        case Ched() | CustomsResponse():
            return content.issued_at
        case StepEvent():
            return content.at
        case Coarri():
            return max((move.at for move in content.movements), default=None)


async def _apply(db: AsyncSession, message: Message, content: Content) -> list[Consignment]:
    """Apply a message, then those that waited for the references it brought, and so on."""
    touched: list[Consignment] = []
    queue: list[tuple[Message, Content]] = [(message, content)]
    while queue:
        current, said = queue.pop(0)
        outcome = await _tell(db, current, said)
        await _mark(db, current, outcome)
        touched += outcome.touched
        await db.flush()
        queue += await _waiting_for(db, outcome.new_keys, {one.id for one, _ in queue} | {current.id})
    return touched


async def _tell(db: AsyncSession, message: Message, content: Content) -> _Outcome:
    source = Source(message.sender, message_id=message.id)
    match content:
        case Ched():
            consignment, keys = await consignments.notify(db, content, source)
            return _Outcome([consignment], [], keys)
        case CustomsResponse():
            touched, keys = await consignments.declare(db, content, source)
            return _Outcome(touched, _still_unknown(content, touched), keys)
        case Coarri():
            return await _tell_coarri(db, content, source)
        case StepEvent():
            touched = await consignments.observe(db, content, source)
            awaited = [] if touched else [(KeyKind.CHED, normalise(content.consignment))]
            return _Outcome(touched, awaited, [])


def _still_unknown(response: CustomsResponse, touched: Sequence[Consignment]) -> list[Key]:
    """What may still bring it a consignment: the CHEDs cited that nobody knows yet, and its own numbers.

    The MRN always: a declaration covers several CHEDs, and the next one may be notified later.
    """
    known = {consignment.reference for consignment in touched}
    cited = [(KeyKind.CHED, reference) for reference in response.cited_cheds if reference not in known]
    local = [] if touched else [(KeyKind.LOCAL, response.local_reference)]
    return distinct([*cited, (KeyKind.MRN, response.mrn), *local])


async def _tell_coarri(db: AsyncSession, content: Coarri, source: Source) -> _Outcome:
    outcome = _Outcome([], [], [])
    for movement in content.movements:
        if movement.movement != "discharged":
            continue
        outcome.touched += await consignments.arrive(db, movement, source)
        # Always: a container holds goods of several CHEDs, and the next one may be notified later.
        outcome.awaited.append((KeyKind.CONTAINER, normalise(movement.container)))
    return outcome


async def _mark(db: AsyncSession, message: Message, outcome: _Outcome) -> None:
    applied = bool(outcome.touched) or not outcome.awaited
    if applied:
        message.status = MessageStatus.APPLIED
        message.applied_at = message.applied_at or clock.now()
    db.add(message)
    known = await db.exec(
        select(MessageSubject.consignment_id).where(MessageSubject.message_id == message.id)
    )
    subjects = set(known.all())
    for consignment in {one.id: one for one in outcome.touched if one.id not in subjects}.values():
        db.add(MessageSubject(message_id=message.id, consignment_id=consignment.key))
    await _await(db, message, outcome.awaited)


async def _await(db: AsyncSession, message: Message, awaited: Sequence[Key]) -> None:
    rows = await db.exec(select(AwaitedSubject).where(AwaitedSubject.message_id == message.id))
    still = set(awaited)
    for row in rows:
        if (row.kind, row.value) not in still:
            await db.delete(row)
        still.discard((KeyKind(row.kind), row.value))
    for kind, value in sorted(still):
        db.add(AwaitedSubject(message_id=message.id, kind=kind, value=value))


async def _waiting_for(
    db: AsyncSession, keys: Sequence[Key], queued: set[str]
) -> list[tuple[Message, Content]]:
    """The messages that wait for any of `keys`, oldest first, read again from their kept bytes."""
    if not keys:
        return []
    wanted = set(keys)
    values = [value for _, value in wanted]
    rows = await db.exec(select(AwaitedSubject).where(col(AwaitedSubject.value).in_(values)))
    ids = {row.message_id for row in rows if (row.kind, row.value) in wanted} - queued
    if not ids:
        return []
    found = await db.exec(
        select(Message, MessageBody)
        .join(MessageBody, col(MessageBody.message_id) == col(Message.id))
        .where(col(Message.id).in_(ids))
        .order_by(col(Message.received_at), col(Message.id))
    )
    return [(message, read(body.content).content) for message, body in found]
