"""The journal refuses any change, whoever asks: on both engines, by triggers."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REASON = "the journal is append-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _protect_sqlite()
    else:
        _protect_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_entry_refuses_update")
        op.execute("DROP TRIGGER journal_entry_refuses_delete")
    else:
        op.execute("DROP TRIGGER journal_entry_refuses_change ON journal_entry")
        op.execute("DROP TRIGGER journal_entry_refuses_truncate ON journal_entry")
        op.execute("DROP FUNCTION journal_entry_refuse()")


def _protect_sqlite() -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_entry_refuses_{verb.lower()} BEFORE {verb} ON journal_entry "
            f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
        )


def _protect_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_entry_refuses_change BEFORE UPDATE OR DELETE ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()"
    )
    op.execute(
        "CREATE TRIGGER journal_entry_refuses_truncate BEFORE TRUNCATE ON journal_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()"
    )
