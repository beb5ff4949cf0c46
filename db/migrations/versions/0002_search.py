"""Full-text search: the words of each file and their terms"""

import sqlalchemy as sa
from alembic import op

from db.types import Key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_texts",
        sa.Column("position", Key, nullable=False, autoincrement=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keys", sa.ARRAY(sa.Integer()).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_texts_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_case_texts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_texts_case_id")),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        # The tokens are the application's own, of 0-9a-z and spaces; the prefix index over the
        # first four characters answers queries of one character.
        op.execute(
            "CREATE VIRTUAL TABLE case_terms USING fts5("
            "terms, content='', columnsize=0, prefix='4', tokenize='ascii')"
        )
    else:
        # Without a pending list: a search must not pay for the writes before it.
        op.execute(
            "CREATE INDEX ix_case_texts_keys ON case_texts USING gin (keys) WITH (fastupdate = off)"
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
