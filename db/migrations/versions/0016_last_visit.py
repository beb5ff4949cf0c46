"""When each account was last here; open files by category, for the micro-list."""

import sqlalchemy as sa
from alembic import op

from db.types import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("seen_at", Instant(), nullable=True))
    op.add_column("accounts", sa.Column("left_at", Instant(), nullable=True))
    op.create_index(
        "ix_cases_category_open",
        "cases",
        ["category_id", "opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('closed', 'merged')"),
        postgresql_where=sa.text("state NOT IN ('closed', 'merged')"),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
