"""What facts, notices, alerts and claims are about is a subject: a kind, and which of its kind.

Until here each named a consignment or nothing. What the journal sealed of an entry keeps its bytes: they tell a
consignment by its number, which a subject of that kind still holds. A version before cannot read the new columns: it
must not run beside this schema.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_REASON = "the journal is append-only"
_PURGEABLE = ("personal", "personal_salt")
_OPEN = sa.text("closed_at IS NULL")
_COLUMNS = ("subject_kind", "subject_id")
_KEY = "CAST(consignment_id AS VARCHAR)"
_BACK = "CASE WHEN subject_kind = 'consignment' THEN CAST(subject_id AS INTEGER) END"


def upgrade() -> None:
    _journal_names_subjects()
    _add("notice")
    op.execute(
        "UPDATE notice SET subject_kind = CASE WHEN subject LIKE '%:%' "  # noqa: S608 - constants
        f"THEN substr(subject, 1, {_colon()} - 1) ELSE subject END, "
        f"subject_id = CASE WHEN subject LIKE '%:%' THEN substr(subject, {_colon()} + 1) ELSE '' END"
    )
    _require("notice", "subject", "consignment_id")
    op.drop_index("uq_alert_open", table_name="alert")
    op.drop_index("ix_alert_consignment_id", table_name="alert")
    _add("alert")
    op.execute(
        f"UPDATE alert SET subject_id = coalesce({_KEY}, ''), "  # noqa: S608 - constants
        "subject_kind = CASE WHEN consignment_id IS NULL THEN '' ELSE 'consignment' END"
    )
    _require("alert", "subject", "consignment_id")
    _index_alerts(*_COLUMNS)
    op.create_index("ix_alert_subject", "alert", _COLUMNS)
    _add("work_claim")
    op.execute(f"UPDATE work_claim SET subject_kind = 'consignment', subject_id = {_KEY}")  # noqa: S608
    with op.batch_alter_table("work_claim") as table:
        _harden(table)
        table.drop_column("consignment_id")
        table.create_unique_constraint("uq_work_claim_subject", list(_COLUMNS))


def downgrade() -> None:
    with op.batch_alter_table("work_claim") as table:
        table.add_column(sa.Column("consignment_id", sa.Integer(), nullable=True))
    op.execute("DELETE FROM work_claim WHERE subject_kind <> 'consignment'")
    op.execute(f"UPDATE work_claim SET consignment_id = {_BACK}")  # noqa: S608 - constants
    with op.batch_alter_table("work_claim") as table:
        table.drop_constraint("uq_work_claim_subject", type_="unique")
        table.alter_column("consignment_id", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("work_claim_consignment_id_key", ["consignment_id"])
        table.create_foreign_key("work_claim_consignment_id_fkey", "consignment", ["consignment_id"], ["id"])
        _drop(table)
    op.drop_index("uq_alert_open", table_name="alert")
    op.drop_index("ix_alert_subject", table_name="alert")
    _bring_back("alert", "subject_id")
    _index_alerts("subject")
    op.create_index("ix_alert_consignment_id", "alert", ["consignment_id"])
    _bring_back(
        "notice", "CASE WHEN subject_id = '' THEN subject_kind ELSE subject_kind || ':' || subject_id END"
    )
    _journal_names_consignments()


def _journal_names_subjects() -> None:
    _let_through()
    for name in _COLUMNS:
        op.add_column("journal_entry", sa.Column(name, sa.String(), nullable=True))
    consignment = f"subject_kind = 'consignment', subject_id = {_KEY}"
    op.execute(f"UPDATE journal_entry SET {consignment} WHERE consignment_id IS NOT NULL")  # noqa: S608
    for kinds, kind, key in _NAMED:
        op.execute(
            f"UPDATE journal_entry SET subject_kind = '{kind}', subject_id = {key()} "  # noqa: S608 - constants
            f"WHERE kind LIKE '{kinds}' AND consignment_id IS NULL AND {key()} IS NOT NULL"
        )
    op.drop_index("ix_journal_entry_consignment_id", table_name="journal_entry")
    op.drop_column("journal_entry", "consignment_id")
    op.create_index("ix_journal_entry_subject", "journal_entry", list(_COLUMNS))
    _protect()


def _journal_names_consignments() -> None:
    """Subjects of other kinds have no room in the schema of before."""
    _let_through()
    op.add_column("journal_entry", sa.Column("consignment_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE journal_entry SET consignment_id = {_BACK} WHERE subject_kind = 'consignment'")  # noqa: S608
    op.drop_index("ix_journal_entry_subject", table_name="journal_entry")
    for name in _COLUMNS:
        op.drop_column("journal_entry", name)
    op.create_index("ix_journal_entry_consignment_id", "journal_entry", ["consignment_id"])
    _protect()


def _alert() -> str:
    return _of_payload("alert")


def _account() -> str:
    return _of_payload("account_id")


def _service() -> str:
    return f"{_of_payload('service')} || ':' || {_of_payload('mode')}"


_NAMED = (
    ("alert.%", "alert", _alert),
    ("service_alert.%", "service", _service),
    *(
        (f"{kinds}.%", "account", _account)
        for kinds in ("account", "factor", "notification", "session", "terms")
    ),
)
"""Whose payload says what they are about: (kinds, kind of subject, where its key stands)."""


def _sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _of_payload(name: str) -> str:
    return f"CAST(json_extract(payload, '$.{name}') AS VARCHAR)" if _sqlite() else f"(payload ->> '{name}')"


def _colon() -> str:
    return "instr(subject, ':')" if _sqlite() else "strpos(subject, ':')"


def _let_through() -> None:
    """The trigger of SQLite names the columns; PostgreSQL's only stops meanwhile."""
    if _sqlite():
        op.execute("DROP TRIGGER journal_entry_refuses_update")
    else:
        op.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_refuses_change")


def _protect() -> None:
    if not _sqlite():
        op.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_refuses_change")
        return
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("journal_entry")]
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in columns if name not in _PURGEABLE)
    emptied = " AND ".join(f"NEW.{name} IS NULL" for name in _PURGEABLE)
    op.execute(
        "CREATE TRIGGER journal_entry_refuses_update BEFORE UPDATE ON journal_entry "
        f"WHEN NOT ({same} AND {emptied} AND OLD.personal_salt IS NOT NULL) "
        f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
    )


def _add(table: str) -> None:
    for name in _COLUMNS:
        op.add_column(table, sa.Column(name, sa.String(), nullable=True))


def _harden(table: object) -> None:
    for name in _COLUMNS:
        table.alter_column(name, existing_type=sa.String(), nullable=False)  # type: ignore[attr-defined]


def _drop(table: object) -> None:
    for name in _COLUMNS:
        table.drop_column(name)  # type: ignore[attr-defined]


def _require(name: str, *dropped: str) -> None:
    with op.batch_alter_table(name) as table:
        _harden(table)
        for column in dropped:
            table.drop_column(column)


def _bring_back(name: str, subject: str) -> None:
    op.add_column(name, sa.Column("subject", sa.String(), nullable=True))
    op.add_column(name, sa.Column("consignment_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE {name} SET subject = {subject}, consignment_id = {_BACK}")  # noqa: S608 - constants
    with op.batch_alter_table(name) as table:
        table.alter_column("subject", existing_type=sa.String(), nullable=False)
        table.create_foreign_key(f"{name}_consignment_id_fkey", "consignment", ["consignment_id"], ["id"])
        _drop(table)


def _index_alerts(*subject: str) -> None:
    op.create_index(
        "uq_alert_open",
        "alert",
        ["quantity", "post_code", "ched_type", "step", *subject],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
