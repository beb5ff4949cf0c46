"""Activities: places, series, sign-up, attendance, feedback."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_rooms",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spot", sa.Text(), nullable=False),
        sa.Column("seats", Key, nullable=True),
        sa.Column("active", Flag(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_rooms")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_rooms_code")),
        sa.UniqueConstraint("name", name=op.f("uq_activity_rooms_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "activity_series",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("weekday", Key, nullable=False),
        sa.Column("start_minute", Key, nullable=False),
        sa.Column("minutes", Key, nullable=False),
        sa.Column("skips_holidays", Flag(), nullable=False),
        sa.Column("first_on", Day(), nullable=False),
        sa.Column("last_on", Day(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_series")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_series_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "calendar_addresses",
        sa.Column("id", Key, nullable=False),
        sa.Column("account_id", Key, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_calendar_addresses_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_addresses")),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_addresses_account_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_addresses_token_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "room_bookings",
        sa.Column("id", Key, nullable=False),
        sa.Column("room_id", Key, nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("booked_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["booked_by"],
            ["accounts.id"],
            name=op.f("fk_room_bookings_booked_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["activity_rooms.id"],
            name=op.f("fk_room_bookings_room_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_bookings")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_room_bookings_room", "room_bookings", ["room_id", "starts_at"], unique=False
    )
    op.create_table(
        "activities",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("room_id", Key, nullable=True),
        sa.Column("booking_id", Key, nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("unit_id", Key, nullable=True),
        sa.Column("series_id", Key, nullable=True),
        sa.Column("week", Day(), nullable=True),
        sa.Column("by_hand", Flag(), nullable=False),
        sa.Column("public", Flag(), nullable=False),
        sa.Column("sign_up", Flag(), nullable=False),
        sa.Column("capacity", Key, nullable=True),
        sa.Column("headcount", Key, nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["room_bookings.id"],
            name=op.f("fk_activities_booking_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["activity_rooms.id"],
            name=op.f("fk_activities_room_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["activity_series.id"],
            name=op.f("fk_activities_series_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_activities_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("code", name=op.f("uq_activities_code")),
        sa.UniqueConstraint("series_id", "week", name=op.f("uq_activities_series_id_week")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_activities_booking_id"), "activities", ["booking_id"], unique=False)
    op.create_index("ix_activities_starts", "activities", ["starts_at", "id"], unique=False)
    op.create_index(op.f("ix_activities_unit_id"), "activities", ["unit_id"], unique=False)
    op.create_table(
        "room_slots",
        sa.Column("room_id", Key, nullable=False),
        sa.Column("quarter", Key, nullable=False),
        sa.Column("booking_id", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["room_bookings.id"],
            name=op.f("fk_room_slots_booking_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["activity_rooms.id"],
            name=op.f("fk_room_slots_room_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("room_id", "quarter", name=op.f("pk_room_slots")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_room_slots_booking_id"), "room_slots", ["booking_id"], unique=False)
    op.create_table(
        "activity_sign_ups",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("activity_id", Key, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("at_the_door", Flag(), nullable=False),
        sa.Column("seated_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("came_at", Instant(), nullable=True),
        sa.Column("news", sa.Text(), nullable=True),
        sa.Column("rating", Key, nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("rated_at", Instant(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_sign_ups_activity_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["accounts.id"],
            name=op.f("fk_activity_sign_ups_made_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_sign_ups")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_sign_ups_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_activity_sign_ups_code_hash")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_activity_sign_ups_activity", "activity_sign_ups", ["activity_id", "id"], unique=False
    )
    op.create_index("ix_activity_sign_ups_phone", "activity_sign_ups", ["phone"], unique=False)
    op.create_index(
        "uq_activity_sign_ups_person",
        "activity_sign_ups",
        ["activity_id", "phone", "name"],
        unique=True,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
