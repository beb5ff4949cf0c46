"""Activities are planned: one alone, or a weekly series with its dates and rooms at once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from db import once
from db.activities.bookings import need_planner
from db.activities.entry import ActivityWords, fill, take_room
from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.tables.activities import Activity, ActivitySeries
from db.work_calendar import work_calendar
from domain.bookings import quarters
from domain.days import at_local, local_day
from domain.errors import N_, FieldError
from domain.people import Actor, Right
from domain.series import Held, Plan, planned, skipped

FAR = timedelta(days=800)  # further ahead is a mistyped year
# What was held and not entered may be entered afterwards, so that no week is missed on paper.
BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The dates that a series would have, the holidays that it leaves out, unknown years."""

    dates: tuple[date, ...]
    holidays: tuple[date, ...]
    unknown_years: tuple[int, ...]


def plan_activity(
    actor: Actor,
    now: datetime,
    entered: ActivityWords,
    starts_at: datetime,
    ends_at: datetime,
    once_key: str | None = None,
) -> str:
    """Plan one activity and book its room; returns its code.

    Raises:
        FieldError: a field that must be mended.
        RoomTaken: the room has another booking at that time.
    """
    actor.need(Right.HANDLE)
    check_times(now, starts_at, ends_at)
    code = new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        row = _row(session, now, entered, starts_at, ends_at, code)
        take_room(session, actor, row)
        record(session, actor, now, "activity_planned", activity=row.id, room=row.room_id)
        return code


def plan_series(
    actor: Actor,
    now: datetime,
    entered: ActivityWords,
    plan: Plan,
    first: date,
    last: date,
    once_key: str | None = None,
) -> str:
    """Plan a weekly series: all its dates and bookings, or none; returns the series' code.

    Raises:
        FieldError: a field that must be mended, or no date in that time.
        RoomTaken: the room has another booking on one of the dates.
    """
    actor.need(Right.HANDLE)
    code = new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        dates = planned(plan, first, last, work_calendar(session, first, last))
        series = ActivitySeries(
            code=code,
            weekday=plan.weekday,
            start_minute=plan.starts.hour * 60 + plan.starts.minute,
            minutes=plan.minutes,
            skips_holidays=plan.skips_holidays,
            first_on=first,
            last_on=last,
        )
        session.add(series)
        session.flush()
        for held in dates:
            add_date(session, actor, now, series.id, entered, held)
        record(session, actor, now, "activity_series_planned", series=series.id, dates=len(dates))
        return code


def outlook(actor: Actor, plan: Plan, first: date, last: date) -> Outlook:
    """What a series would look like, before it is planned."""
    need_planner(actor)
    with read() as session:
        calendar = work_calendar(session, first, last)
        try:
            dates = tuple(held.day for held in planned(plan, first, last, calendar))
        except FieldError:
            dates = ()
            if first > last:
                return Outlook((), (), ())
        return Outlook(
            dates, skipped(plan, first, last, calendar), calendar.unknown_years(first, last)
        )


def add_date(
    session: Session,
    actor: Actor,
    now: datetime,
    series_id: int,
    entered: ActivityWords,
    held: Held,
) -> None:
    """One date of a series with its room, in the caller's transaction."""
    starts_at, ends_at = times_of(held)
    check_times(now, starts_at, ends_at)
    row = _row(session, now, entered, starts_at, ends_at, new_code(), (series_id, held.week))
    take_room(session, actor, row)


def times_of(held: Held) -> tuple[datetime, datetime]:
    """When a date of a series begins and ends."""
    starts_at = at_local(held.day, held.starts)
    return starts_at, starts_at + timedelta(minutes=held.minutes)


def clock_of(minute: int) -> time:
    """The time of day of a kept minute."""
    return time(minute // 60, minute % 60)


def check_times(now: datetime, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse what cannot be.

    Raises:
        FieldError: an end before the beginning, or a day years away.
    """
    quarters(starts_at, ends_at)
    if not now - BACK <= starts_at <= now + FAR:
        raise FieldError("day", N_("This day is years away. Correct the date."))
    if local_day(starts_at) != local_day(ends_at - timedelta(microseconds=1)):
        raise FieldError("ends", N_("It must end on the day on which it begins."))


def _row(
    session: Session,
    now: datetime,
    entered: ActivityWords,
    starts_at: datetime,
    ends_at: datetime,
    code: str,
    of_series: tuple[int, date] | None = None,
) -> Activity:
    series_id, week = of_series or (None, None)
    row = Activity(
        code=code,
        starts_at=starts_at,
        ends_at=ends_at,
        series_id=series_id,
        week=week,
        by_hand=False,
        planned_at=now,
    )
    fill(session, row, entered)
    session.add(row)
    session.flush()
    return row
