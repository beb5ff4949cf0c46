"""Volunteers 志愿者: people and their consents, skills, hours of the week, shifts, service."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Key

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sign_ins", sa.Column("lasting", Flag(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "volunteers",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("squad", sa.Text(), nullable=False),
        sa.Column("leader", Flag(), nullable=False),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("can_do", sa.Text(), nullable=False),
        sa.Column("cannot_do", sa.Text(), nullable=False),
        sa.Column("quiet_from", Key, nullable=True),
        sa.Column("quiet_to", Key, nullable=True),
        sa.Column("insured_until", Day(), nullable=True),
        sa.Column("paused_until", Instant(), nullable=True),
        sa.Column("joined_on", Day(), nullable=False),
        sa.Column("left_on", Day(), nullable=True),
        sa.Column("last_offered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_volunteers_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"],
            ["estates.id"],
            name=op.f("fk_volunteers_estate_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_volunteers_building_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteers")),
        sa.UniqueConstraint("account_id", name=op.f("uq_volunteers_account_id")),
        sa.UniqueConstraint("code", name=op.f("uq_volunteers_code")),
        sa.UniqueConstraint("number", name=op.f("uq_volunteers_number")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_volunteers_initials",
        "volunteers",
        ["initials"],
        unique=False,
        postgresql_ops={"initials": "text_pattern_ops"},
    )
    op.create_index("ix_volunteers_phone", "volunteers", ["phone"], unique=False)
    op.create_index("ix_volunteers_squad", "volunteers", ["squad", "left_on"], unique=False)
    op.create_table(
        "volunteer_consents",
        sa.Column("id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("valid_until", Day(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("recorded_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_volunteer_consents_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_volunteer_consents_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_consents")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_volunteer_consents_standing",
        "volunteer_consents",
        ["volunteer_id", "consent"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "skills",
        sa.Column("id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("photo_id", Key, nullable=True),
        sa.Column("valid_until", Day(), nullable=True),
        sa.Column("verified_by", Key, nullable=True),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_skills_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photos.id"],
            name=op.f("fk_skills_photo_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"],
            ["accounts.id"],
            name=op.f("fk_skills_verified_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("volunteer_id", "kind", name=op.f("uq_skills_volunteer_id_kind")),
        sqlite_strict=True,
    )
    op.create_table(
        "availabilities",
        sa.Column("id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("weekday", Key, nullable=False),
        sa.Column("from_minute", Key, nullable=False),
        sa.Column("to_minute", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_availabilities_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availabilities")),
        sa.UniqueConstraint(
            "volunteer_id",
            "weekday",
            "from_minute",
            "to_minute",
            name=op.f("uq_availabilities_volunteer_id_weekday_from_minute_to_minute"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "shifts",
        sa.Column("id", Key, nullable=False),
        sa.Column("squad", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint("squad", "starts_at", name=op.f("uq_shifts_squad_starts_at")),
        sqlite_strict=True,
    )
    op.create_index("ix_shifts_ends", "shifts", ["ends_at", "starts_at"], unique=False)
    op.create_table(
        "shift_posts",
        sa.Column("id", Key, nullable=False),
        sa.Column("shift_id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("swapped_from", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shifts.id"],
            name=op.f("fk_shift_posts_shift_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_shift_posts_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["swapped_from"],
            ["volunteers.id"],
            name=op.f("fk_shift_posts_swapped_from"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_posts")),
        sa.UniqueConstraint("shift_id", "position", name=op.f("uq_shift_posts_shift_id_position")),
        sa.UniqueConstraint(
            "shift_id", "volunteer_id", name=op.f("uq_shift_posts_shift_id_volunteer_id")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_shift_posts_volunteer_id", "shift_posts", ["volunteer_id"], unique=False)
    op.create_table(
        "swaps",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("shift_id", Key, nullable=False),
        sa.Column("asked_by", Key, nullable=False),
        sa.Column("asked_of", Key, nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("taken_by", Key, nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shifts.id"],
            name=op.f("fk_swaps_shift_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["volunteers.id"],
            name=op.f("fk_swaps_asked_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["asked_of"],
            ["volunteers.id"],
            name=op.f("fk_swaps_asked_of"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"],
            ["volunteers.id"],
            name=op.f("fk_swaps_taken_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
        sa.UniqueConstraint("code", name=op.f("uq_swaps_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_swaps_shift_id", "swaps", ["shift_id"], unique=False)
    op.create_index(
        "uq_swaps_open",
        "swaps",
        ["shift_id", "asked_by"],
        unique=True,
        sqlite_where=sa.text("taken_at IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("taken_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "service_hours",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", Key, nullable=True),
        sa.Column("arrived_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("entered_by", Key, nullable=True),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("corrects_id", Key, nullable=True),
        sa.Column("confirmed_by", Key, nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_service_hours_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["accounts.id"],
            name=op.f("fk_service_hours_entered_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["service_hours.id"],
            name=op.f("fk_service_hours_corrects_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["accounts.id"],
            name=op.f("fk_service_hours_confirmed_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
        sa.UniqueConstraint("code", name=op.f("uq_service_hours_code")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_service_hours_corrects_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_service_hours_arrived", "service_hours", ["arrived_at"], unique=False)
    op.create_index(
        "ix_service_hours_volunteer", "service_hours", ["volunteer_id", "arrived_at"], unique=False
    )
    op.create_index(
        "ix_service_hours_waiting",
        "service_hours",
        ["arrived_at", "volunteer_id"],
        unique=False,
        sqlite_where=sa.text("confirmed_at IS NULL"),
        postgresql_where=sa.text("confirmed_at IS NULL"),
    )
    op.create_index(
        "uq_service_hours_source",
        "service_hours",
        ["volunteer_id", "source", "source_id"],
        unique=True,
        sqlite_where=sa.text("source_id IS NOT NULL AND corrects_id IS NULL"),
        postgresql_where=sa.text("source_id IS NOT NULL AND corrects_id IS NULL"),
    )
    op.create_table(
        "absences",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", Key, nullable=True),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appealed_at", Instant(), nullable=True),
        sa.Column("settled_by", Key, nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("stands", Flag(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_absences_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_absences_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["accounts.id"],
            name=op.f("fk_absences_settled_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sa.UniqueConstraint("code", name=op.f("uq_absences_code")),
        sa.UniqueConstraint(
            "volunteer_id",
            "source",
            "source_id",
            name=op.f("uq_absences_volunteer_id_source_source_id"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "cards",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("valid_until", Day(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", Key, nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_cards_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["accounts.id"],
            name=op.f("fk_cards_issued_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("code", name=op.f("uq_cards_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_cards_volunteer_id", "cards", ["volunteer_id"], unique=False)
    op.create_table(
        "slips",
        sa.Column("id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_slips_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["accounts.id"],
            name=op.f("fk_slips_made_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_slips_token_hash")),
        sqlite_strict=True,
    )
    op.create_index("ix_slips_volunteer_id", "slips", ["volunteer_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
