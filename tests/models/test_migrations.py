"""The migrations make what models/tables.py says, on both engines, and the journal refuses changes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.migration import migrate
from models.journal.tables import JournalEntry
from models.kernel.engines import make_short_lived_engine
from models.tables import metadata
from tests.support.databases import both_databases


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("postgres_server").fresh(migrated=False) as url:
            yield url


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


@both_databases
async def test_the_migrated_schema_is_that_of_the_tables(database: str) -> None:
    """If this fails, a table changed without a migration: `make migration NAME=what_changes`."""
    engine = make_short_lived_engine(database)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_every_migration_goes_up_down_and_up_again(empty: str) -> None:
    before, head = await migrate(empty)
    assert before == "base"
    assert await migrate(empty, "base") == (head, "base")
    assert await migrate(empty) == ("base", head)
    assert await migrate(empty) == (head, head)


async def test_an_emptied_database_has_no_table_left(empty: str) -> None:
    await migrate(empty)
    await migrate(empty, "base")
    engine = make_short_lived_engine(empty)
    async with engine.connect() as connection:
        left = await connection.run_sync(lambda c: set(c.dialect.get_table_names(c)))
    await engine.dispose()
    assert left == {"alembic_version"}


@both_databases
@pytest.mark.parametrize("change", ["UPDATE journal_entry SET actor = 'other'", "DELETE FROM journal_entry"])
async def test_the_journal_refuses_changes(database: str, change: str) -> None:
    engine = make_short_lived_engine(database)
    entry = {
        "at": dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC),
        "kind": "test.done",
        "actor": "system",
        "payload": {},
    }
    async with engine.begin() as connection:
        await connection.execute(insert(JournalEntry), entry)
    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(change))
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT actor FROM journal_entry")) == "system"
    await engine.dispose()


@pytest.mark.parametrize("moves", [1, 2])
async def test_what_amounts_and_checks_say_outlives_both_directions(empty: str, moves: int) -> None:
    """Weights, how a check was made, and the count of consignments, which triggers keep, up and down again."""
    await migrate(empty, "0008")
    engine = make_short_lived_engine(empty)
    async with engine.begin() as connection:
        for statement in _OLD_ROWS:
            await connection.execute(
                text(statement), {"at": "2026-03-24 09:00:00"} if ":at" in statement else {}
            )
        triggers = await connection.run_sync(_triggers)
    for _ in range(moves):
        await migrate(empty)
        async with engine.begin() as connection:
            assert triggers <= await connection.run_sync(_triggers)
            assert await _amounts(connection) == (4500.125, 4500.125, 0.5)
            assert "MIEL" in await _terms(connection, "FRXXX1")
            assert await _said(connection) == [("SEAL_CHECK", ""), ("", "Au quai 3")]
            unknown = text("SELECT code FROM post WHERE unknown_since IS NOT NULL")
            assert list(await connection.scalars(unknown)) == ["FRXXX1"]
            await connection.execute(text("UPDATE consignment SET state = 'waiting'"))
            counted = text(
                "SELECT number FROM consignment_tally WHERE kind = 'all' AND state = 'waiting' AND bucket = 'open'"
            )
            assert await connection.scalar(counted) == 1
            await connection.execute(text("UPDATE consignment SET post_code = 'FRLEH1'"))
            assert "MIEL" in await _terms(connection, "FRLEH1")
            await connection.execute(text("UPDATE consignment SET post_code = 'FRXXX1'"))
            await connection.execute(text("UPDATE consignment SET state = 'blocked'"))
        await migrate(empty, "0008")
        async with engine.begin() as connection:
            assert await connection.run_sync(_triggers) == triggers
            assert await _amounts(connection) == (4500.125, 4500.125, 0.5)
            assert await _said(connection) == [("", "SEAL_CHECK"), ("", "Au quai 3")]
    await engine.dispose()


async def _terms(connection: AsyncConnection, post_code: str) -> list[str]:
    """By what the consignments of that post are found."""
    terms = text("SELECT term FROM consignment_term WHERE post_code = :post")
    return list(await connection.scalars(terms, {"post": post_code}))


_OLD_ROWS = (
    (
        "INSERT INTO post (code, name, kind, locode, timezone, connected) VALUES "
        "('FRLEH1', 'Le Havre', 'port', 'FRLEH', 'Europe/Paris', true), "
        "('FRXXX1', '1 rue du Port', 'port', 'FRXXX', 'Europe/Paris', false)"
    ),
    (
        "INSERT INTO consignment (id, reference, ched_type, post_code, title, origin_country, purpose, net_weight, packages, "
        "mrn, local_reference, ched_status, ched_issued_at, decision, measure, refusal_reasons, replaced_by, parts_digest, "
        "state, urgency, step, actor, action, opened_at, changed_at) VALUES (1, 'CHEDP.FR.2026.0000001', 'CHEDP', 'FRXXX1', "
        "'Miel', '', '', 4500.125, '', '', '', '1', :at, '', '', '', '', '', 'blocked', 0, 'decision', '', '', :at, :at)"
    ),
    (
        "INSERT INTO goods_line (id, consignment_id, sequence, description, scientific_name, cn_code, cn_label, eppo_code, "
        "product_type, origin_country, net_weight, gross_weight, packages) "
        "VALUES (1, 1, 1, '', '', '', '', '', '', '', 4500.125, 0.5, '')"
    ),
    (
        "INSERT INTO step_fact (id, consignment_id, step, status, at, recorded_at, authority, result, reason, detail) VALUES "
        "(1, 1, 'identity', 'satisfactory', :at, :at, 'sivep', 'SATISFACTORY', '', 'SEAL_CHECK'), "
        "(2, 1, 'identity', 'started', :at, :at, 'sivep', '', '', 'Au quai 3')"
    ),
)


def _triggers(connection: Connection) -> set[str]:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'consignment'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = 'consignment'::regclass AND NOT tgisinternal"
    )
    return set(connection.scalars(text(asked)))


async def _amounts(connection: AsyncConnection) -> tuple[float, ...]:
    asked = "SELECT c.net_weight, g.net_weight, g.gross_weight FROM consignment c JOIN goods_line g ON g.consignment_id = c.id"
    return tuple(map(float, (await connection.execute(text(asked))).one()))


async def _said(connection: AsyncConnection) -> list[tuple[str, str]]:
    rows = await connection.execute(text("SELECT reason, detail FROM step_fact ORDER BY id"))
    return [(reason, detail) for reason, detail in rows]


_BEFORE_SUBJECTS = (
    "INSERT INTO account (id, email, name, role, password_hash, created_at, password_changed_at, failed_attempts) VALUES (1, 'ada@example.org', 'Ada', 'sivep', '', :at, :at, 0)",
    (
        "INSERT INTO alert_threshold (id, quantity, post_code, ched_type, step, opens_at, closes_at, active, changed_at) "
        "VALUES (1, 'step_age', '', '', '', 60, 50, true, :at)"
    ),
    (
        "INSERT INTO alert (id, threshold_id, quantity, post_code, ched_type, step, subject, consignment_id, value, opens_at, "
        "since, opened_at, updated_at) VALUES "
        "(1, 1, 'step_age', 'FRLEH1', 'CHEDP', '', '1', 1, 70, 60, :at, :at, :at), "
        "(2, 1, 'queue_length', 'FRLEH1', '', '', '', NULL, 70, 60, :at, :at, :at)"
    ),
    "INSERT INTO work_claim (id, consignment_id, account_id, service, at) VALUES (1, 1, 1, 'sivep', :at)",
    (
        "INSERT INTO notice (id, account_id, kind, subject, consignment_id, details, count, last_seq, created_at, last_at) VALUES "
        "(1, 1, 'released', 'consignment:1', 1, '{}', 1, 1, :at, :at), "
        "(2, 1, 'service_alert', 'service:DELTA_G:DTI', NULL, '{}', 1, 2, :at, :at), "
        "(3, 1, 'message_refused', 'message', NULL, '{}', 1, 3, :at, :at)"
    ),
)
_SUBJECTS = {
    "alert": [("consignment", "1"), ("", "")],
    "work_claim": [("consignment", "1")],
    "notice": [("consignment", "1"), ("service", "DELTA_G:DTI"), ("message", "")],
}


async def test_what_notices_alerts_and_claims_are_about_outlives_both_directions(empty: str) -> None:
    """SES-05, SES-20, SES-30: and one claim, one open alert, of each thing."""
    await migrate(empty, "0008")
    engine = make_short_lived_engine(empty)
    at = {"at": "2026-03-24 09:00:00"}
    async with engine.begin() as connection:
        for statement in _OLD_ROWS[:2]:
            await connection.execute(text(statement), at if ":at" in statement else {})
    await migrate(empty, "0013")
    async with engine.begin() as connection:
        for statement in _BEFORE_SUBJECTS:
            await connection.execute(text(statement), at)
        before = {table: await _all(connection, table) for table in _SUBJECTS}
    for _ in range(2):
        await migrate(empty)
        async with engine.begin() as connection:
            for table, subjects in _SUBJECTS.items():
                rows = await connection.execute(
                    text(f"SELECT subject_kind, subject_id FROM {table} ORDER BY id")  # noqa: S608 - names of ours
                )
                assert [tuple(row) for row in rows] == subjects
        await migrate(empty, "0013")
        async with engine.begin() as connection:
            assert {table: await _all(connection, table) for table in _SUBJECTS} == before
    with pytest.raises(DBAPIError):
        async with engine.begin() as connection:
            await connection.execute(
                text(
                    "INSERT INTO work_claim (id, consignment_id, account_id, service, at) VALUES (2, 1, 1, 'sivep', :at)"
                ),
                at,
            )
    await engine.dispose()


async def _all(connection: AsyncConnection, table: str) -> list[dict[str, object]]:
    rows = await connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))  # noqa: S608 - names of ours
    return [dict(row) for row in rows.mappings()]
