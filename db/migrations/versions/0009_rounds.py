"""Care visits, patrols and surveys: what volunteers go round for."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
