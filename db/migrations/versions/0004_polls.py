"""The poll 意见征询: its options, and one answer a household."""

import sqlalchemy as sa
from alembic import op

from db.types import Instant, Key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("asked", Key, nullable=False),
        sa.Column("newest_household_id", Key, nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("opened_by", Key, nullable=True),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_note_id", Key, nullable=True),
        sa.Column("decision_id", Key, nullable=True),
        sa.Column("lobby_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_polls_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_polls_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_polls_decision_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_polls_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["accounts.id"], name=op.f("fk_polls_opened_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_note_id"],
            ["notes.id"],
            name=op.f("fk_polls_withdrawn_note_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("code", name=op.f("uq_polls_code")),
        sa.UniqueConstraint("lobby_code", name=op.f("uq_polls_lobby_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_polls_case_id", "polls", ["case_id"], unique=False)
    op.create_index("ix_polls_estate", "polls", ["estate_id", "id"], unique=False)
    op.create_index(
        "ix_polls_waiting",
        "polls",
        ["closes_at"],
        unique=False,
        sqlite_where=sa.text("withdrawn_at IS NULL AND decision_id IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL AND decision_id IS NULL"),
    )
    op.create_table(
        "poll_options",
        sa.Column("id", Key, nullable=False),
        sa.Column("poll_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_options_poll_id_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "poll_answers",
        sa.Column("id", Key, nullable=False),
        sa.Column("poll_id", Key, nullable=False),
        sa.Column("household_id", Key, nullable=False),
        sa.Column("option_id", Key, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.Column("account_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_poll_answers_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_poll_answers_household_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["poll_options.id"],
            name=op.f("fk_poll_answers_option_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_answers_poll_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_answers")),
        sa.UniqueConstraint(
            "poll_id", "household_id", name=op.f("uq_poll_answers_poll_id_household_id")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "poll_links",
        sa.Column("id", Key, nullable=False),
        sa.Column("poll_id", Key, nullable=False),
        sa.Column("household_id", Key, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("pass_hash", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_poll_links_household_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_links_poll_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_links")),
        sa.UniqueConstraint("pass_hash", name=op.f("uq_poll_links_pass_hash")),
        sa.UniqueConstraint(
            "poll_id", "household_id", name=op.f("uq_poll_links_poll_id_household_id")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_poll_links_token_hash")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
