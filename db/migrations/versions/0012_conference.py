"""The joint conference: agendas, decisions, attendance; what units promise."""

import sqlalchemy as sa
from alembic import op

from db.types import Flag, Instant, Key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("starts_at", Instant(), nullable=True))
    op.add_column("meetings", sa.Column("place", sa.Text(), nullable=True))
    op.add_column("decisions", sa.Column("agenda_item_id", Key, nullable=True))
    op.create_index("ix_decisions_agenda_item_id", "decisions", ["agenda_item_id"], unique=False)
    op.create_table(
        "conferences",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("meets_at", Instant(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("planned_by", Key, nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("opened_by", Key, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("guests", sa.Text(), nullable=True),
        sa.Column("running", Flag(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["accounts.id"],
            name=op.f("fk_conferences_opened_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"],
            ["accounts.id"],
            name=op.f("fk_conferences_planned_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conferences")),
        sa.UniqueConstraint("code", name=op.f("uq_conferences_code")),
        sa.UniqueConstraint("running", name=op.f("uq_conferences_running")),
        sqlite_strict=True,
    )
    op.create_index("ix_conferences_meets", "conferences", ["meets_at", "id"], unique=False)
    op.create_table(
        "unit_offers",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("service_class", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_unit_offers_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_offers_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_offers")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_offers_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_unit_offers_unit_id"), "unit_offers", ["unit_id"], unique=False)
    op.create_table(
        "unit_reports",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_unit_reports_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_reports_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_reports")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_reports_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_unit_reports_unit_id"), "unit_reports", ["unit_id"], unique=False)
    op.create_table(
        "conference_presences",
        sa.Column("id", Key, nullable=False),
        sa.Column("conference_id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["conferences.id"],
            name=op.f("fk_conference_presences_conference_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.id"],
            name=op.f("fk_conference_presences_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_presences")),
        sa.UniqueConstraint(
            "conference_id", "unit_id", name=op.f("uq_conference_presences_conference_id_unit_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_conference_presences_unit_id"), "conference_presences", ["unit_id"], unique=False
    )
    op.create_table(
        "agenda_items",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("conference_id", Key, nullable=False),
        sa.Column("position", Key, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("left_out_at", Instant(), nullable=True),
        sa.Column("added_by", Key, nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("note_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["accounts.id"],
            name=op.f("fk_agenda_items_added_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_agenda_items_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["conferences.id"],
            name=op.f("fk_agenda_items_conference_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_agenda_items_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["unit_reports.id"],
            name=op.f("fk_agenda_items_report_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint("code", name=op.f("uq_agenda_items_code")),
        sa.UniqueConstraint(
            "conference_id", "case_id", name=op.f("uq_agenda_items_conference_id_case_id")
        ),
        sa.UniqueConstraint(
            "conference_id", "report_id", name=op.f("uq_agenda_items_conference_id_report_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_agenda_items_case_id"), "agenda_items", ["case_id"], unique=False)
    op.create_index(op.f("ix_agenda_items_report_id"), "agenda_items", ["report_id"], unique=False)
    op.create_table(
        "help_wanted",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("note_id", Key, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", Key, nullable=True),
        sa.Column("task_id", Key, nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_help_wanted_asked_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_help_wanted_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_help_wanted_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_help_wanted_task_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_wanted")),
        sa.UniqueConstraint("code", name=op.f("uq_help_wanted_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_help_wanted_case_id"), "help_wanted", ["case_id"], unique=False)
    op.create_index(
        "ix_help_wanted_open",
        "help_wanted",
        ["asked_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
