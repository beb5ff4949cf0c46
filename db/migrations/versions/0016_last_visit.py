"""When each account was last here; open files by category, for the micro-list."""

import sqlalchemy as sa
from alembic import op

from db.types import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = "state NOT IN ('closed', 'merged')"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("seen_at", Instant(), nullable=True))
    op.add_column("accounts", sa.Column("left_at", Instant(), nullable=True))
    for name, columns in (
        ("ix_cases_category_open", ["category_id", "opened_at", "id"]),
        ("ix_cases_estate_open", ["estate_id", "category_id", "opened_at", "id"]),
    ):
        op.create_index(
            name,
            "cases",
            columns,
            unique=False,
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        )
    op.create_index(
        "ix_cases_estate_category",
        "cases",
        ["estate_id", "category_id", "state", "opened_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
