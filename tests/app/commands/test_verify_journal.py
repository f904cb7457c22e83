"""`passavant verify-journal`: what an operator reads, and the status a script reads (SES-52)."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.commands.verify_journal import run
from app.errors import CannotRun
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import dispose
from models.kernel.settings.portal import settings
from tests.factories import NOW
from tests.models.journal.sealing.before import SOON, bring
from tests.models.journal.sealing.ledger import anchor_lines, attack, filled
from tests.support.databases import both_databases, transaction
from tests.support.served import clean_environment, passavant


def environment(database: str) -> dict[str, str]:
    """That of a command which works on the test's database and data."""
    return clean_environment(PASSAVANT_DATABASE_URL=database, PASSAVANT_DATA_DIR=str(settings().data_dir))


@both_databases
async def test_ses_52_the_command_says_where_and_its_status_tells(database: str) -> None:
    """SES-52: 0 and one line when all is well, and one on what was given; 1, the entry and the batch when not."""
    await filled()
    await dispose()
    kept = anchor_lines()
    given = ("--anchor", kept[0], "--anchor", kept[2])
    fine = passavant("verify-journal", *given, environment=environment(database))
    assert (fine.returncode, fine.stderr.strip()) == (0, "")
    assert fine.stdout == (
        "Held against 2 anchors given, up to entry 12, batch 3.\n"
        "12 entries under 3 seals. All as they were sealed.\n"
    )
    await attack("UPDATE journal_entry SET actor = 'nobody' WHERE seq = 6")
    await dispose()
    bad = passavant("verify-journal", environment=environment(database))
    assert bad.returncode == 1
    assert "✗ entry 6, batch 2: edited (not the record that was sealed)" in bad.stdout
    assert "tampered with: 1 finding(s)" in bad.stderr


async def test_ses_52_what_is_not_proved_is_said(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """SES-52: what the version before sealed, and that no anchor was given; with status 0."""
    await bring(database)
    with clock.fixed(SOON):
        await run()
    said = capsys.readouterr().out
    assert "Batches 1 to 3 were sealed by an earlier version" in said
    assert "No anchor was given" in said
    assert "12 entries under 3 seals. All as they were sealed." in said


@pytest.mark.usefixtures("database")
async def test_ses_52_what_was_sealed_late_is_held_against_the_journal_unless_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """SES-52: somebody who remembers a power cut says which batch; nothing else is let through by that."""
    with clock.fixed(NOW):
        await filled(1)
        async with transaction() as db:
            record(db, "help.asked")
    with clock.fixed(NOW + timedelta(hours=3)):
        await filled(1)
        with pytest.raises(CannotRun, match=r"tampered with: 1 finding"):
            await run()
        late = "entry 5, batch 2: sealed long after it was written (up to 3:00:00 between writing and seal)"
        assert f"✗ {late}" in capsys.readouterr().out
        with pytest.raises(CannotRun):
            await run(explained=[1])
        await run(explained=[2])
        said = capsys.readouterr().out
        assert f"· {late}" in said
        assert "All as they were sealed, but for what was explained." in said
        await attack("UPDATE journal_entry SET actor = 'nobody' WHERE seq = 6")
        with pytest.raises(CannotRun, match=r"tampered with: 1 finding"):
            await run(explained=[2])


@pytest.mark.usefixtures("database")
async def test_ses_52_an_anchor_that_is_none_is_no_success() -> None:
    """SES-52: nothing is verified, rather than verified without it."""
    with pytest.raises(CannotRun, match="--anchor: /nowhere is neither"):
        await run(["/nowhere"])


def test_ses_52_a_database_that_cannot_be_read_is_no_success(tmp_path: Path) -> None:
    """SES-52: silence would pass for a proof."""
    path = tmp_path / "no" / "such.db"
    told = clean_environment(PASSAVANT_DATA_DIR=str(tmp_path), PASSAVANT_DATABASE_URL=f"sqlite:///{path}")
    done = passavant("verify-journal", environment=told)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
