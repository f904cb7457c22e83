"""`passavant verify-journal`: what an operator reads, and the status a script reads (SES-52)."""

from pathlib import Path

from models.database import dispose
from models.settings import settings
from tests.models.journal.ledger import attack, filled
from tests.support.databases import both_databases
from tests.support.served import clean_environment, passavant


def environment(database: str) -> dict[str, str]:
    """That of a command which works on the test's database and data."""
    return clean_environment(PASSAVANT_DATABASE_URL=database, PASSAVANT_DATA_DIR=str(settings().data_dir))


@both_databases
async def test_ses_52_the_command_says_where_and_its_status_tells(database: str) -> None:
    """SES-52: 0 and one line when all is well; 1, the entry and the batch when not."""
    await filled()
    await dispose()
    fine = passavant("verify-journal", environment=environment(database))
    assert (fine.returncode, fine.stderr.strip()) == (0, "")
    assert fine.stdout == "12 entries under 3 seals. All as they were sealed.\n"
    await attack("UPDATE journal_entry SET actor = 'nobody' WHERE seq = 6")
    await dispose()
    bad = passavant("verify-journal", environment=environment(database))
    assert bad.returncode == 1
    assert "✗ entry 6, batch 2: edited (not the record that was sealed)" in bad.stdout
    assert "tampered with: 1 finding(s)" in bad.stderr


def test_ses_52_a_database_that_cannot_be_read_is_no_success(tmp_path: Path) -> None:
    """SES-52: silence would pass for a proof."""
    path = tmp_path / "no" / "such.db"
    told = clean_environment(PASSAVANT_DATA_DIR=str(tmp_path), PASSAVANT_DATABASE_URL=f"sqlite:///{path}")
    done = passavant("verify-journal", environment=told)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
