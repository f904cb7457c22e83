"""The journal and its seals refuse any change, whoever asks: on both engines, by triggers.

One change is let through: the personal part of an entry, and its salt, may be emptied.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REASON = "the journal is append-only"
_TABLES = {"journal_entry": "seq", "journal_seal": "batch"}
_PURGEABLE = ("personal", "personal_salt")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        _write_functions()
    for table, key in _TABLES.items():
        if sqlite:
            _protect_sqlite(table, key)
        else:
            _protect_postgresql(table)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _TABLES:
        for verb in ("update", "delete", "insert_over") if sqlite else ("change", "truncate"):
            op.execute(f"DROP TRIGGER {table}_refuses_{verb}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        op.execute("DROP FUNCTION journal_refuse()")
        op.execute("DROP FUNCTION journal_entry_refuse()")


def _protect_sqlite(table: str, key: str) -> None:
    columns = [one["name"] for one in sa.inspect(op.get_bind()).get_columns(table)]
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in columns if name not in _PURGEABLE)
    emptied = " AND ".join(f"NEW.{name} IS NULL" for name in columns if name in _PURGEABLE)
    allowed = f"{same} AND {emptied} AND OLD.personal_salt IS NOT NULL" if emptied else "0"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
    op.execute(
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} WHEN NOT ({allowed}) {refuse}"
    )
    op.execute(f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {refuse}")
    # INSERT OR REPLACE deletes what stands in its way, and no trigger on DELETE hears of it.
    op.execute(
        f"CREATE TRIGGER {table}_refuses_insert_over BEFORE INSERT ON {table} "  # noqa: S608 - names of ours
        f"WHEN NEW.{key} IN (SELECT {key} FROM {table}) {refuse}"
    )


def _write_functions() -> None:
    refuse = f"RAISE EXCEPTION '{_REASON}'"
    op.execute(
        f"CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$"
    )
    # *= compares rows as they are stored: every column, whatever its type, those still to come included.
    op.execute(
        "CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE kept journal_entry; BEGIN "
        "IF TG_OP = 'UPDATE' AND OLD.personal_salt IS NOT NULL THEN kept := OLD; kept.personal := NULL; kept.personal_salt := NULL; "
        f"IF kept *= NEW THEN RETURN NEW; END IF; END IF; {refuse}; END $$"
    )


def _protect_postgresql(table: str) -> None:
    function = "journal_entry_refuse" if table == "journal_entry" else "journal_refuse"
    op.execute(
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    )
