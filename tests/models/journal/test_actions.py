"""SES-52: one entry per fact, in its transaction, for ever."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.border.consignments.subject import subject_of
from models.border.passage.content import Content
from models.border.passage.vocabulary import StepKind as K
from models.border.passage.vocabulary import StepStatus as S
from models.journal.queries import after, last_seq
from models.journal.record import SYSTEM, record
from models.journal.tables import JournalEntry
from models.kernel import clock
from tests.factories import NOW, A, add_basics, ched, consignment, count, customs, event, tell
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("database")


async def _entries(seq: int = 0) -> list[JournalEntry]:
    async with reading() as db:
        return after(db, seq)


async def _record(kind: str) -> None:
    async with transaction() as db:
        record(db, kind)


async def test_ses_52_a_message_leaves_one_entry_and_one_per_consignment_moved() -> None:
    """SES-52: and each says whom it concerns."""
    await add_basics()
    told: list[Content] = [ched(), ched(2), customs("01", cited=(1, 2)), event(K.PHYSICAL, S.STARTED)]
    await tell(*told[:2])
    await tell(*told[2:])  # known later, as they tell what is done later
    assert [entry.kind for entry in await _entries()] == [
        *("consignment.notified", "message.applied") * 2,
        *("consignment.declared", "consignment.declared", "message.applied"),
        *("consignment.observed", "message.applied"),
    ]
    first = (await _entries())[0]
    assert (first.siren, first.post_code, first.at) == (A, "FRLEH1", NOW)
    assert first.subject == subject_of(await consignment())
    assert first.actor == "partner:test"
    assert first.payload["facts"] == [
        {"step": "notification", "status": "done", "at": "2026-03-24T09:00:00+00:00"}
    ]


async def test_ses_52_what_tells_nothing_new_leaves_no_entry_on_the_consignment() -> None:
    """SES-52: another message that says the same is journalled as a message alone."""
    await add_basics()
    await tell(ched(), ched(local_reference="LRN-2"))
    assert [entry.kind for entry in await _entries()][2:] == ["message.applied"]


@both_databases
async def test_ses_52_the_entry_goes_with_its_transaction() -> None:
    """SES-52: undone with it; fails when record() opens a transaction of its own."""

    async def fail() -> None:
        async with transaction() as db:
            record(db, "help.asked")
            db.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await count(JournalEntry) == (0,)


@both_databases
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET payload = '{}'",
        "UPDATE journal_entry SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 1",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_entry WHERE seq = 1",
    ],
)
async def test_ses_52_an_entry_is_never_changed_nor_deleted(change: str) -> None:
    """SES-52: fails without the triggers of migration 0002."""
    with clock.fixed(NOW):
        await _record("help.asked")

    async def tamper() -> None:
        async with transaction() as db:
            db.execute(text(change))

    with pytest.raises(DBAPIError, match="append-only"):
        await tamper()
    (entry,) = await _entries()
    assert (entry.kind, entry.actor, entry.at, entry.payload) == ("help.asked", SYSTEM, NOW, {})


async def test_the_journal_is_read_forward() -> None:
    async with reading() as db:
        assert last_seq(db) == 0
    told = ("alert.opened", "alert.updated", "alert.assigned", "alert.closed")
    for kind in told:
        await _record(kind)
    async with reading() as db:
        last = last_seq(db)
        assert [entry.kind for entry in after(db, 0, limit=2)] == [*told[:2]]
        assert [entry.kind for entry in after(db, last - 1)] == [told[3]]
        assert after(db, last) == []
