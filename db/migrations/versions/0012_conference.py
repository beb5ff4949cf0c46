"""The joint conference: agendas, decisions, attendance; what units promise."""



revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
