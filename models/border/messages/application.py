"""A message that was read, told to whom it concerns; then those that waited for what it brought."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col

from models.border.consignments import actions as consignments
from models.border.consignments.settlement import Source
from models.border.consignments.tables import Consignment
from models.border.messages import queries
from models.border.messages.ahead import read
from models.border.messages.rules import MessageStatus
from models.border.messages.storage import journal, judge
from models.border.messages.tables import AwaitedSubject, Message, MessageSubject
from models.border.passage.content import Ched, Coarri, Content, CustomsResponse, MessageRefused, StepEvent
from models.border.passage.keys import KeyKind, distinct, normalise
from models.journal.record import SYSTEM
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import insert_rows

Key = tuple[KeyKind, str]


@dataclass(slots=True)
class _Outcome:
    """What applying a message did: whom it told of, and which references it still waits for."""

    touched: list[Consignment]
    awaited: list[Key]
    new_keys: list[Key]


def apply(db: DbSession, message: Message, content: Content, *, new: bool = False) -> list[Consignment]:
    """Apply a message, then those that waited for the references it brought, and so on.

    `new` when nothing was written of the message before this transaction.
    """
    touched: list[Consignment] = []
    queue: list[tuple[Message, Content]] = [(message, content)]
    while queue:
        current, passage_said = queue.pop(0)
        outcome = _tell(db, current, passage_said)
        _mark(db, current, outcome, new=new and current is message)
        touched += outcome.touched
        queue += _waiting_for(db, outcome.new_keys, {message.id for message, _ in queue} | {current.id})
    return touched


def _tell(db: DbSession, message: Message, content: Content) -> _Outcome:
    source = Source(
        message.sender, message_id=message.id, digest=message.digest, received_at=message.received_at
    )
    match content:
        case Ched():
            consignment, keys = consignments.notify(db, content, source)
            return _Outcome([consignment], [], keys)
        case CustomsResponse():
            touched, keys = consignments.declare(db, content, source)
            return _Outcome(touched, _still_unknown(content, touched), keys)
        case Coarri():
            return _tell_coarri(db, content, source)
        case StepEvent():
            touched = consignments.observe(db, content, source)
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


def _tell_coarri(db: DbSession, content: Coarri, source: Source) -> _Outcome:
    ashore = [movement for movement in content.movements if movement.movement == "discharged"]
    touched = consignments.arrive(db, ashore, source)
    # Always: a container holds goods of several CHEDs, and the next one may be notified later.
    return _Outcome(
        touched,
        [(KeyKind.CONTAINER, normalise(container_movement.container)) for container_movement in ashore],
        [],
    )


def _mark(db: DbSession, message: Message, outcome: _Outcome, *, new: bool) -> None:
    """Write which consignments the message told of, and what it still waits for; `new`: for the first time."""
    applied = bool(outcome.touched) or not outcome.awaited
    if applied and message.status != MessageStatus.APPLIED:
        message.status = MessageStatus.APPLIED
        message.applied_at = message.applied_at or clock.now()
    numbers = {consignment.key for consignment in outcome.touched}
    if not new:
        numbers -= queries.subjects_of(db, message.id)
    rows = [{"message_id": message.id, "consignment_id": number} for number in sorted(numbers)]
    insert_rows(db, MessageSubject, rows)
    still = set(outcome.awaited)
    if not new:
        still = _no_longer(db, message, still)
    awaited = [{"message_id": message.id, "kind": kind, "value": value} for kind, value in sorted(still)]
    insert_rows(db, AwaitedSubject, awaited)


def _no_longer(db: DbSession, message: Message, awaited: set[Key]) -> set[Key]:
    """Forget what the message waited for and does not any more; returns what is new to wait for."""
    still = set(awaited)
    condition = col(AwaitedSubject.message_id) == message.id
    for kind, value in queries.awaited_by(db, message.id):
        if (kind, value) not in still:
            gone = condition, col(AwaitedSubject.kind) == kind, col(AwaitedSubject.value) == value
            db.exec(delete(AwaitedSubject).where(*gone))
        still.discard((KeyKind(kind), value))
    return still


def _waiting_for(db: DbSession, keys: Sequence[Key], queued: set[str]) -> list[tuple[Message, Content]]:
    """The messages that wait for any of `keys`, oldest first, read again from their kept bytes."""
    if not keys:
        return []
    ids = queries.waiting_for(db, set(keys)) - queued
    if not ids:
        return []
    woken: list[tuple[Message, Content]] = []
    for message, body in queries.with_bodies(db, ids):
        try:
            parsed = read(body.content, message.received_at)  # in the writer's thread, where this runs
        except MessageRefused as refusal:  # a reader has become stricter since: not this message's fault
            judge(message, body.content, None, refusal)
            journal(db, message, SYSTEM)
        else:
            woken.append((message, parsed.content))
    return woken
