"""Attaching files: begun, received piece by piece, taken back (CTX-05, CTX-06).

The rows say what is there; the storage follows. A piece is kept before the row that names it is committed, and removed
after the row that named it is gone: what a killed process leaves is unknown to the rows, and upkeep.py removes it.
"""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass

from models.casework.attachments import policy, queries, storage
from models.casework.attachments.completion import GRACE, delete, finish
from models.casework.attachments.content import by_name
from models.casework.attachments.names import clean
from models.casework.attachments.policy import Caller, Sight
from models.casework.attachments.rules import (
    LEAST,
    MOST_UNFINISHED,
    PIECE,
    Announced,
    Fault,
    crowded,
    digest_of,
    fault,
)
from models.casework.attachments.tables import Attachment, AttachmentPiece
from models.casework.attachments.vocabulary import Reason, State
from models.identity.accounts.viewer import Viewer
from models.journal.record import SYSTEM
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.french import NBSP
from models.kernel.refusal import Refusal
from models.kernel.subject import Subject
from models.kernel.threads import files

_AT_ONCE = 256 * 1024
"""Bytes that go to the storage at a time."""
_UNFINISHED = Fault(
    Reason.TOO_MANY_UNFINISHED,
    f"Vous avez déjà {MOST_UNFINISHED} envois commencés. Terminez-les ou retirez-les avant d’en commencer un autre.",
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that may be sent, from `offset` on."""

    reference: str
    name: str
    """As it is kept."""
    offset: int


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A piece that does not begin where the last one ended."""

    offset: int
    """Where it should."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What came of a file so far."""

    offset: int
    size: int
    state: State
    reason: str
    """One of vocabulary.Reason, where it is refused."""
    kind: str


async def begin(caller: Caller, subject: Subject, announced: Announced) -> Begun | Fault | None:
    """Take note of a file to come; None when the subject does not exist for who asks.

    The same file of the same sender that was begun before, and not finished, goes on where it stopped.
    """
    return await write(_begin, caller, subject, announced)


def _begin(db: DbSession, caller: Caller, subject: Subject, announced: Announced) -> Begun | Fault | None:
    sight = policy.sight(db, caller, subject)
    if sight is None:
        return None
    refusal = sight.rules.may_add(db, sight.viewer, subject)
    wrong = Fault(Reason.NOT_ALLOWED, refusal.reason) if refusal else fault(sight.rules, announced)
    if wrong is not None:
        return wrong
    twin = queries.alike(db, subject, digest_of(announced))
    if twin is not None and twin.state == State.RECEIVING and policy.is_sender(twin, caller):
        return Begun(twin.reference, twin.name, twin.received)
    if twin is not None:
        return Fault(Reason.TWICE, f"Ce fichier est déjà joint, sous le nom «{NBSP}{twin.name}{NBSP}».")
    if queries.unfinished(db, caller) >= MOST_UNFINISHED:
        return _UNFINISHED
    return crowded(sight.rules, *queries.used(db, subject), announced) or _add(db, caller, sight, announced)


def _add(db: DbSession, caller: Caller, sight: Sight, announced: Announced) -> Begun:
    name, now = clean(announced.name), clock.now()
    file_type = by_name(name)
    attachment = Attachment(
        reference=secrets.token_hex(16),
        subject_kind=sight.subject.kind,
        subject_id=sight.subject.id,
        account_id=caller.account_id if isinstance(caller, Viewer) else None,
        client_id=None if isinstance(caller, Viewer) else caller.id,
        side=sight.side,
        siren=sight.concerned.siren,
        post_code=sight.concerned.post_code,
        name=name,
        kind=file_type.code if file_type else "",
        size=announced.size,
        announced_sha256=digest_of(announced),
        state=State.RECEIVING,
        begun_at=now,
        moved_at=now,
    )
    db.add(attachment)
    return Begun(attachment.reference, name, 0)


async def progress(caller: Caller, reference: str) -> Progress | None:
    """How far the file came, for its sender; None for anybody else."""
    attachment = await read(_own, caller, reference)
    return _progress(attachment) if attachment else None


async def receive(
    caller: Caller, reference: str, start: int, content: AsyncIterator[bytes]
) -> Progress | Misplaced | None:
    """Keep what comes, from `start` on, as it comes: `PIECE` bytes at most; None for anybody but the sender.

    What came is kept, from `LEAST` bytes on. When it was the last, the file is put together and checked; an empty
    piece at the end asks for that again.

    Raises:
        StorageAway: when it could not be kept: it may be sent again.
    """
    attachment = await read(_own, caller, reference)
    if attachment is None:
        return None
    if attachment.state != State.RECEIVING:
        return _progress(attachment)
    if start != attachment.received:
        return Misplaced(attachment.received)
    draft = await _kept(
        storage.new_key(reference, f"piece-{start}"), content, min(PIECE, attachment.size - start)
    )
    if draft is None:
        return Misplaced(attachment.received)
    if draft.size:
        attachment = await write(_received, caller, reference, start, draft.size, draft.key)
        if attachment is None or attachment.received != start + draft.size:
            await files.run(storage.remove, [draft.key])
            return Misplaced(attachment.received) if attachment else None
    if attachment.received == attachment.size:
        attachment = await finish(reference) or attachment
    return _progress(attachment)


async def _kept(key: str, content: AsyncIterator[bytes], most: int) -> storage.Draft | None:
    """The object that these bytes became, of no size when too few came; None when they are too many: nothing is kept."""
    draft, held = storage.Draft(key), bytearray()
    async for piece in content:
        held += piece
        if draft.size + len(held) > most:
            return None
        if len(held) >= _AT_ONCE:
            await files.run(draft.write, bytes(held))
            held.clear()
    if held:
        await files.run(draft.write, bytes(held))
    if draft.size < min(LEAST, most):
        return storage.Draft(key)
    await files.run(draft.close)
    return draft


def _own(db: DbSession, caller: Caller, reference: str) -> Attachment | None:
    """The sender's own file, which may still be added to its subject or is there already."""
    there = queries.seen(db, caller, reference)
    if there is None or there[0].deleted_at is not None or not policy.is_sender(there[0], caller):
        return None
    attachment, sight = there
    closed = attachment.state == State.RECEIVING and sight.rules.may_add(db, sight.viewer, sight.subject)
    return None if closed else attachment


def _received(
    db: DbSession, caller: Caller, reference: str, start: int, size: int, key: str
) -> Attachment | None:
    attachment = _own(db, caller, reference)
    if attachment is None or attachment.state != State.RECEIVING or attachment.received != start:
        return attachment
    db.add(AttachmentPiece(attachment_id=attachment.id or 0, start=start, size=size, key=key))
    attachment.received, attachment.moved_at = start + size, clock.now()
    if attachment.received == attachment.size:
        attachment.look_at = clock.now() + GRACE
    return attachment


def _progress(attachment: Attachment) -> Progress:
    state = State(attachment.state)
    return Progress(attachment.received, attachment.size, state, attachment.reason, attachment.kind)


async def take_back(caller: Caller, reference: str) -> Refusal | None:
    """Remove a file that one sent, whole or not, for as long as one may attach files to its subject.

    Returns why not; `policy.GONE` for what does not exist for who asks.
    """
    outcome = await write(_take_back, caller, reference)
    if isinstance(outcome, Refusal):
        return outcome
    await files.run(storage.remove, outcome)
    return None


def _take_back(db: DbSession, caller: Caller, reference: str) -> list[str] | Refusal:
    there = queries.seen(db, caller, reference)
    if there is None or not policy.is_sender(there[0], caller):
        return policy.GONE
    attachment, sight = there
    refusal = sight.rules.may_add(db, sight.viewer, sight.subject)
    return refusal or delete(db, attachment, sight.actor)


async def forget(subject: Subject) -> int:
    """Delete every file of a subject whose time to be kept is over; returns how many there were (CTX-09)."""
    count, keys = await write(_forget, subject)
    await files.run(storage.remove, keys)
    return count


def _forget(db: DbSession, subject: Subject) -> tuple[int, list[str]]:
    there = queries.all_of(db, subject)
    return len(there), [key for attachment in there for key in delete(db, attachment, SYSTEM)]
