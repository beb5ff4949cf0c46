"""一月一会议、一周一活动: how many months and weeks had theirs, and which did not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.events import HOUSE
from db.tables import Event, Meeting
from db.tables.activities import Activity
from db.tables.conference import Conference
from domain.activities import OF_THE_WEEK, ActivityKind
from domain.days import day_bounds, local_day
from domain.people import Actor, Right
from domain.rhythm import missed_months, missed_weeks, months, weeks
from domain.series import WEEK, monday


@dataclass(frozen=True, slots=True)
class RhythmFigures:
    """The months and weeks of a period that are over, by their first days.

    A month is met by a conference, a 睦邻恳谈, a 社区夜话 or another meeting; a week by an
    activity, a performance or an exhibition that was not cancelled.
    """

    months: tuple[date, ...]
    months_met: tuple[date, ...]
    months_missed: tuple[date, ...]
    weeks: tuple[date, ...]
    weeks_met: tuple[date, ...]
    weeks_missed: tuple[date, ...]


def rhythm(actor: Actor, now: datetime, first: date, last: date) -> RhythmFigures:
    """The rhythm from `first` to `last`, both included.

    What lies before the desk was used is not counted: nothing was missed there.
    """
    actor.need(Right.FIGURES)
    with read() as session:
        return rhythm_in(session, now, first, last)


def rhythm_in(session: Session, now: datetime, first: date, last: date) -> RhythmFigures:
    """The same, in the caller's transaction."""
    today = local_day(now)
    first = max(first, _begun(session, now))
    met = meeting_days(session, first.replace(day=1), last)
    held = activity_days(session, monday(first), last + WEEK)
    all_months, all_weeks = months(first, last, today), weeks(first, last, today)
    lost_months = missed_months(first, last, met, today)
    lost_weeks = missed_weeks(first, last, held, today)
    return RhythmFigures(
        all_months,
        _without(all_months, lost_months),
        lost_months,
        all_weeks,
        _without(all_weeks, lost_weeks),
        lost_weeks,
    )


def meeting_days(session: Session, first: date, last: date) -> list[date]:
    """The days on which there was or is a meeting of any kind."""
    begins, ends = day_bounds(first, last)
    days = list(
        session.scalars(select(Meeting.held_on).where(Meeting.held_on.between(first, last)))
    )
    opened = select(Conference.opened_at).where(
        Conference.opened_at >= begins, Conference.opened_at < ends
    )
    days += [local_day(at) for at in session.scalars(opened) if at is not None]
    return days + _days(session, [ActivityKind.MEETING], begins, ends)


def activity_days(session: Session, first: date, last: date) -> list[date]:
    """The days of what counts for the week."""
    return _days(session, OF_THE_WEEK, *day_bounds(first, last))


def _days(
    session: Session, kinds: Iterable[ActivityKind], begins: datetime, ends: datetime
) -> list[date]:
    query = select(Activity.starts_at).where(
        Activity.kind.in_(list(kinds)),
        Activity.cancelled_at.is_(None),
        Activity.starts_at >= begins,
        Activity.starts_at < ends,
    )
    return [local_day(at) for at in session.scalars(query)]


def _begun(session: Session, now: datetime) -> date:
    """The day on which the desk began to be used, or of the first activity entered later."""
    begun = session.scalar(select(Event.at).where(Event.chain == HOUSE, Event.seq == 1)) or now
    entered = session.scalar(select(func.min(Activity.starts_at)))
    return local_day(min(begun, entered or now))


def _without(all_of: tuple[date, ...], lost: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(day for day in all_of if day not in set(lost))
