"""appointments."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("controls", sa.String(), nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("bay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bay_post_code"), ["post_code"], unique=False)

    op.create_table(
        "control_length",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("control", sa.String(), nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("more", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("post_code", "control", "goods"),
    )
    with op.batch_alter_table("control_length", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_control_length_post_code"), ["post_code"], unique=False)

    op.create_table(
        "partner_mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["partner_client.id"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("partner_mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_mandate_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_mandate_siren"), ["siren"], unique=False)

    op.create_table(
        "post_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("season_from", sa.String(), nullable=False),
        sa.Column("season_to", sa.String(), nullable=False),
        sa.Column("inspectors", sa.Integer(), nullable=False),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("post_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_hours_post_code"), ["post_code"], unique=False)

    op.create_table(
        "post_terms",
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("four_hours", sa.Boolean(), nullable=False),
        sa.Column("wood_days", sa.Integer(), nullable=False),
        sa.Column("booking_notice", sa.Integer(), nullable=False),
        sa.Column("change_notice", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("confirms_itself", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("post_code"),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("siren", sa.String(), nullable=False),
        sa.Column("control", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("containers", sa.Integer(), nullable=False),
        sa.Column("bay_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_bay", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_text", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("booked_by", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bay_id"],
            ["bay.id"],
        ),
        sa.ForeignKeyConstraint(
            ["booked_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.ForeignKeyConstraint(
            ["proposed_bay"],
            ["bay.id"],
        ),
        sa.ForeignKeyConstraint(
            ["siren"],
            ["company.siren"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_company", ["siren", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_held_until"), ["held_until"], unique=False)
        batch_op.create_index("ix_appointment_plan", ["post_code", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_proposed_until"), ["proposed_until"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "post_code"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "post_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("bay_id", sa.Integer(), nullable=True),
        sa.Column("absent", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bay_id"],
            ["bay.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("post_closure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_closure_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_closure_post_code"), ["post_code"], unique=False)

    op.create_table(
        "appointment_consignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("appointment_id", "consignment_id"),
    )
    with op.batch_alter_table("appointment_consignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointment_consignment_consignment_id"), ["consignment_id"], unique=False
        )

    op.create_table(
        "appointment_instructions",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("container_code", sa.String(), nullable=False),
        sa.Column("opening_side", sa.String(), nullable=False),
        sa.Column("perishable", sa.Boolean(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
        ),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    op.create_table(
        "bay_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bay_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["bay_id"],
            ["bay.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bay_id", "starts_at", name="uq_bay_place"),
    )
    with op.batch_alter_table("bay_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bay_place_appointment_id"), ["appointment_id"], unique=False)

    op.create_table(
        "booked_control",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("consignment_id", "step"),
    )
    with op.batch_alter_table("booked_control", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_booked_control_appointment_id"), ["appointment_id"], unique=False
        )

    op.create_table(
        "inspector_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("post_code", "service", "seat", "starts_at", name="uq_inspector_place"),
    )
    with op.batch_alter_table("inspector_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inspector_place_appointment_id"), ["appointment_id"], unique=False
        )
        batch_op.create_index("ix_inspector_place_when", ["post_code", "service", "starts_at"], unique=False)

    op.create_table(
        "waiting_place",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_code"],
            ["post.code"],
        ),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_place_post_code"), ["post_code"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_place_post_code"))

    op.drop_table("waiting_place")
    with op.batch_alter_table("inspector_place", schema=None) as batch_op:
        batch_op.drop_index("ix_inspector_place_when")
        batch_op.drop_index(batch_op.f("ix_inspector_place_appointment_id"))

    op.drop_table("inspector_place")
    with op.batch_alter_table("booked_control", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booked_control_appointment_id"))

    op.drop_table("booked_control")
    with op.batch_alter_table("bay_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bay_place_appointment_id"))

    op.drop_table("bay_place")
    op.drop_table("appointment_instructions")
    with op.batch_alter_table("appointment_consignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_consignment_consignment_id"))

    op.drop_table("appointment_consignment")
    with op.batch_alter_table("post_closure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_closure_post_code"))
        batch_op.drop_index(batch_op.f("ix_post_closure_ends_at"))

    op.drop_table("post_closure")
    op.drop_table("calendar_feed")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_proposed_until"))
        batch_op.drop_index("ix_appointment_plan")
        batch_op.drop_index(batch_op.f("ix_appointment_held_until"))
        batch_op.drop_index("ix_appointment_company")

    op.drop_table("appointment")
    op.drop_table("post_terms")
    with op.batch_alter_table("post_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_hours_post_code"))

    op.drop_table("post_hours")
    with op.batch_alter_table("partner_mandate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_mandate_siren"))
        batch_op.drop_index(batch_op.f("ix_partner_mandate_client_id"))

    op.drop_table("partner_mandate")
    with op.batch_alter_table("control_length", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_control_length_post_code"))

    op.drop_table("control_length")
    with op.batch_alter_table("bay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bay_post_code"))

    op.drop_table("bay")
