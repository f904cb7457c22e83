"""Weights to the milligram, numbers of animals; posts that messages name and nobody knows yet."""

# ruff: noqa: S608 - the names in these statements are ours

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_BEFORE, _AFTER = sa.Numeric(precision=14, scale=3), sa.Numeric(precision=15, scale=6)
_MOST = 999_999_999
"""Kilograms: what fits in both."""
_METHODS = "('SEAL_CHECK', 'FULL', 'FULL_CHECK')"
_HELD = (("step_fact", "step"), ("step", "kind"))
"""Tables that say how a check was made, and their column of the step."""


def upgrade() -> None:
    for table in ("consignment", "goods_line"):
        _widen(table)
    _add_posts()
    for table, step in _HELD:
        op.execute(
            f"UPDATE {table} SET reason = detail, detail = '' "
            f"WHERE {step} = 'identity' AND reason = '' AND detail IN {_METHODS}"
        )


def downgrade() -> None:
    for table, step in _HELD:
        op.execute(
            f"UPDATE {table} SET detail = reason, reason = '' "
            f"WHERE {step} = 'identity' AND detail = '' AND reason IN {_METHODS}"
        )
    op.drop_table("post_alias")
    with _triggers_of("consignment"), op.batch_alter_table("consignment") as batch:
        batch.drop_column("post_named")
    with op.batch_alter_table("post") as batch:
        batch.drop_column("unknown_since")
    for table in ("goods_line", "consignment"):
        _narrow(table)


def _widen(table: str) -> None:
    for column in ("net_weight", "gross_weight") if table == "goods_line" else ("net_weight",):
        op.execute(f"UPDATE {table} SET {column} = {_MOST} WHERE {column} > {_MOST}")
    with _triggers_of(table), op.batch_alter_table(table) as batch:
        batch.alter_column("net_weight", existing_type=_BEFORE, type_=_AFTER)
        if table == "goods_line":
            batch.alter_column("gross_weight", existing_type=_BEFORE, type_=_AFTER)
        else:
            batch.add_column(sa.Column("gross_weight", _AFTER, nullable=True))
        batch.add_column(sa.Column("quantity", _AFTER, nullable=True))
        batch.add_column(sa.Column("quantity_unit", sa.String(), nullable=False, server_default=""))
    with _triggers_of(table), op.batch_alter_table(table) as batch:
        batch.alter_column("quantity_unit", server_default=None)


def _narrow(table: str) -> None:
    with _triggers_of(table), op.batch_alter_table(table) as batch:
        batch.drop_column("quantity_unit")
        batch.drop_column("quantity")
        if table == "goods_line":
            batch.alter_column("gross_weight", existing_type=_AFTER, type_=_BEFORE)
        else:
            batch.drop_column("gross_weight")
        batch.alter_column("net_weight", existing_type=_AFTER, type_=_BEFORE)


def _add_posts() -> None:
    with op.batch_alter_table("post") as batch:
        batch.add_column(sa.Column("unknown_since", sa.DateTime(timezone=True), nullable=True))
    # Those that no officer chose: a message named them, and they were added without a word.
    named = "SELECT min(opened_at) FROM consignment WHERE consignment.post_code = post.code"
    op.execute(
        f"UPDATE post SET unknown_since = ({named}) WHERE NOT connected "
        "AND code NOT IN ('FRLEH1', 'FRCDG4', 'FRMRS1', 'FRFOS1', 'FRDKK1')"
    )
    with _triggers_of("consignment"), op.batch_alter_table("consignment") as batch:
        batch.add_column(sa.Column("post_named", sa.String(), nullable=True))
    op.create_table(
        "post_alias",
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.Column("post_code", sa.String(length=12), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["post_code"], ["post.code"]),
        sa.PrimaryKeyConstraint("name"),
    )


@contextmanager
def _triggers_of(table: str) -> Iterator[None]:
    """Makes the triggers of a table again where SQLite rebuilt it: they go with the old one."""
    before = _triggers(table)
    yield
    for name in before.keys() - _triggers(table).keys():
        op.execute(sa.text(before[name].replace(":", r"\:")))


def _triggers(table: str) -> dict[str, str]:
    if op.get_bind().dialect.name != "sqlite":
        return {}
    asked = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name")
    return dict(map(tuple, op.get_bind().execute(asked, {"name": table})))
