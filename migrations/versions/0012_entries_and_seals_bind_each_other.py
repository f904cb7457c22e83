"""Each entry says when it was written and after which seal; each seal, in which format, and who vouches for a new key.

What was there keeps what it was: entries without either, seals of format 1.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_REASON = "the journal is append-only"
_EARLIER = "a seal of an earlier format would break the chain"
_NEW = {"journal_entry": ("written_at", "after_seal"), "journal_seal": ("version", "endorsement")}
_PURGEABLE = ("personal", "personal_salt")


def upgrade() -> None:
    op.add_column("journal_entry", sa.Column("written_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("journal_entry", sa.Column("after_seal", sa.String(), nullable=True))
    op.add_column("journal_seal", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("journal_seal", sa.Column("endorsement", sa.String(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        _let_purge_alone()
        _refuse_earlier_sqlite()
    else:
        _refuse_earlier_postgresql()


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER journal_seal_refuses_earlier" + ("" if sqlite else " ON journal_seal"))
    if sqlite:
        op.execute("DROP TRIGGER journal_entry_refuses_update")  # it names the columns
    else:
        op.execute("DROP FUNCTION journal_seal_refuse_earlier()")
    for table, columns in _NEW.items():
        for column in columns:
            op.drop_column(table, column)
    if sqlite:
        _protect_entries()


def _let_purge_alone() -> None:
    """The trigger that compares an entry with itself, again: it lists the columns."""
    op.execute("DROP TRIGGER journal_entry_refuses_update")
    _protect_entries()


def _protect_entries() -> None:
    columns = [one["name"] for one in sa.inspect(op.get_bind()).get_columns("journal_entry")]
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in columns if name not in _PURGEABLE)
    emptied = " AND ".join(f"NEW.{name} IS NULL" for name in _PURGEABLE)
    op.execute(
        "CREATE TRIGGER journal_entry_refuses_update BEFORE UPDATE ON journal_entry "
        f"WHEN NOT ({same} AND {emptied} AND OLD.personal_salt IS NOT NULL) "
        f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
    )


def _refuse_earlier_sqlite() -> None:
    """While a new version replaces another, the one before must not seal any more: it cannot name what came."""
    op.execute(
        "CREATE TRIGGER journal_seal_refuses_earlier BEFORE INSERT ON journal_seal "  # noqa: S608 - names of ours
        "WHEN NEW.version < (SELECT version FROM journal_seal ORDER BY batch DESC LIMIT 1) "
        f"BEGIN SELECT RAISE(ABORT, '{_EARLIER}'); END"
    )


def _refuse_earlier_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION journal_seal_refuse_earlier() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        "IF NEW.version < (SELECT version FROM journal_seal ORDER BY batch DESC LIMIT 1) "
        f"THEN RAISE EXCEPTION '{_EARLIER}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_seal_refuses_earlier BEFORE INSERT ON journal_seal "
        "FOR EACH ROW EXECUTE FUNCTION journal_seal_refuse_earlier()"
    )
