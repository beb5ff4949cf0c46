"""What was promised and what came of it: clocks, reminders, tellings, contacts, ratings."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.tables.cases import Channel
from db.types import Word
from domain.clocks import Promise, Standing
from domain.reminders import Rung
from domain.workdays import DayBasis


class ClockRow(Base):
    """One promise of one round of a file; see `domain.clocks.Clock`, whose fields it keeps."""

    __tablename__ = "clocks"
    id: Mapped[RowId]
    case_id: Mapped[int] = mapped_column(refers("cases.id"))
    promise: Mapped[Promise] = mapped_column(Word(Promise))
    round: Mapped[int]
    basis: Mapped[DayBasis] = mapped_column(Word(DayBasis))
    limit: Mapped[int]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    paused_seconds: Mapped[int] = mapped_column(default=0)
    met_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    result: Mapped[Standing | None] = mapped_column(Word(Standing))
    resumed_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("case_id", "promise", "round"),
        Index(
            "ix_clocks_running",
            "due_at",
            sqlite_where=sql("met_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sql("met_at IS NULL AND voided_at IS NULL"),
        ),
        STRICT,
    )


class Reminder(Base):
    """One rung of one clock's ladder, raised once."""

    __tablename__ = "reminders"
    id: Mapped[RowId]
    clock_id: Mapped[int] = mapped_column(refers("clocks.id"))
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    rung: Mapped[Rung] = mapped_column(Word(Rung))
    raised_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("clock_id", "rung"), STRICT)


class Telling(Base):
    """Something that a reporter is to be told, and by which way: the page always, else a call."""

    __tablename__ = "tellings"
    id: Mapped[RowId]
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    report_id: Mapped[int] = mapped_column(refers("reports.id"))
    kind: Mapped[str]
    by_phone: Mapped[bool]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_tellings_calls",
            "created_at",
            sqlite_where=sql("by_phone = 1 AND settled_at IS NULL"),
            postgresql_where=sql("by_phone AND settled_at IS NULL"),
        ),
        STRICT,
    )


class Contact(Base):
    """One attempt to reach a reporter, and whether it did."""

    __tablename__ = "contacts"
    id: Mapped[RowId]
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(refers("reports.id"))
    telling_id: Mapped[int | None] = mapped_column(refers("tellings.id"))
    purpose: Mapped[str]  # answer, rating, or the telling's kind
    round: Mapped[int]
    reached: Mapped[bool]
    note_id: Mapped[int | None] = mapped_column(refers("notes.id"))
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at: Mapped[datetime]


class Rating(Base):
    """A reporter's word on the result; once per report and round.

    `level` is 5 (very satisfied) to 1; `solved` is yes, partly or no.
    """

    __tablename__ = "ratings"
    id: Mapped[RowId]
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    report_id: Mapped[int] = mapped_column(refers("reports.id"))
    round: Mapped[int]
    level: Mapped[int]
    solved: Mapped[str]
    comment_id: Mapped[int | None] = mapped_column(refers("notes.id"))
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("report_id", "round"), STRICT)
