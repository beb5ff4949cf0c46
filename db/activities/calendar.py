"""The calendar: activities, meetings, conferences and lessons of some days in one list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.activities.bookings import need_planner
from db.activities.planning import clock_of
from db.activities.rhythm import RhythmFigures, activity_days, rhythm_in
from db.activities.views import ActivityView, views
from db.engine import read
from db.tables import Meeting
from db.tables.activities import Activity, ActivityRoom
from db.tables.classes import ClassCourse, ClassLesson
from db.tables.conference import Conference
from db.work_calendar import work_calendar
from domain.days import at_local, day_bounds, local_day
from domain.people import Actor
from domain.series import WEEK, is_holiday, monday

MOST = 1000


class EntryKind(StrEnum):
    """What an entry of the calendar is; activities have kinds of their own beside it."""

    ACTIVITY = "activity"
    MEETING = "meeting"
    CONFERENCE = "conference"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar.

    Args:
        code: of the activity, meeting or conference; empty for a lesson.
        starts_at: None where only the day is known.
        view: of an activity, everything about it.
    """

    kind: EntryKind
    code: str
    title: str
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    where: str
    cancelled: bool = False
    view: ActivityView | None = None


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the calendar, whole weeks at both ends.

    Args:
        entries: in order of time.
        weeks: the Mondays of its weeks.
        missed: weeks that are over and had no activity.
        bare: weeks to come, or this one, for which none is planned yet.
        rhythm: of the twelve months before today.
    """

    first: date
    entries: tuple[Entry, ...]
    weeks: tuple[date, ...]
    missed: tuple[date, ...]
    bare: tuple[date, ...]
    rhythm: RhythmFigures


def month(actor: Actor, now: datetime, day: date) -> MonthView:
    """The month of that day."""
    need_planner(actor)
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    begin, today = monday(first), local_day(now)
    weeks: list[date] = []
    while begin + WEEK * len(weeks) < after:
        weeks.append(begin + WEEK * len(weeks))
    last = weeks[-1] + WEEK - timedelta(days=1)
    with read() as session:
        year = rhythm_in(session, now, today - timedelta(days=365), today)
        met = {monday(on) for on in activity_days(session, begin, last)}
        empty = [week for week in weeks if week not in met]
        return MonthView(
            first,
            entries(session, actor, begin, last),
            tuple(weeks),
            tuple(week for week in empty if week in year.weeks),
            tuple(week for week in empty if week + WEEK > today),
            year,
        )


def entries(session: Session, actor: Actor, first: date, last: date) -> tuple[Entry, ...]:
    """Everything of these days that the person may see, in the caller's transaction."""
    found = [
        *_activities(session, first, last),
        *_meetings(session, actor, first, last),
        *_conferences(session, first, last),
        *_lessons(session, first, last),
    ]
    return tuple(sorted(found, key=_order))


def entry_of(view: ActivityView) -> Entry:
    """An activity as an entry of the calendar."""
    return Entry(
        EntryKind.ACTIVITY,
        view.code,
        view.title,
        local_day(view.starts_at),
        view.starts_at,
        view.ends_at,
        view.where,
        view.cancelled,
        view,
    )


def _order(entry: Entry) -> tuple[date, datetime, str]:
    # Where only the day is known it stands first.
    return entry.day, entry.starts_at or day_bounds(entry.day, entry.day)[0], entry.title


def _activities(session: Session, first: date, last: date) -> Iterator[Entry]:
    begins, ends = day_bounds(first, last)
    rows = session.scalars(
        select(Activity)
        .where(Activity.starts_at >= begins, Activity.starts_at < ends)
        .order_by(Activity.starts_at)
        .limit(MOST)
    )
    yield from map(entry_of, views(session, rows))


def _meetings(session: Session, actor: Actor, first: date, last: date) -> Iterator[Entry]:
    query = select(Meeting).where(Meeting.held_on.between(first, last))
    if actor.estate_id is not None:
        query = query.where(Meeting.estate_id == actor.estate_id)
    for row in session.scalars(query.limit(MOST)):
        yield Entry(
            EntryKind.MEETING,
            row.code,
            row.title,
            row.held_on,
            row.starts_at,
            None,
            row.place or "",
        )


def _conferences(session: Session, first: date, last: date) -> Iterator[Entry]:
    begins, ends = day_bounds(first, last)
    query = select(Conference).where(Conference.meets_at >= begins, Conference.meets_at < ends)
    for row in session.scalars(query.limit(MOST)):
        yield Entry(
            EntryKind.CONFERENCE,
            row.code,
            "",
            local_day(row.meets_at),
            row.meets_at,
            row.ended_at,
            row.place,
        )


def _lessons(session: Session, first: date, last: date) -> Iterator[Entry]:
    calendar = work_calendar(session, first, last)
    query = (
        select(ClassLesson, ClassCourse, ActivityRoom.name)
        .join(ClassCourse, ClassCourse.id == ClassLesson.course_id)
        .outerjoin(ActivityRoom, ActivityRoom.id == ClassCourse.room_id)
        .where(ClassLesson.day.between(first, last))
        .limit(MOST)
    )
    for lesson, course, room in session.execute(query):
        if is_holiday(lesson.day, calendar):
            continue
        yield Entry(
            EntryKind.LESSON,
            "",
            course.name,
            lesson.day,
            at_local(lesson.day, clock_of(course.from_minute)),
            at_local(lesson.day, clock_of(course.to_minute)),
            room or course.place,
            lesson.cancelled_at is not None,
        )
