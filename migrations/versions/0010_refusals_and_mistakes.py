"""What a refusal asks for and by when, as part of its fact; records taken back; where a post is."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# A refusal that a CHED told kept its measure in `reason`, and its reasons beside the consignment alone. One that was
# recorded on screen, without message or conclusion, kept its reason there.
_UP = (
    (
        "UPDATE step_fact SET measure = reason "
        "WHERE step = 'decision' AND status = 'unsatisfactory' AND message_id IS NOT NULL"
    ),
    (
        "UPDATE step_fact SET reason = "
        "(SELECT c.refusal_reasons FROM consignment c WHERE c.id = step_fact.consignment_id) "
        "WHERE step = 'decision' AND status = 'unsatisfactory' AND message_id IS NOT NULL"
    ),
    "UPDATE step SET measure = reason WHERE kind = 'decision' AND status = 'unsatisfactory' AND result <> ''",
    (
        "UPDATE step SET reason = (SELECT c.refusal_reasons FROM consignment c WHERE c.id = step.consignment_id) "
        "WHERE kind = 'decision' AND status = 'unsatisfactory' AND result <> ''"
    ),
)
_DOWN = (
    (
        "UPDATE step_fact SET reason = measure "
        "WHERE step = 'decision' AND status = 'unsatisfactory' AND message_id IS NOT NULL"
    ),
    "UPDATE step SET reason = measure WHERE kind = 'decision' AND status = 'unsatisfactory' AND result <> ''",
)


def upgrade() -> None:
    for table in ("step_fact", "step"):
        _add_text(table, "measure")
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
    with op.batch_alter_table("step_fact") as batch:
        batch.add_column(sa.Column("undoes", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_step_fact_undoes", "step_fact", ["undoes"], ["id"])
    _add_text("post_terms", "address")
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
    with op.batch_alter_table("post_terms") as batch:
        batch.drop_column("address")
    with op.batch_alter_table("step_fact") as batch:
        batch.drop_constraint("fk_step_fact_undoes", type_="foreignkey")
    # Without the column nothing would say that these do not count; the journal still tells of both.
    op.execute(
        "DELETE FROM step_fact WHERE undoes IS NOT NULL "
        "OR id IN (SELECT undoes FROM step_fact WHERE undoes IS NOT NULL)"
    )
    with op.batch_alter_table("step_fact") as batch:
        batch.drop_column("undoes")
    for table in ("step", "step_fact"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("due_on")
            batch.drop_column("measure")


def _add_text(table: str, column: str) -> None:
    """A column of text, empty in the rows that are there."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(column, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table(table) as batch:
        batch.alter_column(column, server_default=None)
