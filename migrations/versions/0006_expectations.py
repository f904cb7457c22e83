"""How long each step took, and the curves learnt from it.

What happened before is taken in by the task that keeps them: it follows the journal from its first entry.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duration_curve",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("points", sa.String(), nullable=False),
        sa.Column("fitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "learning_cursor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "step_duration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("ched_type", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["consignment_id"], ["consignment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("consignment_id", "step"),
    )
    columns = ["post_code", "ched_type", "step", "ended_at", "began_at", "started_at", "done"]
    op.create_index("ix_step_duration_case", "step_duration", columns)


def downgrade() -> None:
    op.drop_index("ix_step_duration_case", "step_duration")
    op.drop_table("step_duration")
    op.drop_table("learning_cursor")
    op.drop_table("duration_curve")
