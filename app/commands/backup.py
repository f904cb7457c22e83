"""`passavant backup` and `passavant restore`: the database and what stands beside it, in one folder.

The order matters: the database first, then the keys, anchors and files of the data folder. An anchor may then be newer
than the database, which verification tells; never older than a seal. A file that is newer is removed again, one that was
taken back meanwhile is told as lost (models/casework/attachments/upkeep.py).
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC
from pathlib import Path

import typer
from sqlalchemy import make_url

from app.errors import CannotRun
from models.kernel import clock
from models.kernel.settings.portal import settings

_SQLITE, _POSTGRESQL = "passavant.db", "passavant.pgdump"
_LEFT_OUT = (_SQLITE, "metrics", "mail")
"""Of the data folder: the database goes apart, and what can be made again."""


def backup(folder: Path) -> Path:
    """Write a backup into a new folder of `folder`, named by the time; the portal may go on meanwhile.

    Raises:
        CannotRun: when the database's own tool fails or is not there.
    """
    target = folder / f"passavant-{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    draft = target.with_name(f".{target.name}")
    draft.mkdir(parents=True, mode=0o700)
    if settings().database.startswith("sqlite"):
        _copy_sqlite(_sqlite_file(), draft / _SQLITE)
    else:
        _run("pg_dump", "--format=custom", f"--file={draft / _POSTGRESQL}")
    _copy_data(settings().data_dir, draft / "data")
    draft.rename(target)  # whole, or not there
    typer.echo(f"Backed up into {target}")
    return target


def restore(folder: Path) -> None:
    """Bring a backup back into an empty database and data folder. Then run `passavant verify-journal`.

    Raises:
        CannotRun: when there is something there already, or nothing to restore.
    """
    data = settings().data_dir
    if not (folder / "data").is_dir():
        raise CannotRun(f"{folder} is no backup: it holds no data folder.")
    if data.exists() and any(data.iterdir()):
        raise CannotRun(f"{data} is not empty: restore into a new data folder.")
    _copy_data(folder / "data", data)
    if settings().database.startswith("sqlite"):
        shutil.copy2(folder / _SQLITE, _sqlite_file())
    else:
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(folder / _POSTGRESQL))
    typer.echo("Restored. Verify it: passavant verify-journal")


def _sqlite_file() -> Path:
    path = make_url(settings().database).database
    if not path:
        raise CannotRun("A database in memory has no backup.")
    return Path(path)


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CannotRun(f"There is no database at {source}.")
    with closing(sqlite3.connect(source)) as database:
        database.execute("VACUUM INTO ?", (str(target),))


def _copy_data(source: Path, target: Path) -> None:
    try:
        shutil.copytree(
            source,
            target,
            dirs_exist_ok=True,
            ignore=lambda _folder, names: [name for name in names if name.startswith(_LEFT_OUT)],
        )
    except shutil.Error as error:
        # A file that was taken back, or put together, since its folder was read is none that the backup misses.
        if any(Path(path).exists() for path, *_ in error.args[0]):
            raise


def _run(tool: str, *words: str) -> None:
    """A tool of PostgreSQL on our database: its address goes through the environment, where `ps` does not show it."""
    url = make_url(settings().database)
    path = shutil.which(tool)
    if path is None:
        raise CannotRun(f"{tool} is not there: install PostgreSQL's client tools.")
    variables = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    environment = os.environ | {name: str(value) for name, value in variables.items() if value}
    more = ["--dbname", url.database or ""] if tool == "pg_restore" else []
    completed_process = subprocess.run(
        [path, *more, *words], env=environment, capture_output=True, text=True, check=False
    )
    if completed_process.returncode:
        raise CannotRun(f"{tool} failed: {completed_process.stderr.strip() or ''}")
