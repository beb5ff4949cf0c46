"""The errand desk: services, errands, handing over."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Key

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "errand_services",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service_class", sa.Text(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("limit_days", Key, nullable=False),
        sa.Column("doer", sa.Text(), nullable=False),
        sa.Column("active", Flag(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand_services")),
        sa.UniqueConstraint("code", name=op.f("uq_errand_services_code")),
        sa.UniqueConstraint("name", name=op.f("uq_errand_services_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "errands",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("follow_hash", sa.Text(), nullable=False),
        sa.Column("service_id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by", Key, nullable=True),
        sa.Column("needed_on", Day(), nullable=True),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("holder_id", Key, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_errands_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_errands_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["accounts.id"], name=op.f("fk_errands_holder_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["errand_services.id"],
            name=op.f("fk_errands_service_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["accounts.id"], name=op.f("fk_errands_taken_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
        sa.UniqueConstraint("code", name=op.f("uq_errands_code")),
        sa.UniqueConstraint("follow_hash", name=op.f("uq_errands_follow_hash")),
        sa.UniqueConstraint("number", name=op.f("uq_errands_number")),
        sqlite_strict=True,
    )
    op.create_index("ix_errands_ended", "errands", ["ended_at", "id"], unique=False)
    op.create_index(op.f("ix_errands_holder_id"), "errands", ["holder_id"], unique=False)
    op.create_index(
        "ix_errands_open",
        "errands",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_errands_service_id"), "errands", ["service_id"], unique=False)
    op.create_table(
        "errand_papers",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("errand_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("received_by", Key, nullable=True),
        sa.Column("returned_at", Instant(), nullable=True),
        sa.Column("returned_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["errand_id"],
            ["errands.id"],
            name=op.f("fk_errand_papers_errand_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["received_by"],
            ["accounts.id"],
            name=op.f("fk_errand_papers_received_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"],
            ["accounts.id"],
            name=op.f("fk_errand_papers_returned_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand_papers")),
        sa.UniqueConstraint("code", name=op.f("uq_errand_papers_code")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_errand_papers_errand_id"), "errand_papers", ["errand_id"], unique=False
    )
    op.create_table(
        "errand_people",
        sa.Column("errand_id", Key, nullable=False),
        sa.Column("household_id", Key, nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["errand_id"],
            ["errands.id"],
            name=op.f("fk_errand_people_errand_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_errand_people_household_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("errand_id", name=op.f("pk_errand_people")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_errand_people_household_id"), "errand_people", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_errand_people_phone"), "errand_people", ["phone"], unique=False)
    op.create_table(
        "errand_steps",
        sa.Column("id", Key, nullable=False),
        sa.Column("errand_id", Key, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", Key, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("told", Flag(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts.id"], name=op.f("fk_errand_steps_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["errand_id"],
            ["errands.id"],
            name=op.f("fk_errand_steps_errand_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand_steps")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_errand_steps_errand_id"), "errand_steps", ["errand_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
