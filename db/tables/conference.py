"""理事: joint conferences with their agenda, units' reports, offers and claims."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.tables.community import ServiceClass
from db.types import Word
from domain.agenda import Result, Source


class Conference(Base):
    """A joint conference 联席会议. Planned, running or over: read from its times.

    `meets_at` is when it is to begin, `guests` who was there beside the units.
    """

    __tablename__ = "conferences"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    meets_at: Mapped[datetime]
    place: Mapped[str]
    planned_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    ended_at: Mapped[datetime | None]
    guests: Mapped[str | None]
    # True until it ends, then NULL: the database keeps a second one from being planned.
    running: Mapped[bool | None] = mapped_column(unique=True)
    __table_args__ = (Index("ix_conferences_meets", "meets_at", "id"), STRICT)


class UnitReport(Base):
    """What a unit wants the next conference to hear."""

    __tablename__ = "unit_reports"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(refers("units.id"), index=True)
    text: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at: Mapped[datetime]


class AgendaItem(Base):
    """One item of a conference: what a person said of it beforehand, then what became of it.

    Before the meeting a row stands only where a hand changed what fills itself; once it is
    opened, every item has its row.
    """

    __tablename__ = "agenda_items"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    conference_id: Mapped[int] = mapped_column(refers("conferences.id"))
    position: Mapped[int | None]
    source: Mapped[Source] = mapped_column(Word(Source))
    since: Mapped[datetime]
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(refers("unit_reports.id"), index=True)
    title: Mapped[str | None]  # of what was added by hand and has no file
    reason: Mapped[str | None]  # why it was added or left out
    left_out_at: Mapped[datetime | None]
    added_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    result: Mapped[Result | None] = mapped_column(Word(Result))
    settled_at: Mapped[datetime | None]
    words: Mapped[str | None]  # what was said, where there is no file; else the note
    note_id: Mapped[int | None] = mapped_column(refers("notes.id"))
    __table_args__ = (
        UniqueConstraint("conference_id", "case_id"),
        UniqueConstraint("conference_id", "report_id"),
        STRICT,
    )


class ConferencePresence(Base):
    """A unit that was there, and who came for it."""

    __tablename__ = "conference_presences"
    id: Mapped[RowId]
    conference_id: Mapped[int] = mapped_column(refers("conferences.id"))
    unit_id: Mapped[int] = mapped_column(refers("units.id"), index=True)
    __table_args__ = (UniqueConstraint("conference_id", "unit_id"), STRICT)


class UnitOffer(Base):
    """What a unit can offer: a hall, a doctor's hour, tools."""

    __tablename__ = "unit_offers"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(refers("units.id"), index=True)
    service_class: Mapped[ServiceClass] = mapped_column(Word(ServiceClass))
    text: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    offered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class HelpWanted(Base):
    """A call to all partner units for help with a file; the first that takes it has it."""

    __tablename__ = "help_wanted"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    note_id: Mapped[int] = mapped_column(refers("notes.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    task_id: Mapped[int | None] = mapped_column(refers("tasks.id"))
    closed_at: Mapped[datetime | None]  # taken, or no longer wanted
    __table_args__ = (
        Index(
            "ix_help_wanted_open",
            "asked_at",
            sqlite_where=sql("closed_at IS NULL"),
            postgresql_where=sql("closed_at IS NULL"),
        ),
        STRICT,
    )
