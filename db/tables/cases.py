"""The file 档案 and what belongs to it: reports, reporters, notes, photos, clocks, tasks."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Blob, Json, Word
from domain.closing import Outcome
from domain.moves import State


class Channel(StrEnum):
    """By which door a report came in."""

    QR = "qr"
    PHONE = "phone"
    WALK_IN = "walk_in"
    MEETING = "meeting"
    LEDGER = "ledger"
    ROUND = "round"  # visits, patrols, surveys


class MeetingKind(StrEnum):
    """The two ways of listening."""

    HEARING = "hearing"  # 睦邻恳谈
    NIGHT_TALK = "night_talk"  # 社区夜话


_ON_BOARD: Any = {
    "sqlite_where": sql("published_at IS NOT NULL"),
    "postgresql_where": sql("published_at IS NOT NULL"),
}


# Few of a large ledger's files are open; the micro-list finds them by their category.
_OPEN: Any = {
    "sqlite_where": sql("state NOT IN ('closed', 'merged')"),
    "postgresql_where": sql("state NOT IN ('closed', 'merged')"),
}


class Case(Base):
    """One problem, one file.

    `next_due_at` is the earliest due time of its running clocks, `root_id` the file that
    it is merged into at the end of the line (itself when not merged); both are kept by the
    same transaction that changes their source, so that lists need not compute them.
    """

    __tablename__ = "cases"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    state: Mapped[State] = mapped_column(Word(State))
    came_from: Mapped[State | None] = mapped_column(Word(State))
    round: Mapped[int] = mapped_column(default=1)
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    place_id: Mapped[int | None] = mapped_column(refers("places.id"))
    category_id: Mapped[int | None] = mapped_column(refers("categories.id"))
    lead_unit_id: Mapped[int | None] = mapped_column(refers("units.id"))
    opened_at: Mapped[datetime]
    next_due_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    summary: Mapped[str | None]  # what the public board says
    published_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(refers("cases.id"), index=True)
    root_id: Mapped[int | None] = mapped_column(refers("cases.id"), index=True)
    anonymised_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_cases_opened", "opened_at", "id"),
        Index("ix_cases_state", "state", "opened_at", "id", "came_from"),
        Index("ix_cases_estate", "estate_id", "state", "opened_at", "id", "came_from"),
        Index("ix_cases_building", "building_id", "state", "opened_at", "id"),
        Index("ix_cases_category", "category_id", "state", "opened_at", "id"),
        Index("ix_cases_category_open", "category_id", "opened_at", "id", **_OPEN),
        Index("ix_cases_estate_category", "estate_id", "category_id", "state", "opened_at", "id"),
        Index("ix_cases_estate_open", "estate_id", "category_id", "opened_at", "id", **_OPEN),
        Index("ix_cases_lead", "lead_unit_id", "state", "opened_at", "id"),
        Index("ix_cases_due", "next_due_at", "id"),
        Index("ix_cases_state_due", "state", "next_due_at", "id"),
        Index("ix_cases_estate_due", "estate_id", "next_due_at", "id"),
        Index("ix_cases_published", "published_at", "id"),
        # The board by estate and by category; few of a large ledger's files are on it.
        Index("ix_cases_board_estate", "estate_id", "published_at", "id", **_ON_BOARD),
        Index("ix_cases_board_category", "category_id", "published_at", "id", **_ON_BOARD),
        STRICT,
    )


class Reporter(Base):
    """Who told us: apart from the file, so that it can be masked, exported and erased."""

    __tablename__ = "reporters"
    id: Mapped[RowId]
    name: Mapped[str | None]
    initials: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    household_id: Mapped[int | None] = mapped_column(refers("households.id"), index=True)
    consent_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Meeting(Base):
    """A 睦邻恳谈 or 社区夜话 whose demands become files; planned ones have time and place."""

    __tablename__ = "meetings"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind))
    title: Mapped[str]
    held_on: Mapped[date]
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    starts_at: Mapped[datetime | None]
    place: Mapped[str | None]


class Report(Base):
    """One person's words. A file has one or more; merging keeps each with its reporter.

    A report that flooding held back has no file until somebody lets it in.
    """

    __tablename__ = "reports"
    id: Mapped[RowId]
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"), index=True)
    reporter_id: Mapped[int | None] = mapped_column(refers("reporters.id"), index=True)
    text: Mapped[str]
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    place_id: Mapped[int | None] = mapped_column(refers("places.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(refers("meetings.id"), index=True)
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    received_at: Mapped[datetime]
    follow_hash: Mapped[str | None] = mapped_column(unique=True)
    ledger_key: Mapped[str | None] = mapped_column(unique=True)  # 编号, else the content's hash
    extra: Mapped[dict[str, Any] | None] = mapped_column(Json)  # other columns of a ledger
    held_for: Mapped[str | None]  # why it was held back
    settled_at: Mapped[datetime | None]  # when a held report was let in or discarded
    __table_args__ = (
        Index(
            "ix_reports_held",
            "received_at",
            sqlite_where=sql("held_for IS NOT NULL AND settled_at IS NULL"),
            postgresql_where=sql("held_for IS NOT NULL AND settled_at IS NULL"),
        ),
        STRICT,
    )


class Note(Base):
    """Words of the staff on a file: a reason, an answer, a decision. Public ones are followed."""

    __tablename__ = "notes"
    id: Mapped[RowId]
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    kind: Mapped[str]
    round: Mapped[int] = mapped_column(default=1)
    text: Mapped[str]
    public: Mapped[bool] = mapped_column(default=False)
    report_id: Mapped[int | None] = mapped_column(refers("reports.id"))
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at: Mapped[datetime]


class Photo(Base):
    """A photo, re-encoded; its bytes stand in `photo_bytes` so that lists do not read them."""

    __tablename__ = "photos"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(refers("reports.id"), index=True)
    note_id: Mapped[int | None] = mapped_column(refers("notes.id"), index=True)
    width: Mapped[int]
    height: Mapped[int]
    public: Mapped[bool] = mapped_column(default=False)  # shown on the board once published
    at: Mapped[datetime]


class PhotoBytes(Base):
    """JPEG bytes of a photo and of its thumbnail; in the database, so that backup has them."""

    __tablename__ = "photo_bytes"
    photo_id: Mapped[int] = mapped_column(refers("photos.id"), primary_key=True)
    full: Mapped[bytes] = mapped_column(Blob)
    thumb: Mapped[bytes] = mapped_column(Blob)


class Decision(Base):
    """Who leads, by when, as deliberation settled it."""

    __tablename__ = "decisions"
    id: Mapped[RowId]
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    round: Mapped[int]
    lead_unit_id: Mapped[int] = mapped_column(refers("units.id"))
    due_at: Mapped[datetime]
    note_id: Mapped[int] = mapped_column(refers("notes.id"))
    decided_at: Mapped[datetime]
    agenda_item_id: Mapped[int | None] = mapped_column(index=True)  # decided at a conference
    __table_args__ = (UniqueConstraint("case_id", "round", "decided_at"), STRICT)


class Task(Base):
    """What a unit was given of a file. Its state is read from its times."""

    __tablename__ = "tasks"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    unit_id: Mapped[int] = mapped_column(refers("units.id"))
    round: Mapped[int]
    lead: Mapped[bool]
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    recalled_at: Mapped[datetime | None]
    asked_due_at: Mapped[datetime | None]  # the later day that the unit asks for
    first_due_at: Mapped[datetime | None]  # what was given, where the day was moved since
    extended_at: Mapped[datetime | None]  # since when
    __table_args__ = (
        Index("ix_tasks_unit", "unit_id", "done_at", "due_at"),
        Index(
            "ix_tasks_asked_later",
            "due_at",
            sqlite_where=sql("asked_due_at IS NOT NULL"),
            postgresql_where=sql("asked_due_at IS NOT NULL"),
        ),
        STRICT,
    )
