"""SES-52: what the version before sealed still verifies, as it did; and what nobody can prove of it is said.

Seen to fail: with written_at in the entries of old seals, with their times judged, with format 2 in what old seals
sign, without the trigger on formats, and without the check of their order.
"""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from models.journal.record import purge_personal
from models.journal.sealing import anchors
from models.journal.sealing.findings import Wrong
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.verification import verify
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import dispose
from tests.factories import NOW
from tests.models.journal.sealing import ledger
from tests.models.journal.sealing.before import FORMAT_2, SCHEMA, SOON, bring
from tests.models.journal.sealing.ledger import attack, filled, found_at
from tests.support.databases import both_databases, transaction
from tests.support.postgres import migrate_apart

W = Wrong


@both_databases
async def test_ses_52_a_journal_of_the_version_before_verifies_and_goes_on(database: str) -> None:
    """SES-52: its chain leads into the new one; the database keeps it through the migration, and back."""
    await bring(database)
    with clock.fixed(SOON):
        report = await verify()
        assert (report.entries, report.seals, report.earlier, report.findings) == (12, 3, 3, [])
        async with transaction() as db:
            assert purge_personal(db, [4]) == 1
        await filled(1)
        report = await verify()
    assert (report.entries, report.seals, report.earlier, report.findings) == (17, 4, 3, [])
    assert (await verify_after_a_way_back(database)) == (17, 4)


SUBJECTS = {
    1: "consignment:7",
    2: "account:3",
    3: "alert:5",
    5: "service:DELTA_G:DTI",
    6: "consignment:7",
    8: "consignment:7",
    10: "consignment:7",
    11: "alert:5",
    12: "account:3",
}
"""What the entries of format 2 are about, by their numbers; the others are about nothing else than themselves."""


@both_databases
async def test_ses_52_entries_that_named_a_consignment_name_a_subject_and_verify(database: str) -> None:
    """SES-52: up, down and up again, and new entries after them. Seen to fail with the subject in what format 2 seals."""
    await bring(database, FORMAT_2)
    for _ in range(2):
        with clock.fixed(SOON):
            report = await verify()
        assert (report.entries, report.seals, report.earlier, report.findings) == (12, 3, 0, [])
        async with transaction() as db:
            entries = db.exec(select(JournalEntry)).all()
        assert {entry.seq: str(entry.subject) for entry in entries if entry.subject} == SUBJECTS
        await dispose()
        migrate_apart(database, FORMAT_2)
        migrate_apart(database)
    with clock.fixed(SOON):
        await filled(1)
        report = await verify()
    assert (report.entries, report.seals, report.findings) == (16, 4, [])


async def test_ses_52_a_subject_changed_under_an_old_seal_is_found(database: str) -> None:
    """SES-52: of what format 2 sealed, the consignment."""
    await bring(database, FORMAT_2)
    await attack("UPDATE journal_entry SET subject_id = '8' WHERE seq = 6")
    with clock.fixed(SOON):
        assert await found_at() == {(W.EDITED, 2, 6)}


async def verify_after_a_way_back(database: str) -> tuple[int, int]:
    """Down to the schema of before and up again: what was there is there, what the old schema had no room for is not."""
    await dispose()
    migrate_apart(database, SCHEMA)
    migrate_apart(database)
    report = await verify()
    assert {one.batch for one in report.findings} == {4}
    return report.entries, report.seals


TAMPERED: dict[str, tuple[list[str], set[tuple[Wrong, int, int]]]] = {
    "an entry edited": (["UPDATE journal_entry SET actor = 'account:9' WHERE seq = 6"], {(W.EDITED, 2, 6)}),
    "an entry deleted": (["DELETE FROM journal_entry WHERE seq = 6"], {(W.DELETED, 2, 6)}),
    "the time of a seal": (
        ["UPDATE journal_seal SET sealed_at = '2026-03-24 09:02:01.000000+00:00' WHERE batch = 3"],
        {(W.SIGNATURE, 3, 0), (W.ANCHOR, 3, 0)},
    ),
    "a seal made new by name": (
        ["UPDATE journal_seal SET version = 2 WHERE batch = 3"],
        {(W.SIGNATURE, 3, 0), (W.EDITED, 3, 9), (W.ANCHOR, 3, 0)},
    ),
}


@pytest.mark.parametrize("case", TAMPERED)
async def test_ses_52_what_was_done_to_it_is_found(database: str, case: str) -> None:
    """SES-52: as before."""
    statements, expected = TAMPERED[case]
    await bring(database)
    await attack(*statements)
    with clock.fixed(SOON):
        found = await found_at()
    assert found >= expected
    assert {batch for _, batch, _ in found} == {batch for _, batch, _ in expected}


@pytest.mark.parametrize(
    ("left", "expected"), [(0, {(W.BEGUN, 1, 1)}), (1, {(W.LATE, 2, 5)}), (2, {(W.LATE, 3, 9)})]
)
async def test_ses_52_what_the_new_version_is_made_to_seal_again_is_found(
    database: str, left: int, expected: set[tuple[Wrong, int, int]]
) -> None:
    """SES-52: it knows no more of old entries than the time that they tell; that is enough, a day later."""
    await bring(database)
    edit = "UPDATE journal_entry SET actor = 'account:9' WHERE seq = 10"
    await attack(f"DELETE FROM journal_seal WHERE batch > {left}", edit)  # noqa: S608
    ledger.write_anchors(ledger.anchor_lines()[:left])
    with clock.fixed(NOW + timedelta(days=1)):
        await seal_pending()
        assert await found_at() == expected


OLD_SEAL = (
    "INSERT INTO journal_seal (batch, first_seq, last_seq, count, root, previous, sealed_at, key, signature, leaves) "
    "SELECT batch + 1, last_seq + 1, last_seq + 4, count, root, previous, sealed_at, key, signature, leaves "
    "FROM journal_seal WHERE batch = (SELECT max(batch) FROM journal_seal)"
)


@both_databases
async def test_ses_52_a_process_of_the_version_before_seals_no_more_after_the_new_one(database: str) -> None:
    """SES-52: while one replaces the other, process after process: its seal would not name the one before it."""
    await bring(database)
    with clock.fixed(SOON):
        await filled(1)

    async def seal() -> None:
        async with transaction() as db:
            db.execute(text(OLD_SEAL))

    with pytest.raises(DBAPIError, match="earlier format"):
        await seal()
    await attack(OLD_SEAL)
    with clock.fixed(SOON):
        details = {one.detail for one in (await verify()).findings if one.batch == 5}
    assert "its format is older than that of the seal before it" in details


async def test_ses_52_lines_of_the_version_before_are_anchors(database: str) -> None:
    """SES-52: without the time of their writing, which is not held against them."""
    await bring(database)
    newest = anchors.newest()
    assert newest is not None
    assert (newest.batch, newest.last_seq, newest.at) == (3, 12, None)
