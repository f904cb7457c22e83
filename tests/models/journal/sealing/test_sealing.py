"""SES-52: the journal is sealed in batches, once each, whoever does it and whatever interrupts it."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from app.commands.runner import Seals, sealing
from app.tasks import seal_journal
from models.journal.record import PURGED, purge_personal, record, record_at_once
from models.journal.sealing import anchors
from models.journal.sealing import seals as sealing_module
from models.journal.sealing.keys import PRIVATE, PUBLIC, is_signed, signer
from models.journal.sealing.queries import chain
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.verification import verify
from models.journal.tables import JournalEntry, JournalSeal
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.settings.portal import settings
from tests.factories import NOW, count
from tests.models.journal.sealing import ledger
from tests.models.journal.sealing.ledger import filled, found, found_at
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("database")


async def test_ses_52_a_long_journal_is_sealed_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: nobody waits long for the writer's lock, and what is read is told to who asks."""
    monkeypatch.setattr(sealing_module, "BATCH", 3)
    async with transaction() as db:
        for number in range(8):
            record(db, "help.asked", number=number)
    assert await seal_pending() == 8
    assert await seal_pending() == 0
    seen: list[tuple[int, int]] = []
    report = await verify(lambda done, total: seen.append((done, total)))
    assert (report.entries, report.seals, report.unsealed, report.findings) == (8, 3, 0, [])
    assert seen == [(3, 8), (6, 8), (8, 8), (8, 8)]


@both_databases
async def test_ses_52_workers_that_seal_at_once_make_one_chain() -> None:
    """SES-52: fails when the last seal is read outside the transaction."""

    async def write_and_seal(number: int) -> None:
        async with transaction() as db:
            record(db, "help.asked", number=number)
        await seal_pending()

    await asyncio.gather(*(write_and_seal(number) for number in range(12)))
    report = await found()
    assert (report.entries, report.unsealed, report.findings) == (12, 0, [])


async def test_ses_52_what_is_not_sealed_yet_is_counted() -> None:
    """SES-52: it has no proof yet, and nobody says it has."""
    await filled(1)
    async with transaction() as db:
        record(db, "help.asked")
    report = await found()
    assert (report.entries, report.unsealed, report.findings) == (4, 1, [])


async def test_ses_52_a_seal_that_was_not_anchored_is_the_next_time() -> None:
    """SES-52: killed between the commit and the file, or half-way through a line."""
    await filled(3)
    lines = ledger.anchor_lines()
    ledger.write_anchors([lines[0], lines[1][:30]])
    await seal_pending()
    assert (await found()).findings == []
    assert [one.batch for _, one in anchors.read()[0]] == [1, 2, 3]
    assert anchors.read()[1] == [2]


async def test_ses_52_a_clock_that_goes_back_breaks_nothing() -> None:
    """SES-52: entries and seals follow one another by number; their times are what they were."""
    for hours in (5, -24, 2):
        with clock.fixed(NOW + timedelta(hours=hours)):
            await filled(1)
    assert (await found()).findings == []
    async with reading() as db:
        seals = chain(db, 1)
    assert [one.batch for one in seals] == [1, 2, 3]
    assert seals[1].sealed_at < seals[0].sealed_at


@both_databases
async def test_ppr_09_the_personal_part_is_purged_and_the_chain_holds() -> None:
    """PPR-09, SES-52: content and salt are gone from the row, the digest stays, and the journal says so."""
    await filled(2)
    async with transaction() as db:
        assert purge_personal(db, [3, 4], actor="account:1") == 1
        assert purge_personal(db, [4]) == 0
    await seal_pending()
    async with reading() as db:
        purged = db.get_one(JournalEntry, 4)
        said = db.exec(select(JournalEntry).where(JournalEntry.kind == PURGED)).one()
    assert (purged.personal, purged.personal_salt, said.payload) == (None, None, {"entries": [4]})
    assert purged.personal_digest
    report = await found()
    assert (report.purged, report.findings) == (1, [])


REFUSED = [
    "UPDATE journal_entry SET personal = '{}' WHERE seq = 4",
    "UPDATE journal_entry SET personal = NULL WHERE seq = 4",
    "UPDATE journal_entry SET personal = NULL, personal_salt = NULL, actor = 'x' WHERE seq = 4",
    "UPDATE journal_entry SET personal_digest = NULL WHERE seq = 4",
    "UPDATE journal_entry SET personal = NULL, personal_salt = NULL, written_at = NULL WHERE seq = 4",
    "UPDATE journal_entry SET personal = NULL, personal_salt = NULL, after_seal = 'x' WHERE seq = 4",
    "UPDATE journal_seal SET version = 1, endorsement = 'x'",
    "UPDATE journal_entry SET personal_salt = 'x' WHERE seq = 1",
    "UPDATE journal_seal SET sealed_at = sealed_at",
    "UPDATE journal_seal SET leaves = '[]'",
    "DELETE FROM journal_seal",
]
SQLITE_ONLY = [
    "UPDATE journal_entry SET rowid = 99 WHERE seq = 1",
    "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 1",
    "REPLACE INTO journal_seal SELECT * FROM journal_seal",
]


@both_databases
@pytest.mark.parametrize(
    "change", [*REFUSED, *SQLITE_ONLY, "TRUNCATE journal_seal", "TRUNCATE journal_entry"]
)
async def test_ses_52_the_database_refuses_any_other_change(database: str, change: str) -> None:
    """SES-52: fails without the triggers of migration 0002."""
    if change in SQLITE_ONLY and not database.startswith("sqlite"):
        return
    if change.startswith("TRUNCATE") and database.startswith("sqlite"):
        return
    await filled(1)

    async def tamper() -> None:
        async with transaction() as db:
            db.execute(text(change))

    with pytest.raises(DBAPIError, match="append-only"):
        await tamper()
    assert await found_at() == set()


async def test_ses_52_an_entry_that_could_not_be_sealed_is_refused_at_once() -> None:
    """SES-52: a fraction has no canonical bytes; found when it is written rather than when it is sealed."""

    async def write() -> None:
        async with transaction() as db:
            record(db, "help.asked", weights=[{"net": 1.5}])

    with pytest.raises(TypeError, match="fraction"):
        await write()
    assert await count(JournalEntry, JournalSeal) == (0, 0)


async def test_ses_52_the_key_is_kept_from_others(tmp_path: Path) -> None:
    """SES-52: readable by the service alone; what is published verifies what it signs, and nothing else."""
    key = signer()
    assert (tmp_path / "data" / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data" / PUBLIC).read_bytes() == key.public
    assert is_signed(key.public, key.sign(b"said"), b"said")
    assert not is_signed(key.public, key.sign(b"said"), b"Said")


async def test_ses_52_a_round_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: a full disk under the anchor file; the seals are kept, and anchored once there is room."""
    async with transaction() as db:
        record(db, "help.asked")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", _no_room)
        await seal_journal.seal_once()
    await seal_journal.seal_once()
    assert (await found()).findings == []


async def test_ses_52_a_worker_that_ends_seals_what_it_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: else a portal that is stopped for the night seals its last entries in the morning, long after."""
    monkeypatch.setattr(seal_journal, "INTERVAL", 3600.0)
    first = asyncio.Event()
    monkeypatch.setattr(seal_journal, "seal_pending", _told(first))
    task = asyncio.create_task(seal_journal.seal_journal())
    await first.wait()
    async with transaction() as db:
        record(db, "help.asked")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await found()).unsealed == 0


def _told(first: asyncio.Event) -> Callable[[], Awaitable[int]]:
    async def seal() -> int:
        first.set()
        return await seal_pending()

    return seal


async def test_ses_52_an_idle_round_asks_the_database_once() -> None:
    """SES-52: it comes every five seconds in each worker; and an entry costs no statement more for what it knows."""
    await filled(1)
    statements: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.extend([statement] if "journal_" in statement else [])

    try:
        assert await seal_pending() == 0
        idle = len(statements)
        await write(_record)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert (idle, len(statements) - idle) == (1, 1)
    assert await seal_pending() == 1


def _record(db: DbSession) -> None:
    record_at_once(db, "help.asked")


async def test_ses_52_a_command_seals_what_it_writes() -> None:
    """SES-52: perhaps no portal runs that would; also what it wrote before it failed."""
    with pytest.raises(RuntimeError):
        await _fail_after_writing()
    assert (await found()).unsealed == 0


async def _fail_after_writing() -> None:
    async with sealing():
        async with transaction() as db:
            record(db, "help.asked")
        raise RuntimeError


async def test_ses_52_a_long_command_seals_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: what it wrote first would be late at its end."""
    monkeypatch.setattr(seal_journal, "INTERVAL", 0.01)
    async with sealing(Seals.MEANWHILE):
        async with transaction() as db:
            record(db, "help.asked")
        async with asyncio.timeout(20):
            while (await found()).unsealed:  # noqa: ASYNC110 - another task's, which tells nobody
                await asyncio.sleep(0)


async def test_ses_52_a_command_of_another_user_leaves_the_key_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: a key that root drew would be root's, and the portal could not read it."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    async with sealing(), transaction() as db:
        record(db, "help.asked")
    assert (await found()).unsealed == 1
    assert not (settings().data_dir / PRIVATE).exists()


def _no_room(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")
