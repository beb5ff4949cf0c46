"""The after-school class: terms, courses, children, attendance."""

import sqlalchemy as sa
from alembic import op

from db.types import Day, Instant, Key

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "class_terms",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", Day(), nullable=False),
        sa.Column("ends_on", Day(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", Key, nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["accounts.id"],
            name=op.f("fk_class_terms_created_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_class_terms_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_class_terms_ends", "class_terms", ["ends_on"], unique=False)
    op.create_table(
        "class_children",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("term_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("guardian", sa.Text(), nullable=False),
        sa.Column("guardian_phone", sa.Text(), nullable=True),
        sa.Column("emergency", sa.Text(), nullable=False),
        sa.Column("emergency_phone", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("enrolled_by", Key, nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolled_by"],
            ["accounts.id"],
            name=op.f("fk_class_children_enrolled_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["class_terms.id"],
            name=op.f("fk_class_children_term_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_children")),
        sa.UniqueConstraint("code", name=op.f("uq_class_children_code")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_class_children_emergency_phone"),
        "class_children",
        ["emergency_phone"],
        unique=False,
    )
    op.create_index(
        op.f("ix_class_children_guardian_phone"), "class_children", ["guardian_phone"], unique=False
    )
    op.create_index(op.f("ix_class_children_term_id"), "class_children", ["term_id"], unique=False)
    op.create_table(
        "class_courses",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("term_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("weekday", Key, nullable=False),
        sa.Column("from_minute", Key, nullable=False),
        sa.Column("to_minute", Key, nullable=False),
        sa.Column("room_id", Key, nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("places", Key, nullable=False),
        sa.Column("teacher_id", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["activity_rooms.id"],
            name=op.f("fk_class_courses_room_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"],
            ["volunteers.id"],
            name=op.f("fk_class_courses_teacher_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["class_terms.id"],
            name=op.f("fk_class_courses_term_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_courses")),
        sa.UniqueConstraint("code", name=op.f("uq_class_courses_code")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_class_courses_teacher_id"), "class_courses", ["teacher_id"], unique=False
    )
    op.create_index(op.f("ix_class_courses_term_id"), "class_courses", ["term_id"], unique=False)
    op.create_table(
        "class_free_days",
        sa.Column("id", Key, nullable=False),
        sa.Column("term_id", Key, nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["class_terms.id"],
            name=op.f("fk_class_free_days_term_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_free_days")),
        sa.UniqueConstraint("term_id", "day", name=op.f("uq_class_free_days_term_id_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "class_staff",
        sa.Column("id", Key, nullable=False),
        sa.Column("term_id", Key, nullable=False),
        sa.Column("account_id", Key, nullable=False),
        sa.Column("named_at", Instant(), nullable=False),
        sa.Column("named_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_class_staff_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["accounts.id"], name=op.f("fk_class_staff_named_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["class_terms.id"],
            name=op.f("fk_class_staff_term_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_staff")),
        sa.UniqueConstraint(
            "term_id", "account_id", name=op.f("uq_class_staff_term_id_account_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_class_staff_account_id"), "class_staff", ["account_id"], unique=False)
    op.create_table(
        "class_consents",
        sa.Column("id", Key, nullable=False),
        sa.Column("child_id", Key, nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["class_children.id"],
            name=op.f("fk_class_consents_child_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_class_consents_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_consents")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_class_consents_standing",
        "class_consents",
        ["child_id", "consent"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "class_enrolments",
        sa.Column("id", Key, nullable=False),
        sa.Column("child_id", Key, nullable=False),
        sa.Column("course_id", Key, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("placed_at", Instant(), nullable=True),
        sa.Column("left_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["class_children.id"],
            name=op.f("fk_class_enrolments_child_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["class_courses.id"],
            name=op.f("fk_class_enrolments_course_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_enrolments")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_class_enrolments_course_id"), "class_enrolments", ["course_id"], unique=False
    )
    op.create_index(
        "uq_class_enrolments_standing",
        "class_enrolments",
        ["child_id", "course_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "class_fetchers",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("child_id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["class_children.id"],
            name=op.f("fk_class_fetchers_child_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_fetchers")),
        sa.UniqueConstraint("code", name=op.f("uq_class_fetchers_code")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_class_fetchers_child_id"), "class_fetchers", ["child_id"], unique=False
    )
    op.create_index(op.f("ix_class_fetchers_phone"), "class_fetchers", ["phone"], unique=False)
    op.create_table(
        "class_lessons",
        sa.Column("id", Key, nullable=False),
        sa.Column("course_id", Key, nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("booking_id", Key, nullable=True),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["room_bookings.id"],
            name=op.f("fk_class_lessons_booking_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["class_courses.id"],
            name=op.f("fk_class_lessons_course_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_lessons")),
        sa.UniqueConstraint("course_id", "day", name=op.f("uq_class_lessons_course_id_day")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_class_lessons_booking_id"), "class_lessons", ["booking_id"], unique=False
    )
    op.create_index(op.f("ix_class_lessons_day"), "class_lessons", ["day"], unique=False)
    op.create_table(
        "class_attendances",
        sa.Column("id", Key, nullable=False),
        sa.Column("lesson_id", Key, nullable=False),
        sa.Column("child_id", Key, nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("recorded_by", Key, nullable=True),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.Column("fetcher_id", Key, nullable=True),
        sa.Column("handed_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["class_children.id"],
            name=op.f("fk_class_attendances_child_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["fetcher_id"],
            ["class_fetchers.id"],
            name=op.f("fk_class_attendances_fetcher_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"],
            ["accounts.id"],
            name=op.f("fk_class_attendances_handed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"],
            ["class_lessons.id"],
            name=op.f("fk_class_attendances_lesson_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("fk_class_attendances_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_attendances")),
        sa.UniqueConstraint(
            "lesson_id", "child_id", name=op.f("uq_class_attendances_lesson_id_child_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_class_attendances_child_id"), "class_attendances", ["child_id"], unique=False
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
