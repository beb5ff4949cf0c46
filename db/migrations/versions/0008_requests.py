"""Requests for help, their offers and what became of them."""

import sqlalchemy as sa
from alembic import op

from db.types import Flag, Instant, Key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requests",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("follow_hash", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=True),
        sa.Column("squad", sa.Text(), nullable=True),
        sa.Column("dangerous", Flag(), nullable=False),
        sa.Column("strangers_only", Flag(), nullable=False),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("from_at", Instant(), nullable=True),
        sa.Column("until_at", Instant(), nullable=True),
        sa.Column("called", sa.Text(), nullable=True),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("unit_id", Key, nullable=True),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("held_for", sa.Text(), nullable=True),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("ladder", Key, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("offering_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("same_as_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_requests_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_requests_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_requests_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_requests_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["same_as_id"],
            ["requests.id"],
            name=op.f("fk_requests_same_as_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_requests_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("code", name=op.f("uq_requests_code")),
        sa.UniqueConstraint("follow_hash", name=op.f("uq_requests_follow_hash")),
        sa.UniqueConstraint("number", name=op.f("uq_requests_number")),
        sqlite_strict=True,
    )
    op.create_index("ix_requests_case", "requests", ["case_id", "id"], unique=False)
    op.create_index("ix_requests_made", "requests", ["made_at", "id"], unique=False)
    op.create_index(
        "ix_requests_open",
        "requests",
        ["urgency", "made_at"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('closed', 'duplicate', 'cancelled', 'transferred')"),
        postgresql_where=sa.text(
            "state NOT IN ('closed', 'duplicate', 'cancelled', 'transferred')"
        ),
    )
    op.create_index("ix_requests_unit", "requests", ["unit_id", "id"], unique=False)
    op.create_table(
        "request_people",
        sa.Column("request_id", Key, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("door", sa.Text(), nullable=True),
        sa.Column("health", sa.Text(), nullable=True),
        sa.Column("consent_at", Instant(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["requests.id"],
            name=op.f("fk_request_people_request_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_people")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_request_people_phone"), "request_people", ["phone"], unique=False)
    op.create_table(
        "request_unwanted",
        sa.Column("request_id", Key, nullable=False, autoincrement=False),
        sa.Column("volunteer_id", Key, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["requests.id"],
            name=op.f("fk_request_unwanted_request_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_request_unwanted_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("request_id", "volunteer_id", name=op.f("pk_request_unwanted")),
        sqlite_strict=True,
    )
    op.create_table(
        "offers",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("request_id", Key, nullable=False),
        sa.Column("ladder", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", Key, nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_offers_request_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["accounts.id"], name=op.f("fk_offers_sent_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_offers_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("code", name=op.f("uq_offers_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_offers_request", "offers", ["request_id", "id"], unique=False)
    op.create_index("ix_offers_volunteer", "offers", ["volunteer_id", "sent_at"], unique=False)
    op.create_index(
        "uq_offers_accepted",
        "offers",
        ["request_id", "ladder"],
        unique=True,
        sqlite_where=sa.text("state = 'accepted'"),
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index(
        "uq_offers_open",
        "offers",
        ["volunteer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'sent'"),
        postgresql_where=sa.text("state = 'sent'"),
    )
    op.create_table(
        "assignments",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("request_id", Key, nullable=False),
        sa.Column("offer_id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("set_out_at", Instant(), nullable=True),
        sa.Column("arrived_at", Instant(), nullable=True),
        sa.Column("left_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("absent", Flag(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("photo_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offers.id"], name=op.f("fk_assignments_offer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_assignments_photo_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["requests.id"],
            name=op.f("fk_assignments_request_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_assignments_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("code", name=op.f("uq_assignments_code")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_assignments_offer_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_assignments_request", "assignments", ["request_id", "id"], unique=False)
    op.create_index(
        "ix_assignments_volunteer", "assignments", ["volunteer_id", "accepted_at"], unique=False
    )
    op.create_index(
        "uq_assignments_request",
        "assignments",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_assignments_volunteer",
        "assignments",
        ["volunteer_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "request_rungs",
        sa.Column("id", Key, nullable=False),
        sa.Column("request_id", Key, nullable=False),
        sa.Column("ladder", Key, nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["requests.id"],
            name=op.f("fk_request_rungs_request_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_rungs")),
        sa.UniqueConstraint(
            "request_id", "ladder", "rung", name=op.f("uq_request_rungs_request_id_ladder_rung")
        ),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
