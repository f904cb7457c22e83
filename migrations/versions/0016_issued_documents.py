"""issued documents."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_document",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("post_code", sa.String(), nullable=True),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("contents_digest", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_digest", sa.String(), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("timestamped", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint(
            "kind", "subject_kind", "subject_id", "version", name="uq_issued_document_version"
        ),
        sa.UniqueConstraint("series", "rank", name="uq_issued_document_rank"),
    )
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_document_issued_at"), ["issued_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_issued_document_state"), ["state"], unique=False)
        batch_op.create_index("ix_issued_document_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "issued_content",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["issued_document.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )


def downgrade() -> None:
    op.drop_table("issued_content")
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_index("ix_issued_document_subject")
        batch_op.drop_index(batch_op.f("ix_issued_document_state"))
        batch_op.drop_index(batch_op.f("ix_issued_document_issued_at"))

    op.drop_table("issued_document")
