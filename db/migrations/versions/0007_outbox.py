"""The outbox: what leaves the house, written in the same transaction as the fact."""

import sqlalchemy as sa
from alembic import op

from db.types import Flag, Instant, Json, Key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_channels",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("topics", Json(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Text(), nullable=True),
        sa.Column("quiet_to", sa.Text(), nullable=True),
        sa.Column("active", Flag(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_channels")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_channels_code")),
        sa.UniqueConstraint("name", name=op.f("uq_notice_channels_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "notice_addresses",
        sa.Column("id", Key, nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("volunteer_id", Key, nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Text(), nullable=True),
        sa.Column("quiet_to", sa.Text(), nullable=True),
        sa.Column("consented_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("recorded_by", Key, nullable=True),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (volunteer_id IS NULL)",
            name=op.f("ck_notice_addresses_one_person"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_notice_addresses_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_notice_addresses_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_notice_addresses_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_addresses")),
        sa.UniqueConstraint("account_id", name=op.f("uq_notice_addresses_account_id")),
        sa.UniqueConstraint("volunteer_id", name=op.f("uq_notice_addresses_volunteer_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("volunteer_id", Key, nullable=True),
        sa.Column("channel_id", Key, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", Json(), nullable=False),
        sa.Column("urgent", Flag(), nullable=False),
        sa.Column("by_hand", Flag(), nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("request_id", Key, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("attempts", Key, nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("given_up_at", Instant(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_outbox_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_outbox_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["notice_channels.id"],
            name=op.f("fk_outbox_channel_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts.id"], name=op.f("fk_outbox_settled_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_outbox_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("code", name=op.f("uq_outbox_code")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["account_id", "volunteer_id", "channel_id", "urgent", "id"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL AND by_hand = 0"),
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL AND NOT by_hand"),
    )
    op.create_index(
        "ix_outbox_on_desk",
        "outbox",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text(
            "settled_at IS NULL AND sent_at IS NULL AND (by_hand = 1 OR given_up_at IS NOT NULL)"
        ),
        postgresql_where=sa.text(
            "settled_at IS NULL AND sent_at IS NULL AND (by_hand OR given_up_at IS NOT NULL)"
        ),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
