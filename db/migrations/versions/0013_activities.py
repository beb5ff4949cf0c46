"""Activities: places, series, sign-up, attendance, feedback."""



revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
