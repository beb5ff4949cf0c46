"""The owners' roll 业主名册: owners, their units, who speaks for them."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Json, Key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [to], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )


def upgrade() -> None:
    op.create_table(
        "owners",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("company", Flag(), nullable=False),
        sa.Column("document_hash", sa.Text(), nullable=True),
        sa.Column("document_tail", sa.Text(), nullable=True),
        sa.Column("merged_into_id", Key, nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        _refers("owners", "estate_id", "estates.id"),
        _refers("owners", "merged_into_id", "owners.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owners")),
        sqlite_strict=True,
    )
    op.create_index("ix_owners_estate", "owners", ["estate_id", "document_hash"])
    op.create_index(op.f("ix_owners_phone"), "owners", ["phone"])
    op.create_index(op.f("ix_owners_merged_into_id"), "owners", ["merged_into_id"])

    op.create_table(
        "roll_units",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("household_id", Key, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area", Key, nullable=False),
        sa.Column("developer", Flag(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("active", Flag(), nullable=False),
        _refers("roll_units", "estate_id", "estates.id"),
        _refers("roll_units", "building_id", "buildings.id"),
        _refers("roll_units", "household_id", "households.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_units")),
        sa.UniqueConstraint("estate_id", "key", name=op.f("uq_roll_units_estate_id_key")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_roll_units_building_id"), "roll_units", ["building_id"])
    op.create_index(op.f("ix_roll_units_household_id"), "roll_units", ["household_id"])

    op.create_table(
        "ownerships",
        sa.Column("roll_unit_id", Key, nullable=False),
        sa.Column("owner_id", Key, nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        _refers("ownerships", "roll_unit_id", "roll_units.id"),
        _refers("ownerships", "owner_id", "owners.id"),
        sa.PrimaryKeyConstraint("roll_unit_id", "owner_id", name=op.f("pk_ownerships")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_ownerships_owner_id"), "ownerships", ["owner_id"])
    op.create_index(op.f("ix_ownerships_phone"), "ownerships", ["phone"])

    op.create_table(
        "owner_verdicts",
        sa.Column("first_id", Key, nullable=False),
        sa.Column("second_id", Key, nullable=False),
        sa.Column("same", Flag(), nullable=False),
        sa.Column("decided_by", Key, nullable=True),
        sa.Column("decided_at", Instant(), nullable=False),
        _refers("owner_verdicts", "first_id", "owners.id"),
        _refers("owner_verdicts", "second_id", "owners.id"),
        _refers("owner_verdicts", "decided_by", "accounts.id"),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_owner_verdicts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_owner_verdicts_second_id"), "owner_verdicts", ["second_id"])

    op.create_table(
        "owner_looks",
        sa.Column("id", Key, nullable=False),
        sa.Column("owner_id", Key, nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        _refers("owner_looks", "owner_id", "owners.id"),
        _refers("owner_looks", "account_id", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_looks")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_owner_looks_owner_id"), "owner_looks", ["owner_id"])

    op.create_table(
        "mandates",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("vote_id", Key, nullable=True),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("holder_phone", sa.Text(), nullable=True),
        sa.Column("photo_id", Key, nullable=True),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        _refers("mandates", "estate_id", "estates.id"),
        _refers("mandates", "owner_id", "owners.id"),
        _refers("mandates", "photo_id", "photos.id"),
        _refers("mandates", "recorded_by", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
        sqlite_strict=True,
    )
    op.create_index("ix_mandates_estate", "mandates", ["estate_id", "vote_id"])
    op.create_index(op.f("ix_mandates_owner_id"), "mandates", ["owner_id"])
    op.create_index(op.f("ix_mandates_holder_phone"), "mandates", ["holder_phone"])
    op.create_index(op.f("ix_mandates_photo_id"), "mandates", ["photo_id"])

    op.create_table(
        "estate_rules",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("silent", sa.Text(), nullable=False),
        sa.Column("invalid", sa.Text(), nullable=False),
        sa.Column("count_parking", Flag(), nullable=False),
        sa.Column("proxy_cap", Key, nullable=False),
        sa.Column("lookers", Json(), nullable=False),
        sa.Column("notice_days", Key, nullable=True),
        sa.Column("agenda_days", Key, nullable=True),
        sa.Column("objection_days", Key, nullable=True),
        sa.Column("publish_days", Key, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("effective", Day(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        _refers("estate_rules", "estate_id", "estates.id"),
        _refers("estate_rules", "recorded_by", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate_rules")),
        sqlite_strict=True,
    )
    op.create_index("ix_estate_rules_estate", "estate_rules", ["estate_id", "effective", "id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
