"""Figures kept ready: what each file counts as, and the sums that pages read."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, refers
from db.types import Word
from domain.durations import Stretch

# Sums have a row for each choice of filter: 0 stands for "all of them".
ALL = 0


class FigureMark(Base):
    """Up to which event, and as of which moment, the figures are made."""

    __tablename__ = "figure_marks"
    name: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int]
    as_of: Mapped[datetime]


class CaseFigure(Base):
    """What one file counts as: the list behind every sum.

    Flags are 1 where it hit, 0 where it missed and None where it does not count.

    Args:
        month: the first day of the month in which it was opened, in the community's days.
        building: 0 where it is not known.
        wall_minutes, net_minutes: from opening to done, on the wall and without pauses; the
            others: at each step that it has left.
        changes_at: when a limit passes that changes a flag though nothing happens.
    """

    __tablename__ = "case_figures"
    case_id: Mapped[int] = mapped_column(refers("cases.id"), primary_key=True)
    opened_at: Mapped[datetime]
    month: Mapped[date]
    estate: Mapped[int]
    category: Mapped[int]
    unit: Mapped[int]
    building: Mapped[int] = mapped_column(default=0)
    is_open: Mapped[bool]
    closed_on: Mapped[date | None]
    response: Mapped[int | None]
    vote_same_day: Mapped[int | None]
    decision_next_day: Mapped[int | None]
    done_in_time: Mapped[int | None]
    done_voted: Mapped[int | None]
    solved_closed: Mapped[int | None]
    reopened: Mapped[int | None]
    chased: Mapped[int | None]
    extended: Mapped[int | None]
    solved: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)
    satisfied: Mapped[int] = mapped_column(default=0)
    ratings: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    asked: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    reports: Mapped[int] = mapped_column(default=1)
    wall_minutes: Mapped[int | None]
    net_minutes: Mapped[int | None]
    raise_minutes: Mapped[int | None]
    deliberate_minutes: Mapped[int | None]
    coordinate_minutes: Mapped[int | None]
    carry_out_minutes: Mapped[int | None]
    publish_minutes: Mapped[int | None]
    rate_minutes: Mapped[int | None]
    changes_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_case_figures_month", "month", "opened_at", "case_id"),
        Index("ix_case_figures_changes", "changes_at"),
        STRICT,
    )


class FigureSum(Base):
    """The sums of a month's files; estate, category and unit are ids or 0 for all."""

    __tablename__ = "figure_sums"
    estate: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    received: Mapped[int] = mapped_column(default=0)
    is_open: Mapped[int] = mapped_column(default=0)
    response_hit: Mapped[int] = mapped_column(default=0)
    response_due: Mapped[int] = mapped_column(default=0)
    vote_same_day_hit: Mapped[int] = mapped_column(default=0)
    vote_same_day_due: Mapped[int] = mapped_column(default=0)
    decision_next_day_hit: Mapped[int] = mapped_column(default=0)
    decision_next_day_due: Mapped[int] = mapped_column(default=0)
    done_in_time_hit: Mapped[int] = mapped_column(default=0)
    done_in_time_due: Mapped[int] = mapped_column(default=0)
    done_voted_hit: Mapped[int] = mapped_column(default=0)
    done_voted_due: Mapped[int] = mapped_column(default=0)
    solved_closed_hit: Mapped[int] = mapped_column(default=0)
    solved_closed_due: Mapped[int] = mapped_column(default=0)
    reopened_hit: Mapped[int] = mapped_column(default=0)
    reopened_due: Mapped[int] = mapped_column(default=0)
    chased_hit: Mapped[int] = mapped_column(default=0)
    chased_due: Mapped[int] = mapped_column(default=0)
    extended_hit: Mapped[int] = mapped_column(default=0)
    extended_due: Mapped[int] = mapped_column(default=0)
    solved: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)
    satisfied: Mapped[int] = mapped_column(default=0)
    ratings: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    asked: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    reports: Mapped[int] = mapped_column(default=0)


class DaySum(Base):
    """Files opened and closed on a day, and those of its openings that are open still."""

    __tablename__ = "day_sums"
    estate: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int] = mapped_column(default=0)
    closed: Mapped[int] = mapped_column(default=0)
    still_open: Mapped[int] = mapped_column(default=0)


class DurationBucket(Base):
    """How many of a month's files took so long for a stretch, by the classes of durations."""

    __tablename__ = "duration_buckets"
    estate: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True)
    stretch: Mapped[Stretch] = mapped_column(Word(Stretch), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True)
    files: Mapped[int] = mapped_column(default=0)


class BuildingSum(Base):
    """A month's files of one building; category is an id or 0 for all."""

    __tablename__ = "building_sums"
    estate: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    building: Mapped[int] = mapped_column(primary_key=True)
    received: Mapped[int] = mapped_column(default=0)


class FrozenSum(Base):
    """A month's sums as they were 31 days after its end; nothing rewrites them."""

    __tablename__ = "frozen_sums"
    estate: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    frozen_at: Mapped[datetime]
    sums: Mapped[str]  # canonical JSON of the columns of `figure_sums`
