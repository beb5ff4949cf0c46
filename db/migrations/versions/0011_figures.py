"""Figures kept ready: what each file counts as, and the sums that pages read."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("asked_due_at", "first_due_at", "extended_at"):
        op.add_column("tasks", sa.Column(name, Instant(), nullable=True))
    op.create_index(
        "ix_tasks_asked_later",
        "tasks",
        ["due_at"],
        sqlite_where=sa.text("asked_due_at IS NOT NULL"),
        postgresql_where=sa.text("asked_due_at IS NOT NULL"),
    )
    op.create_table(
        "building_sums",
        sa.Column("estate", Key, nullable=False),
        sa.Column("category", Key, nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("building", Key, nullable=False),
        sa.Column("received", Key, nullable=False),
        sa.PrimaryKeyConstraint(
            "estate", "category", "month", "building", name=op.f("pk_building_sums")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "day_sums",
        sa.Column("estate", Key, nullable=False),
        sa.Column("category", Key, nullable=False),
        sa.Column("unit", Key, nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("opened", Key, nullable=False),
        sa.Column("closed", Key, nullable=False),
        sa.Column("still_open", Key, nullable=False),
        sa.PrimaryKeyConstraint("estate", "category", "unit", "day", name=op.f("pk_day_sums")),
        sqlite_strict=True,
    )
    op.create_table(
        "duration_buckets",
        sa.Column("estate", Key, nullable=False),
        sa.Column("category", Key, nullable=False),
        sa.Column("unit", Key, nullable=False),
        sa.Column("stretch", sa.Text(), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("bucket", Key, nullable=False),
        sa.Column("files", Key, nullable=False),
        sa.PrimaryKeyConstraint(
            "estate",
            "category",
            "unit",
            "stretch",
            "month",
            "bucket",
            name=op.f("pk_duration_buckets"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "figure_marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("event_id", Key, nullable=False),
        sa.Column("as_of", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figure_marks")),
        sqlite_strict=True,
    )
    op.create_table(
        "figure_sums",
        sa.Column("estate", Key, nullable=False),
        sa.Column("category", Key, nullable=False),
        sa.Column("unit", Key, nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("received", Key, nullable=False),
        sa.Column("is_open", Key, nullable=False),
        sa.Column("response_hit", Key, nullable=False),
        sa.Column("response_due", Key, nullable=False),
        sa.Column("vote_same_day_hit", Key, nullable=False),
        sa.Column("vote_same_day_due", Key, nullable=False),
        sa.Column("decision_next_day_hit", Key, nullable=False),
        sa.Column("decision_next_day_due", Key, nullable=False),
        sa.Column("done_in_time_hit", Key, nullable=False),
        sa.Column("done_in_time_due", Key, nullable=False),
        sa.Column("done_voted_hit", Key, nullable=False),
        sa.Column("done_voted_due", Key, nullable=False),
        sa.Column("solved_closed_hit", Key, nullable=False),
        sa.Column("solved_closed_due", Key, nullable=False),
        sa.Column("reopened_hit", Key, nullable=False),
        sa.Column("reopened_due", Key, nullable=False),
        sa.Column("chased_hit", Key, nullable=False),
        sa.Column("chased_due", Key, nullable=False),
        sa.Column("extended_hit", Key, nullable=False),
        sa.Column("extended_due", Key, nullable=False),
        sa.Column("solved", Key, nullable=False),
        sa.Column("reached", Key, nullable=False),
        sa.Column("satisfied", Key, nullable=False),
        sa.Column("ratings", Key, nullable=False),
        sa.Column("returned", Key, nullable=False),
        sa.Column("asked", Key, nullable=False),
        sa.Column("repeated", Key, nullable=False),
        sa.Column("reports", Key, nullable=False),
        sa.PrimaryKeyConstraint("estate", "category", "unit", "month", name=op.f("pk_figure_sums")),
        sqlite_strict=True,
    )
    op.create_table(
        "frozen_sums",
        sa.Column("estate", Key, nullable=False),
        sa.Column("category", Key, nullable=False),
        sa.Column("unit", Key, nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=False),
        sa.Column("sums", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("estate", "category", "unit", "month", name=op.f("pk_frozen_sums")),
        sqlite_strict=True,
    )
    op.create_table(
        "case_figures",
        sa.Column("case_id", Key, nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("estate", Key, nullable=False),
        sa.Column("category", Key, nullable=False),
        sa.Column("unit", Key, nullable=False),
        sa.Column("building", Key, nullable=False),
        sa.Column("is_open", Flag(), nullable=False),
        sa.Column("closed_on", Day(), nullable=True),
        sa.Column("response", Key, nullable=True),
        sa.Column("vote_same_day", Key, nullable=True),
        sa.Column("decision_next_day", Key, nullable=True),
        sa.Column("done_in_time", Key, nullable=True),
        sa.Column("done_voted", Key, nullable=True),
        sa.Column("solved_closed", Key, nullable=True),
        sa.Column("reopened", Key, nullable=True),
        sa.Column("chased", Key, nullable=True),
        sa.Column("extended", Key, nullable=True),
        sa.Column("solved", Key, nullable=False),
        sa.Column("reached", Key, nullable=False),
        sa.Column("satisfied", Key, nullable=False),
        sa.Column("ratings", Key, nullable=False),
        sa.Column("returned", Key, nullable=False),
        sa.Column("asked", Key, nullable=False),
        sa.Column("repeated", Key, nullable=False),
        sa.Column("reports", Key, nullable=False),
        sa.Column("wall_minutes", Key, nullable=True),
        sa.Column("net_minutes", Key, nullable=True),
        sa.Column("raise_minutes", Key, nullable=True),
        sa.Column("deliberate_minutes", Key, nullable=True),
        sa.Column("coordinate_minutes", Key, nullable=True),
        sa.Column("carry_out_minutes", Key, nullable=True),
        sa.Column("publish_minutes", Key, nullable=True),
        sa.Column("rate_minutes", Key, nullable=True),
        sa.Column("changes_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_figures_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_figures")),
        sqlite_strict=True,
    )
    op.create_index("ix_case_figures_changes", "case_figures", ["changes_at"], unique=False)
    op.create_index(
        "ix_case_figures_month", "case_figures", ["month", "opened_at", "case_id"], unique=False
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
