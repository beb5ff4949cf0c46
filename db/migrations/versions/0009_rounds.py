"""Care visits, patrols and surveys: what volunteers go round for."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Flag, Instant, Key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_people",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("household_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("visitor_id", Key, nullable=True),
        sa.Column("consented_at", Instant(), nullable=False),
        sa.Column("enrolled_on", Day(), nullable=False),
        sa.Column("enrolled_by", Key, nullable=True),
        sa.Column("ended_on", Day(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_care_people_household_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["volunteers.id"],
            name=op.f("fk_care_people_visitor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["enrolled_by"],
            ["accounts.id"],
            name=op.f("fk_care_people_enrolled_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_people")),
        sa.UniqueConstraint("code", name=op.f("uq_care_people_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_care_people_household_id", "care_people", ["household_id"], unique=False)
    op.create_index("ix_care_people_visitor_id", "care_people", ["visitor_id"], unique=False)
    op.create_table(
        "care_health",
        sa.Column("person_id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["care_people.id"],
            name=op.f("fk_care_health_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["accounts.id"],
            name=op.f("fk_care_health_changed_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_care_health")),
        sqlite_strict=True,
    )
    op.create_table(
        "care_pauses",
        sa.Column("id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("start_on", Day(), nullable=False),
        sa.Column("until_on", Day(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["care_people.id"],
            name=op.f("fk_care_pauses_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_pauses")),
        sqlite_strict=True,
    )
    op.create_index("ix_care_pauses_person_id", "care_pauses", ["person_id"], unique=False)
    op.create_table(
        "care_events",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("only_tier", Flag(), nullable=False),
        sa.Column("called_at", Instant(), nullable=False),
        sa.Column("called_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"],
            ["estates.id"],
            name=op.f("fk_care_events_estate_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["called_by"],
            ["accounts.id"],
            name=op.f("fk_care_events_called_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_events")),
        sa.UniqueConstraint("code", name=op.f("uq_care_events_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "care_visits",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=True),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("met", Flag(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("case_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["care_people.id"],
            name=op.f("fk_care_visits_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_care_visits_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_care_visits_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_care_visits_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_visits")),
        sa.UniqueConstraint("code", name=op.f("uq_care_visits_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_care_visits_person", "care_visits", ["person_id", "at"], unique=False)
    op.create_table(
        "patrol_templates",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"],
            ["estates.id"],
            name=op.f("fk_patrol_templates_estate_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_templates")),
        sa.UniqueConstraint("code", name=op.f("uq_patrol_templates_code")),
        sa.UniqueConstraint("estate_id", "name", name=op.f("uq_patrol_templates_estate_id_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "patrol_template_points",
        sa.Column("id", Key, nullable=False),
        sa.Column("template_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["patrol_templates.id"],
            name=op.f("fk_patrol_template_points_template_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_patrol_template_points_building_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_template_points")),
        sa.UniqueConstraint(
            "template_id", "position", name=op.f("uq_patrol_template_points_template_id_position")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "patrols",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("started_by", Key, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_patrols_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["accounts.id"], name=op.f("fk_patrols_started_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("fk_patrols_ended_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrols")),
        sa.UniqueConstraint("code", name=op.f("uq_patrols_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_patrols_started", "patrols", ["started_at", "id"], unique=False)
    op.create_table(
        "patrol_points",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("patrol_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("pair", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["patrol_id"],
            ["patrols.id"],
            name=op.f("fk_patrol_points_patrol_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_patrol_points_building_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_points")),
        sa.UniqueConstraint("code", name=op.f("uq_patrol_points_code")),
        sa.UniqueConstraint(
            "patrol_id", "position", name=op.f("uq_patrol_points_patrol_id_position")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "patrol_members",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("patrol_id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=False),
        sa.Column("pair", Key, nullable=False),
        sa.Column("checked_in_at", Instant(), nullable=True),
        sa.Column("checked_out_at", Instant(), nullable=True),
        sa.Column("absent_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patrol_id"],
            ["patrols.id"],
            name=op.f("fk_patrol_members_patrol_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_patrol_members_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_members")),
        sa.UniqueConstraint("code", name=op.f("uq_patrol_members_code")),
        sa.UniqueConstraint(
            "patrol_id", "volunteer_id", name=op.f("uq_patrol_members_patrol_id_volunteer_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_patrol_members_volunteer_id", "patrol_members", ["volunteer_id"], unique=False
    )
    op.create_table(
        "patrol_checks",
        sa.Column("id", Key, nullable=False),
        sa.Column("point_id", Key, nullable=False),
        sa.Column("volunteer_id", Key, nullable=True),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("photo_id", Key, nullable=True),
        sa.Column("case_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["patrol_points.id"],
            name=op.f("fk_patrol_checks_point_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("fk_patrol_checks_volunteer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_patrol_checks_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_patrol_checks_photo_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_patrol_checks_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_checks")),
        sqlite_strict=True,
    )
    op.create_index("ix_patrol_checks_point_id", "patrol_checks", ["point_id"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("opened_by", Key, nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_surveys_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["accounts.id"], name=op.f("fk_surveys_opened_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("code", name=op.f("uq_surveys_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "survey_buildings",
        sa.Column("id", Key, nullable=False),
        sa.Column("survey_id", Key, nullable=False),
        sa.Column("building_id", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["surveys.id"],
            name=op.f("fk_survey_buildings_survey_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_survey_buildings_building_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_buildings")),
        sa.UniqueConstraint(
            "survey_id", "building_id", name=op.f("uq_survey_buildings_survey_id_building_id")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "survey_answers",
        sa.Column("id", Key, nullable=False),
        sa.Column("survey_id", Key, nullable=False),
        sa.Column("household_id", Key, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("case_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["surveys.id"],
            name=op.f("fk_survey_answers_survey_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_survey_answers_household_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_survey_answers_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_survey_answers_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_survey_answers_home",
        "survey_answers",
        ["survey_id", "household_id", "id"],
        unique=False,
    )
    op.create_index(
        "uq_survey_answers_final",
        "survey_answers",
        ["survey_id", "household_id"],
        unique=True,
        sqlite_where=sa.text("outcome <> 'not_home'"),
        postgresql_where=sa.text("outcome <> 'not_home'"),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
