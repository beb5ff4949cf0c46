"""The statutory vote 业主大会表决: its frozen roll, its questions, its ballots."""

import sqlalchemy as sa
from alembic import op

from db.guards import append_only
from db.types import Day, Flag, Instant, Json, Key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("seats", Key, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", Key, nullable=True),
        sa.Column("noticed_on", Day(), nullable=True),
        sa.Column("meets_on", Day(), nullable=True),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("notice_days", Key, nullable=True),
        sa.Column("questions_hash", sa.Text(), nullable=True),
        sa.Column("silent", sa.Text(), nullable=False),
        sa.Column("invalid", sa.Text(), nullable=False),
        sa.Column("count_parking", Flag(), nullable=False),
        sa.Column("proxy_cap", Key, nullable=True),
        sa.Column("rules_source", sa.Text(), nullable=True),
        sa.Column("rules_hash", sa.Text(), nullable=True),
        sa.Column("roll_hash", sa.Text(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("opened_by", Key, nullable=True),
        sa.Column("counted_at", Instant(), nullable=True),
        sa.Column("invalid_chosen", sa.Text(), nullable=True),
        sa.Column("invalid_source", sa.Text(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cancelled", sa.Text(), nullable=True),
        sa.Column("waived", sa.Text(), nullable=True),
        sa.Column("printed", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_votes_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_votes_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_votes_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["accounts.id"], name=op.f("fk_votes_opened_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("code", name=op.f("uq_votes_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_votes_case_id"), "votes", ["case_id"], unique=False)
    op.create_index(op.f("ix_votes_estate_id"), "votes", ["estate_id"], unique=False)
    op.create_index(
        "ix_votes_uncounted",
        "votes",
        ["closes_at"],
        unique=False,
        sqlite_where=sa.text("opened_at IS NOT NULL AND counted_at IS NULL"),
        postgresql_where=sa.text("opened_at IS NOT NULL AND counted_at IS NULL"),
    )
    op.create_table(
        "draws",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("winners", Json(), nullable=False),
        sa.Column("tied", Json(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("witness_one", sa.Text(), nullable=False),
        sa.Column("witness_two", sa.Text(), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_draws_recorded_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_draws_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("vote_id", name=op.f("uq_draws_vote_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "objections",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["accounts.id"],
            name=op.f("fk_objections_answered_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_objections_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_objections_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_objections_vote_id"), "objections", ["vote_id"], unique=False)
    op.create_table(
        "tellers",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("account_id", Key, nullable=False),
        sa.Column("named_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_tellers_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_tellers_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellers")),
        sa.UniqueConstraint("vote_id", "account_id", name=op.f("uq_tellers_vote_id_account_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "turnouts",
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("building", Key, nullable=False),
        sa.Column("heads", Key, nullable=False),
        sa.Column("area", Key, nullable=False),
        sa.Column("served_heads", Key, nullable=False),
        sa.Column("served_area", Key, nullable=False),
        sa.Column("returned_heads", Key, nullable=False),
        sa.Column("returned_area", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_turnouts_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("vote_id", "building", name=op.f("pk_turnouts")),
        sqlite_strict=True,
    )
    op.create_table(
        "vote_owners",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("owner_id", Key, nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owners.id"], name=op.f("fk_vote_owners_owner_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_vote_owners_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_owners")),
        sa.UniqueConstraint("vote_id", "owner_id", name=op.f("uq_vote_owners_vote_id_owner_id")),
        sa.UniqueConstraint("vote_id", "pseudonym", name=op.f("uq_vote_owners_vote_id_pseudonym")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_vote_owners_owner_id"), "vote_owners", ["owner_id"], unique=False)
    op.create_table(
        "vote_rights",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("area", Key, nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("served_at", Instant(), nullable=True),
        sa.Column("paper_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_vote_rights_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_vote_rights_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_rights")),
        sa.UniqueConstraint("vote_id", "key", name=op.f("uq_vote_rights_vote_id_key")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_vote_rights_building", "vote_rights", ["vote_id", "building_id", "id"], unique=False
    )
    op.create_table(
        "ballot_links",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("right_id", Key, nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("cookie_hash", sa.Text(), nullable=True),
        sa.Column("mandate_id", Key, nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", Key, nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["accounts.id"],
            name=op.f("fk_ballot_links_issued_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["vote_rights.id"],
            name=op.f("fk_ballot_links_right_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_ballot_links_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_links")),
        sa.UniqueConstraint("cookie_hash", name=op.f("uq_ballot_links_cookie_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ballot_links_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_ballot_links_right_id"), "ballot_links", ["right_id"], unique=False)
    op.create_table(
        "ballots",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("right_id", Key, nullable=False),
        sa.Column("seq", Key, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("receipt_hash", sa.Text(), nullable=False),
        sa.Column("paper_id", Key, nullable=True),
        sa.Column("account_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_ballots_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["vote_rights.id"], name=op.f("fk_ballots_right_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_ballots_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_ballots_receipt_hash")),
        sa.UniqueConstraint("vote_id", "seq", name=op.f("uq_ballots_vote_id_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "papers",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("number", Key, nullable=False),
        sa.Column("right_id", Key, nullable=True),
        sa.Column("issued_at", Instant(), nullable=True),
        sa.Column("spoiled_at", Instant(), nullable=True),
        sa.Column("received_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["right_id"], ["vote_rights.id"], name=op.f("fk_papers_right_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_papers_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("vote_id", "number", name=op.f("uq_papers_vote_id_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_papers_right_id"), "papers", ["right_id"], unique=False)
    op.create_table(
        "standing",
        sa.Column("right_id", Key, nullable=False),
        sa.Column("seq", Key, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["right_id"], ["vote_rights.id"], name=op.f("fk_standing_right_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("right_id", name=op.f("pk_standing")),
        sqlite_strict=True,
    )
    op.create_table(
        "vote_units",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area", Key, nullable=False),
        sa.Column("owners", sa.Text(), nullable=False),
        sa.Column("developer", Flag(), nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("household_id", Key, nullable=True),
        sa.Column("right_id", Key, nullable=True),
        sa.Column("served_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_vote_units_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_vote_units_household_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["vote_rights.id"],
            name=op.f("fk_vote_units_right_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_vote_units_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_units")),
        sa.UniqueConstraint("vote_id", "pseudonym", name=op.f("uq_vote_units_vote_id_pseudonym")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_vote_units_building", "vote_units", ["vote_id", "building_id", "id"], unique=False
    )
    op.create_index(op.f("ix_vote_units_right_id"), "vote_units", ["right_id"], unique=False)
    op.create_table(
        "keyings",
        sa.Column("id", Key, nullable=False),
        sa.Column("paper_id", Key, nullable=False),
        sa.Column("place", Key, nullable=False),
        sa.Column("account_id", Key, nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_keyings_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name=op.f("fk_keyings_paper_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyings")),
        sa.UniqueConstraint("paper_id", "account_id", name=op.f("uq_keyings_paper_id_account_id")),
        sa.UniqueConstraint("paper_id", "place", name=op.f("uq_keyings_paper_id_place")),
        sqlite_strict=True,
    )
    op.create_table(
        "questions",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo_id", Key, nullable=True),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("about", Json(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owners.id"], name=op.f("fk_questions_owner_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_questions_photo_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_questions_vote_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("vote_id", "name", name=op.f("uq_questions_vote_id_name")),
        sa.UniqueConstraint("vote_id", "position", name=op.f("uq_questions_vote_id_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "services",
        sa.Column("id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=False),
        sa.Column("vote_unit_id", Key, nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("photo_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_services_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_services_photo_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_services_vote_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vote_unit_id"],
            ["vote_units.id"],
            name=op.f("fk_services_vote_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("vote_unit_id", "proof", name=op.f("uq_services_vote_unit_id_proof")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_services_photo_id"), "services", ["photo_id"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("question_id", Key, nullable=False),
        sa.Column("yes_heads", Key, nullable=False),
        sa.Column("yes_area", Key, nullable=False),
        sa.Column("no_heads", Key, nullable=False),
        sa.Column("no_area", Key, nullable=False),
        sa.Column("abstain_heads", Key, nullable=False),
        sa.Column("abstain_area", Key, nullable=False),
        sa.Column("invalid_heads", Key, nullable=False),
        sa.Column("invalid_area", Key, nullable=False),
        sa.Column("silent_heads", Key, nullable=False),
        sa.Column("silent_area", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_tallies_question_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_tallies")),
        sqlite_strict=True,
    )
    append_only("ballots")


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
