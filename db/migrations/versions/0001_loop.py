"""The loop: community, accounts, files, promises, events"""

import sqlalchemy as sa
from alembic import op

from db.guards import append_only
from db.types import Day, Flag, Instant, Json, Key

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", Day(), nullable=False),
        sa.Column("working", Flag(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
        sqlite_strict=True,
    )
    op.create_table(
        "categories",
        sa.Column("id", Key, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("service_class", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("done_days", Key, nullable=True),
        sa.Column("position", Key, nullable=False),
        sa.Column("active", Flag(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
        sqlite_strict=True,
    )
    op.create_table(
        "chains",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seq", Key, nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chains")),
        sqlite_strict=True,
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Key, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
        sqlite_strict=True,
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        sqlite_strict=True,
    )
    op.create_table(
        "once_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_once_keys")),
        sqlite_strict=True,
    )
    op.create_table(
        "rate_hits",
        sa.Column("id", Key, nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_hits")),
        sqlite_strict=True,
    )
    op.create_index("ix_rate_hits_bucket_at", "rate_hits", ["bucket", "at"], unique=False)

    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Json(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
        sqlite_strict=True,
    )
    op.create_table(
        "units",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("active", Flag(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "estates",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("branch_id", Key, nullable=True),
        sa.Column("property_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["units.id"], name=op.f("fk_estates_branch_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["units.id"], name=op.f("fk_estates_property_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estates")),
        sa.UniqueConstraint("code", name=op.f("uq_estates_code")),
        sa.UniqueConstraint("name", name=op.f("uq_estates_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "accounts",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("unit_id", Key, nullable=True),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("active", Flag(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_accounts_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_accounts_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_code")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
        sqlite_strict=True,
    )
    op.create_table(
        "buildings",
        sa.Column("id", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_buildings_estate_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buildings")),
        sa.UniqueConstraint("estate_id", "name", name=op.f("uq_buildings_estate_id_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "account_codes",
        sa.Column("id", Key, nullable=False),
        sa.Column("account_id", Key, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_account_codes_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_account_codes_code_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "account_roles",
        sa.Column("account_id", Key, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_account_roles_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_roles")),
        sqlite_strict=True,
    )
    op.create_table(
        "households",
        sa.Column("id", Key, nullable=False),
        sa.Column("building_id", Key, nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_households_building_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("building_id", "room", name=op.f("uq_households_building_id_room")),
        sqlite_strict=True,
    )
    op.create_table(
        "meetings",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", Day(), nullable=False),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("recorded_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_meetings_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_meetings_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("code", name=op.f("uq_meetings_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "places",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("estate_id", Key, nullable=False),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("category_id", Key, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", Flag(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_places_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_places_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_places_estate_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("code", name=op.f("uq_places_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_places_estate", "places", ["estate_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", Key, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_sign_ins_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sign_ins_account_id"), "sign_ins", ["account_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("came_from", sa.Text(), nullable=True),
        sa.Column("round", Key, nullable=False),
        sa.Column("estate_id", Key, nullable=True),
        sa.Column("building_id", Key, nullable=True),
        sa.Column("place_id", Key, nullable=True),
        sa.Column("category_id", Key, nullable=True),
        sa.Column("lead_unit_id", Key, nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("next_due_at", Instant(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("merged_into_id", Key, nullable=True),
        sa.Column("root_id", Key, nullable=True),
        sa.Column("anonymised_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["buildings.id"],
            name=op.f("fk_cases_building_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_cases_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estates.id"], name=op.f("fk_cases_estate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lead_unit_id"], ["units.id"], name=op.f("fk_cases_lead_unit_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["cases.id"],
            name=op.f("fk_cases_merged_into_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_cases_place_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["cases.id"], name=op.f("fk_cases_root_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_cases_building", "cases", ["building_id", "state", "opened_at", "id"], unique=False
    )
    op.create_index(
        "ix_cases_category", "cases", ["category_id", "state", "opened_at", "id"], unique=False
    )
    op.create_index("ix_cases_due", "cases", ["next_due_at", "id"], unique=False)
    op.create_index("ix_cases_state_due", "cases", ["state", "next_due_at", "id"], unique=False)
    op.create_index(
        "ix_cases_estate_due", "cases", ["estate_id", "next_due_at", "id"], unique=False
    )
    op.create_index(op.f("ix_cases_merged_into_id"), "cases", ["merged_into_id"], unique=False)
    op.create_index(
        "ix_cases_estate",
        "cases",
        ["estate_id", "state", "opened_at", "id", "came_from"],
        unique=False,
    )
    op.create_index(
        "ix_cases_lead", "cases", ["lead_unit_id", "state", "opened_at", "id"], unique=False
    )
    op.create_index("ix_cases_opened", "cases", ["opened_at", "id"], unique=False)
    op.create_index("ix_cases_published", "cases", ["published_at", "id"], unique=False)
    for column in ("estate", "category"):
        op.create_index(
            f"ix_cases_board_{column}",
            "cases",
            [f"{column}_id", "published_at", "id"],
            unique=False,
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
    op.create_index(op.f("ix_cases_root_id"), "cases", ["root_id"], unique=False)
    op.create_index(
        "ix_cases_state", "cases", ["state", "opened_at", "id", "came_from"], unique=False
    )

    op.create_table(
        "reporters",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("initials", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("household_id", Key, nullable=True),
        sa.Column("consent_at", Instant(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_reporters_household_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporters")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reporters_household_id"), "reporters", ["household_id"], unique=False)
    op.create_index(op.f("ix_reporters_phone"), "reporters", ["phone"], unique=False)

    op.create_table(
        "residents",
        sa.Column("id", Key, nullable=False),
        sa.Column("household_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_residents_household_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
        sa.UniqueConstraint("household_id", "name", name=op.f("uq_residents_household_id_name")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_residents_household_id"), "residents", ["household_id"], unique=False)
    op.create_index(
        "ix_residents_initials",
        "residents",
        ["initials"],
        unique=False,
        postgresql_ops={"initials": "text_pattern_ops"},
    )
    op.create_index(op.f("ix_residents_phone"), "residents", ["phone"], unique=False)
    op.create_index(
        "ix_residents_phone_tail", "residents", [sa.text("substr(phone, length(phone) - 3)")]
    )

    op.create_table(
        "clocks",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("limit", Key, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("paused_at", Instant(), nullable=True),
        sa.Column("paused_seconds", Key, nullable=False),
        sa.Column("met_at", Instant(), nullable=True),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("resumed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint(
            "case_id", "promise", "round", name=op.f("uq_clocks_case_id_promise_round")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_clocks_running",
        "clocks",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND voided_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND voided_at IS NULL"),
    )

    op.create_table(
        "events",
        sa.Column("id", Key, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", Key, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", Key, nullable=True),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["accounts.id"], name=op.f("fk_events_actor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_events_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_events_chain_seq")),
        sqlite_strict=True,
    )
    op.create_index("ix_events_case", "events", ["case_id", "id"], unique=False)
    op.create_index("ix_events_kind", "events", ["kind", "happened_at"], unique=False)
    op.create_index("ix_events_kind_id", "events", ["kind", "id"], unique=False)
    op.create_index("ix_events_actor", "events", ["actor_id", "id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("reporter_id", Key, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("place_id", Key, nullable=True),
        sa.Column("meeting_id", Key, nullable=True),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("follow_hash", sa.Text(), nullable=True),
        sa.Column("ledger_key", sa.Text(), nullable=True),
        sa.Column("extra", Json(), nullable=True),
        sa.Column("held_for", sa.Text(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reports_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_reports_meeting_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_reports_place_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_reports_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["reporters.id"],
            name=op.f("fk_reports_reporter_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("follow_hash", name=op.f("uq_reports_follow_hash")),
        sa.UniqueConstraint("ledger_key", name=op.f("uq_reports_ledger_key")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reports_case_id"), "reports", ["case_id"], unique=False)
    op.create_index(
        "ix_reports_held",
        "reports",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("held_for IS NOT NULL AND settled_at IS NULL"),
        postgresql_where=sa.text("held_for IS NOT NULL AND settled_at IS NULL"),
    )
    op.create_index(op.f("ix_reports_meeting_id"), "reports", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_reports_place_id"), "reports", ["place_id"], unique=False)
    op.create_index(op.f("ix_reports_reporter_id"), "reports", ["reporter_id"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("lead", Flag(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("given_by", Key, nullable=True),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by", Key, nullable=True),
        sa.Column("recalled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["accounts.id"], name=op.f("fk_tasks_done_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["accounts.id"], name=op.f("fk_tasks_given_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_tasks_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("code", name=op.f("uq_tasks_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tasks_case_id"), "tasks", ["case_id"], unique=False)
    op.create_index("ix_tasks_unit", "tasks", ["unit_id", "done_at", "due_at"], unique=False)

    op.create_table(
        "notes",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", Flag(), nullable=False),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notes_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_notes_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_notes_report_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_notes_case_id"), "notes", ["case_id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", Key, nullable=False),
        sa.Column("clock_id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reminders_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["clocks.id"], name=op.f("fk_reminders_clock_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("clock_id", "rung", name=op.f("uq_reminders_clock_id_rung")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reminders_case_id"), "reminders", ["case_id"], unique=False)

    op.create_table(
        "tellings",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_phone", Flag(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_tellings_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_tellings_report_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_tellings_calls",
        "tellings",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("by_phone = 1 AND settled_at IS NULL"),
        postgresql_where=sa.text("by_phone AND settled_at IS NULL"),
    )
    op.create_index(op.f("ix_tellings_case_id"), "tellings", ["case_id"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("telling_id", Key, nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("reached", Flag(), nullable=False),
        sa.Column("note_id", Key, nullable=True),
        sa.Column("account_id", Key, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_contacts_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_contacts_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_contacts_report_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["telling_id"],
            ["tellings.id"],
            name=op.f("fk_contacts_telling_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contacts_case_id"), "contacts", ["case_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("lead_unit_id", Key, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("note_id", Key, nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lead_unit_id"],
            ["units.id"],
            name=op.f("fk_decisions_lead_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_decisions_note_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "case_id", "round", "decided_at", name=op.f("uq_decisions_case_id_round_decided_at")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_decisions_case_id"), "decisions", ["case_id"], unique=False)

    op.create_table(
        "photos",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("case_id", Key, nullable=True),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("note_id", Key, nullable=True),
        sa.Column("width", Key, nullable=False),
        sa.Column("height", Key, nullable=False),
        sa.Column("public", Flag(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_photos_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_photos_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_photos_report_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("code", name=op.f("uq_photos_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_photos_case_id"), "photos", ["case_id"], unique=False)
    op.create_index(op.f("ix_photos_note_id"), "photos", ["note_id"], unique=False)
    op.create_index(op.f("ix_photos_report_id"), "photos", ["report_id"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("id", Key, nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=False),
        sa.Column("round", Key, nullable=False),
        sa.Column("level", Key, nullable=False),
        sa.Column("solved", sa.Text(), nullable=False),
        sa.Column("comment_id", Key, nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_ratings_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["notes.id"], name=op.f("fk_ratings_comment_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_ratings_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_ratings_report_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("report_id", "round", name=op.f("uq_ratings_report_id_round")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_ratings_case_id"), "ratings", ["case_id"], unique=False)

    op.create_table(
        "photo_bytes",
        sa.Column("photo_id", Key, nullable=False),
        sa.Column("full", sa.LargeBinary(), nullable=False),
        sa.Column("thumb", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_photo_bytes_photo_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_photo_bytes")),
        sqlite_strict=True,
    )

    append_only("events")


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
