"""A sealed journal for tests, and the hands of somebody who has the database's rights."""

from pathlib import Path

from sqlalchemy import text

from models.journal.record import record
from models.journal.sealing import anchors, keys
from models.journal.sealing.findings import Wrong
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.verification import Report, verify
from models.kernel.database import engine
from tests.support.databases import transaction


async def filled(batches: int = 3, each: int = 4) -> None:
    """Batches of that many entries, each sealed; every fourth entry has a personal part."""
    for batch in range(batches):
        async with transaction() as db:
            for number in range(each):
                personal = {"email": f"{number}@example.org"} if number == each - 1 else None
                record(db, "help.asked", actor=f"account:{number}", personal=personal, batch=batch, n=number)
        await seal_pending()


async def attack(*statements: str) -> None:
    """Run these with the triggers taken away, as an administrator of the database can.

    PostgreSQL can put them back as they were, so that the next test is lent the same database.
    """
    with engine(writes=True).begin() as connection:
        lasts = connection.dialect.name == "postgresql"
        stopped = await triggers()
        away = [
            f"ALTER TABLE {on} DISABLE TRIGGER {name}" if lasts else f"DROP TRIGGER {name}"
            for name, on in stopped
        ]
        back = [f"ALTER TABLE {on} ENABLE TRIGGER {name}" for name, on in stopped if lasts]
        for statement in (*away, *statements, *back):
            connection.execute(text(statement))


async def triggers() -> list[tuple[str, str]]:
    """The triggers on the journal and its seals: (name, table)."""
    with engine().connect() as connection:
        if connection.dialect.name == "postgresql":
            asked = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        else:
            asked = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        rows = connection.execute(text(asked))
        return [(name, table) for name, table in rows if table.startswith("journal_")]


async def found() -> Report:
    """What verification says."""
    return await verify()


def lose_memory() -> None:
    """What a process that was started anew does not know any more: the key that it had read."""
    keys._signer.cache_clear()


async def found_at() -> set[tuple[Wrong, int, int]]:
    """(kind, batch, first entry) of each finding."""
    return {(one.wrong, one.batch, one.first) for one in (await verify()).findings}


def anchor_lines() -> list[str]:
    """The anchor file."""
    return anchors.anchor_path().read_text().splitlines(keepends=True)


def write_anchors(lines: list[str]) -> None:
    """Put another anchor file in its place."""
    Path(anchors.anchor_path()).write_text("".join(lines))
