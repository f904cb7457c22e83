"""SES-02, SES-32: a message is kept, applied once, and journalled, or nothing happened at all."""

import asyncio
import hashlib

import pytest
from sqlalchemy import text

from models.border.consignments import settlement
from models.border.consignments.tables import Consignment, StepFact
from models.border.messages import actions, application
from models.border.messages.actions import receive
from models.border.messages.tables import Message, MessageBody, MessageSubject
from models.border.passage.content import (
    Content,
    IncompleteMessage,
    MessageRefused,
    UnknownFormat,
    UnreadableMessage,
)
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.tables import metadata
from tests.factories import NOW, add_basics, after, body_of, ched, count, customs, reference, tell
from tests.support.accounts import journal
from tests.support.databases import both_databases, reading

_ROWS = (Message, MessageBody, MessageSubject, Consignment, StepFact, JournalEntry)


async def _everything() -> dict[str, list[str]]:
    """Every row of every table."""
    async with reading() as db:
        return {
            table.name: sorted(map(repr, db.execute(text(f'SELECT * FROM "{table.name}"')).all()))  # noqa: S608
            for table in metadata.sorted_tables
        }


@pytest.mark.usefixtures("basics")
async def test_ses_02_a_message_sent_twice_has_no_effect() -> None:
    """SES-02: not one row of any table differs; the second receipt says so and names the consignment."""
    first, *_ = await tell(ched())
    before = await _everything()
    (second,) = await tell(ched(), at=after(5))
    assert (first.duplicate, second.duplicate) == (False, True)
    assert (second.message_id, second.consignments) == (first.message_id, (reference(),))
    assert (second.format, second.status) == ("ched", "applied")
    assert await _everything() == before


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_02_twenty_times_at_once_is_once() -> None:
    """SES-02: fails when transaction() takes no writer lock, or does not look for the digest inside it."""
    await add_basics()
    with clock.fixed(NOW):
        receipts = await asyncio.gather(*(receive(body_of(ched()), "partner:test") for _ in range(20)))
    assert sorted(one.duplicate for one in receipts) == [False] + [True] * 19
    assert len({one.message_id for one in receipts}) == 1
    assert {one.consignments for one in receipts} == {(reference(),)}
    assert await count(*_ROWS) == (1, 1, 1, 1, 1, 2)


@pytest.mark.usefixtures("basics")
async def test_ses_02_different_messages_at_once_are_all_applied() -> None:
    """SES-02: on one consignment, in whatever order they get their turn."""
    told: list[Content] = [ched(), *(customs("05", hours=hour) for hour in range(1, 9))]
    with clock.fixed(after(9)):
        await asyncio.gather(*(receive(body_of(one), "partner:test") for one in told))
    assert await count(Message, MessageSubject, Consignment) == (9, 9, 1)


_BAD = [
    (b"<SPSCertificate", UnreadableMessage, 400),
    (b"", UnreadableMessage, 400),
    (b"\xff\xfe\x00", UnreadableMessage, 400),
    (b"bonjour", UnknownFormat, 422),
    (b'{"type": "step"}', IncompleteMessage, 422),
]


@pytest.mark.parametrize(("body", "kind", "status"), _BAD, ids=["cut", "empty", "bytes", "other", "poor"])
@pytest.mark.usefixtures("basics")
async def test_ses_02_what_is_refused_is_kept_with_the_reason(body: bytes, kind: type, status: int) -> None:
    """SES-02 and the contract: its bytes, why, and a journal entry; the receipt carries the refusal."""
    with clock.fixed(NOW):
        receipt = await receive(body, "partner:test")
        again = await receive(body, "partner:test")
    assert isinstance(receipt.refusal, kind)
    assert isinstance(receipt.refusal, MessageRefused)
    assert receipt.refusal.status == status
    assert isinstance(again.refusal, kind)
    assert (receipt.status, receipt.consignments, again.duplicate) == ("refused", (), True)
    async with reading() as db:
        message = db.get_one(Message, receipt.message_id)
        kept = db.get_one(MessageBody, receipt.message_id)
    assert (message.refusal, message.status, message.size) == (receipt.refusal.detail, "refused", len(body))
    assert kept.content == body
    (entry,) = await journal("message.refused")
    assert entry.payload["digest"] == hashlib.sha256(body).hexdigest()
    assert await count(Message, JournalEntry, Consignment) == (1, 1, 0)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("place", [(actions, "journal"), (application, "_mark"), (settlement, "_stand")])
@both_databases
async def test_ses_32_a_failure_half_way_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, place: tuple[object, str]
) -> None:
    """SES-32: no message, no journal entry, not one row; sent again, it is new."""
    await add_basics()
    before = await _everything()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(*place, fail)
        with pytest.raises(RuntimeError, match="power cut"):
            await tell(ched())
    assert await _everything() == before
    (receipt,) = await tell(ched())
    assert (receipt.duplicate, receipt.status) == (False, "applied")


@pytest.mark.usefixtures("basics")
async def test_ses_52_each_message_is_journalled_once_with_its_digest() -> None:
    """SES-52: whoever holds the bytes can prove that they are the ones received."""
    (receipt,) = await tell(ched())
    (entry,) = await journal("message.applied")
    assert entry.payload == {
        "message": receipt.message_id,
        "format": "ched",
        "digest": hashlib.sha256(body_of(ched())).hexdigest(),
    }
    assert (entry.actor, entry.at) == ("partner:test", NOW)


@pytest.mark.usefixtures("basics")
async def test_ses_02_what_was_refused_is_applied_once_it_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SES-02 and the contract: sent again after the cause was mended; the same message, no refusal left."""
    with monkeypatch.context() as broken:
        broken.setattr(
            actions, "read", lambda _: (_ for _ in ()).throw(UnknownFormat("Inconnu", "Pas encore."))
        )
        (refused,) = await tell(ched())
    (applied,) = await tell(ched())
    assert (refused.status, applied.status, applied.duplicate) == ("refused", "applied", False)
    assert (applied.message_id, applied.consignments) == (refused.message_id, (reference(),))
    async with reading() as db:
        message = db.get_one(Message, applied.message_id)
    assert (message.refusal, message.format) == ("", "ched")
    assert await count(Message, MessageBody, Consignment) == (1, 1, 1)
