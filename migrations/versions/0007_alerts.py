"""Thresholds, alerts, and who took which consignment in hand."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")
_NOT_PRESENTED = sa.text("kind = 'appointment.not_presented'")


def upgrade() -> None:
    op.create_table(
        "alert_threshold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("ched_type", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("opens_at", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("quantity", "post_code", "ched_type", "step"),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("threshold_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("ched_type", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["threshold_id"], ["alert_threshold.id"]),
        sa.ForeignKeyConstraint(["post_code"], ["post.code"]),
        sa.ForeignKeyConstraint(["consignment_id"], ["consignment.id"]),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["account.id"]),
        sa.ForeignKeyConstraint(["assigned_to"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_alert_threshold_id", "alert", ["threshold_id"])
    op.create_index("ix_alert_consignment_id", "alert", ["consignment_id"])
    op.create_index("ix_alert_closed_at", "alert", ["closed_at"])
    op.create_index("ix_alert_post", "alert", ["post_code", "closed_at"])
    op.create_index(
        "uq_alert_open",
        "alert",
        ["quantity", "post_code", "ched_type", "step", "subject"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "work_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consignment_id"], ["consignment.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("consignment_id"),
    )
    op.create_index("ix_work_claim_account_id", "work_claim", ["account_id"])
    op.create_index(
        "ix_journal_entry_not_presented",
        "journal_entry",
        ["at", "post_code"],
        sqlite_where=_NOT_PRESENTED,
        postgresql_where=_NOT_PRESENTED,
    )


def downgrade() -> None:
    op.drop_index("ix_journal_entry_not_presented", table_name="journal_entry")
    op.drop_table("work_claim")
    op.drop_table("alert")
    op.drop_table("alert_threshold")
