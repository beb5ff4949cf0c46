"""The election: preparation group, consultations, coverage, committee terms."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Key

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "candidate_displays",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("displayed_on", Day(), nullable=False),
        sa.Column("until_on", Day(), nullable=False),
        sa.Column("days_source", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_candidate_displays_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"],
            ["votes.id"],
            name=op.f("fk_candidate_displays_vote_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_displays")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_candidate_displays_vote_id"), "candidate_displays", ["vote_id"], unique=False
    )
    op.create_table(
        "committee_terms",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=True),
        sa.Column("seats", Key, nullable=False),
        sa.Column("elected_on", Day(), nullable=False),
        sa.Column("begins_on", Day(), nullable=False),
        sa.Column("ends_on", Day(), nullable=False),
        sa.Column("years_source", sa.Text(), nullable=False),
        sa.Column("filed_on", Day(), nullable=True),
        sa.Column("filed_number", sa.Text(), nullable=True),
        sa.Column("filed_by", Key, nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"],
            ["estates.id"],
            name=op.f("fk_committee_terms_estate_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"],
            ["accounts.id"],
            name=op.f("fk_committee_terms_filed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_committee_terms_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_committee_terms_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_terms")),
        sa.UniqueConstraint("vote_id", name=op.f("uq_committee_terms_vote_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_committee_terms_estate", "committee_terms", ["estate_id", "elected_on"], unique=False
    )
    op.create_table(
        "consultations",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("held_for", sa.Text(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", Key, nullable=True),
        sa.Column("called", Flag(), nullable=False),
        sa.Column("revealed_for", sa.Text(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["accounts.id"],
            name=op.f("fk_consultations_answered_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"],
            ["estates.id"],
            name=op.f("fk_consultations_estate_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_consultations_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_consultations_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_consultations_estate", "consultations", ["estate_id", "received_at"], unique=False
    )
    op.create_index(op.f("ix_consultations_phone"), "consultations", ["phone"], unique=False)
    op.create_index(op.f("ix_consultations_vote_id"), "consultations", ["vote_id"], unique=False)
    op.create_table(
        "group_members",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("party", Flag(), nullable=False),
        sa.Column("heads", Flag(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_group_members_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint("vote_id", "position", name=op.f("uq_group_members_vote_id_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "outreaches",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("roll_unit_id", Key, nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("on", Day(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_outreaches_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["roll_unit_id"],
            ["roll_units.id"],
            name=op.f("fk_outreaches_roll_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_outreaches_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreaches")),
        sa.UniqueConstraint(
            "vote_id",
            "roll_unit_id",
            "way",
            "on",
            name=op.f("uq_outreaches_vote_id_roll_unit_id_way_on"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_outreaches_roll_unit_id"), "outreaches", ["roll_unit_id"], unique=False
    )
    op.create_table(
        "committee_members",
        sa.Column("id", Key, nullable=False),
        sa.Column("term_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("sits_from", Day(), nullable=True),
        sa.Column("left_on", Day(), nullable=True),
        sa.Column("left", sa.Text(), nullable=True),
        sa.Column("left_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["owners.id"],
            name=op.f("fk_committee_members_owner_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["committee_terms.id"],
            name=op.f("fk_committee_members_term_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_members")),
        sa.UniqueConstraint(
            "term_id", "position", name=op.f("uq_committee_members_term_id_position")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_committee_members_owner_id"), "committee_members", ["owner_id"], unique=False
    )
    op.create_table(
        "attendances",
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("right_id", Key, nullable=False),
        sa.Column("present", Flag(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["committee_members.id"],
            name=op.f("fk_attendances_member_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["vote_rights.id"],
            name=op.f("fk_attendances_right_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_attendances_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("vote_id", "member_id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("right_id", name=op.f("uq_attendances_right_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_attendances_member", "attendances", ["member_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
