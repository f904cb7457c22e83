"""tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("siren"),
    )
    op.create_table(
        "consignment_tally",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("ched_type", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "bucket", "state", "actor", "post_code", "ched_type"),
    )
    op.create_table(
        "debt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=True),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("notice_hash", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("co_owner", "reference"),
    )
    with op.batch_alter_table("debt", schema=None) as batch_op:
        batch_op.create_index("ix_debt_due", ["siren", "co_owner", "status", "due_on"], unique=False)

    op.create_table(
        "declaration_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("in_progress", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("co_owner", "reference"),
    )
    with op.batch_alter_table("declaration_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_line_siren"), ["siren"], unique=False)

    op.create_table(
        "due_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=True),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("co_owner", "reference"),
    )
    with op.batch_alter_table("due_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_date_siren"), ["siren"], unique=False)

    op.create_table(
        "figure_feed",
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("co_owner", "kind"),
    )
    op.create_table(
        "habilitation_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "journal_entry",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=True),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("post_code", sa.String(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("personal", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("personal_salt", sa.String(), nullable=True),
        sa.Column("personal_digest", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_consignment_id"), ["consignment_id"], unique=False)

    op.create_table(
        "journal_seal",
        sa.Column("batch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("leaves", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("batch"),
    )
    with op.batch_alter_table("journal_seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_seal_last_seq"), ["last_seq"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("warnings", sa.String(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("named_posts", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["replaced_by"],
            ["message.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_replaced_by"), ["replaced_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_status"), ["status"], unique=False)

    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_given_at"), ["given_at"], unique=False)

    op.create_table(
        "partner_client",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("co_owners", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("debt_reference", sa.String(), nullable=True),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=True),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("co_owner", "reference"),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index("ix_payment_debt", ["co_owner", "debt_reference"], unique=False)
        batch_op.create_index("ix_payment_paid", ["siren", "co_owner", "status", "paid_on"], unique=False)

    op.create_table(
        "post",
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("locode", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("connected", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_locode"), ["locode"], unique=False)

    op.create_table(
        "sepa_mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("co_owner", "reference"),
    )
    with op.batch_alter_table("sepa_mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sepa_mandate_siren"), ["siren"], unique=False)

    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempts_last_failed_at"), ["last_failed_at"], unique=False
        )

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "awaited_subject",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
        ),
        sa.PrimaryKeyConstraint("message_id", "kind", "value"),
    )
    with op.batch_alter_table("awaited_subject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awaited_subject_value"), ["value"], unique=False)

    op.create_table(
        "company_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scheme", "value"),
    )
    with op.batch_alter_table("company_identifier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_identifier_siren"), ["siren"], unique=False)

    op.create_table(
        "consignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("ched_type", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("origin_country", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("net_weight", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("packages", sa.String(), nullable=False),
        sa.Column("mrn", sa.String(), nullable=False),
        sa.Column("local_reference", sa.String(), nullable=False),
        sa.Column("ched_status", sa.String(), nullable=False),
        sa.Column("ched_issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("refusal_reasons", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.Column("parts_digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("consignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consignment_all", ["urgency", "changed_at", "id", "closed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consignment_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(
            "ix_consignment_company", ["siren", "urgency", "changed_at", "id", "closed_at"], unique=False
        )
        batch_op.create_index(
            "ix_consignment_post", ["post_code", "urgency", "changed_at", "id", "closed_at"], unique=False
        )

    op.create_table(
        "establishment",
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("siret"),
    )
    with op.batch_alter_table("establishment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_establishment_siren"), ["siren"], unique=False)

    op.create_table(
        "message_body",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
        ),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_table(
        "representation_mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("represented", sa.String(), nullable=False),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["representative"],
            ["company.siren"],
        ),
        sa.ForeignKeyConstraint(
            ["represented"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("representation_mandate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_representation_mandate_representative"), ["representative"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_representation_mandate_represented"), ["represented"], unique=False
        )

    op.create_table(
        "certification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("certified_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["certified_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("certification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certification_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certification_siren"), ["siren"], unique=False)

    op.create_table(
        "cited_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("type_name", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("cited_document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cited_document_consignment_id"), ["consignment_id"], unique=False
        )

    op.create_table(
        "co_owner_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_here", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "co_owner"),
        sa.UniqueConstraint("co_owner", "subject"),
    )
    with op.batch_alter_table("co_owner_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_owner_link_account_id"), ["account_id"], unique=False)

    op.create_table(
        "company_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("tied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("company_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_tie_consignment_id"), ["consignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_tie_tied_at"), ["tied_at"], unique=False)

    op.create_table(
        "consignment_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column(
            "reversed", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("consignment_id", "kind", "value"),
    )
    with op.batch_alter_table("consignment_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consignment_key_consignment_id"), ["consignment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consignment_key_reversed"), ["reversed"], unique=False)
        batch_op.create_index(batch_op.f("ix_consignment_key_value"), ["value"], unique=False)

    op.create_table(
        "consignment_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consignment_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consignment_party_consignment_id"), ["consignment_id"], unique=False
        )

    op.create_table(
        "container",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("seals", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("container", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_container_consignment_id"), ["consignment_id"], unique=False)

    op.create_table(
        "email",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("email", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_email_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_email_due_at"), ["due_at"], unique=False)

    op.create_table(
        "email_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("email_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_email_link_account_id"), ["account_id"], unique=False)

    op.create_table(
        "goods_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("scientific_name", sa.String(), nullable=False),
        sa.Column("cn_code", sa.String(), nullable=False),
        sa.Column("cn_label", sa.String(), nullable=False),
        sa.Column("eppo_code", sa.String(), nullable=False),
        sa.Column("product_type", sa.String(), nullable=False),
        sa.Column("origin_country", sa.String(), nullable=False),
        sa.Column("net_weight", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("gross_weight", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("packages", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("goods_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goods_line_consignment_id"), ["consignment_id"], unique=False)

    op.create_table(
        "habilitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("siret", sa.String(), nullable=True),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("habilitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_habilitation_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_habilitation_siren"), ["siren"], unique=False)

    op.create_table(
        "help_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_request_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_siren"), ["siren"], unique=False)

    op.create_table(
        "message_subject",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
        ),
        sa.PrimaryKeyConstraint("message_id", "consignment_id"),
    )
    with op.batch_alter_table("message_subject", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_subject_consignment_id"), ["consignment_id"], unique=False
        )

    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_post_code"), ["post_code"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("consignment_id", "kind"),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_consignment_id"), ["consignment_id"], unique=False)

    op.create_table(
        "step_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("step_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_fact_consignment_id"), ["consignment_id"], unique=False)

    op.create_table(
        "terms_acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "version"),
    )
    with op.batch_alter_table("terms_acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_terms_acceptance_account_id"), ["account_id"], unique=False)

    op.create_table(
        "transport_means",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("transport_means", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transport_means_consignment_id"), ["consignment_id"], unique=False
        )

    op.create_table(
        "link_attempt",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("co_owner", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("code_verifier", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("state"),
    )
    with op.batch_alter_table("link_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_attempt_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_attempt_started_at"), ["started_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("link_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_attempt_started_at"))
        batch_op.drop_index(batch_op.f("ix_link_attempt_session_id"))

    op.drop_table("link_attempt")
    with op.batch_alter_table("transport_means", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transport_means_consignment_id"))

    op.drop_table("transport_means")
    with op.batch_alter_table("terms_acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_terms_acceptance_account_id"))

    op.drop_table("terms_acceptance")
    with op.batch_alter_table("step_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_fact_consignment_id"))

    op.drop_table("step_fact")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_consignment_id"))

    op.drop_table("step")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_account_id"))

    op.drop_table("session")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_post_code"))
        batch_op.drop_index(batch_op.f("ix_posting_account_id"))

    op.drop_table("posting")
    with op.batch_alter_table("message_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_subject_consignment_id"))

    op.drop_table("message_subject")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_siren"))

    op.drop_table("invitation")
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_request_asked_at"))

    op.drop_table("help_request")
    with op.batch_alter_table("habilitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_habilitation_siren"))
        batch_op.drop_index(batch_op.f("ix_habilitation_account_id"))

    op.drop_table("habilitation")
    with op.batch_alter_table("goods_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goods_line_consignment_id"))

    op.drop_table("goods_line")
    with op.batch_alter_table("email_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_email_link_account_id"))

    op.drop_table("email_link")
    with op.batch_alter_table("email", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_email_due_at"))
        batch_op.drop_index(batch_op.f("ix_email_account_id"))

    op.drop_table("email")
    with op.batch_alter_table("container", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_container_consignment_id"))

    op.drop_table("container")
    with op.batch_alter_table("consignment_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consignment_party_consignment_id"))

    op.drop_table("consignment_party")
    with op.batch_alter_table("consignment_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consignment_key_value"))
        batch_op.drop_index(batch_op.f("ix_consignment_key_reversed"))
        batch_op.drop_index(batch_op.f("ix_consignment_key_consignment_id"))

    op.drop_table("consignment_key")
    with op.batch_alter_table("company_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_tie_tied_at"))
        batch_op.drop_index(batch_op.f("ix_company_tie_consignment_id"))

    op.drop_table("company_tie")
    with op.batch_alter_table("co_owner_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_owner_link_account_id"))

    op.drop_table("co_owner_link")
    with op.batch_alter_table("cited_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cited_document_consignment_id"))

    op.drop_table("cited_document")
    with op.batch_alter_table("certification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certification_siren"))
        batch_op.drop_index(batch_op.f("ix_certification_account_id"))

    op.drop_table("certification")
    with op.batch_alter_table("representation_mandate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representation_mandate_represented"))
        batch_op.drop_index(batch_op.f("ix_representation_mandate_representative"))

    op.drop_table("representation_mandate")
    op.drop_table("message_body")
    with op.batch_alter_table("establishment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_establishment_siren"))

    op.drop_table("establishment")
    with op.batch_alter_table("consignment", schema=None) as batch_op:
        batch_op.drop_index("ix_consignment_post")
        batch_op.drop_index("ix_consignment_company")
        batch_op.drop_index(batch_op.f("ix_consignment_closed_at"))
        batch_op.drop_index("ix_consignment_all")

    op.drop_table("consignment")
    with op.batch_alter_table("company_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_identifier_siren"))

    op.drop_table("company_identifier")
    with op.batch_alter_table("awaited_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awaited_subject_value"))

    op.drop_table("awaited_subject")
    op.drop_table("account")
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempts_last_failed_at"))

    op.drop_table("sign_in_attempts")
    with op.batch_alter_table("sepa_mandate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sepa_mandate_siren"))

    op.drop_table("sepa_mandate")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_locode"))

    op.drop_table("post")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index("ix_payment_paid")
        batch_op.drop_index("ix_payment_debt")

    op.drop_table("payment")
    op.drop_table("partner_client")
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_given_at"))

    op.drop_table("opinion")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_status"))
        batch_op.drop_index(batch_op.f("ix_message_replaced_by"))
        batch_op.drop_index(batch_op.f("ix_message_received_at"))

    op.drop_table("message")
    with op.batch_alter_table("journal_seal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_seal_last_seq"))

    op.drop_table("journal_seal")
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_entry_consignment_id"))

    op.drop_table("journal_entry")
    op.drop_table("habilitation_event")
    op.drop_table("figure_feed")
    with op.batch_alter_table("due_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_due_date_siren"))

    op.drop_table("due_date")
    with op.batch_alter_table("declaration_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declaration_line_siren"))

    op.drop_table("declaration_line")
    with op.batch_alter_table("debt", schema=None) as batch_op:
        batch_op.drop_index("ix_debt_due")

    op.drop_table("debt")
    op.drop_table("consignment_tally")
    op.drop_table("company")
