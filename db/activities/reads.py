"""One activity for who plans: its list in numbers, its series, and how people found it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from db.activities.bookings import need_planner
from db.activities.scope import activity_by_code
from db.activities.views import ActivityView, SeriesView, series_view, views
from db.engine import read
from db.tables.activities import Activity, ActivitySeries, ActivitySignUp
from domain.people import Actor

MOST_OPINIONS = 50
LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What those who came said: how many, how good from 1 to 5, their words without names."""

    given: int
    average: float
    opinions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityFile:
    """Everything about one activity but its people.

    Args:
        others: the other dates of its series, from a month ago on.
    """

    view: ActivityView
    series: SeriesView | None
    others: tuple[ActivityView, ...]
    feedback: Feedback


def activity(actor: Actor, now: datetime, code: str) -> ActivityFile:
    """One activity.

    Raises:
        NotFound: there is none with that code.
    """
    need_planner(actor)
    with read() as session:
        row = activity_by_code(session, code)
        series: SeriesView | None = None
        others: tuple[ActivityView, ...] = ()
        if row.series_id is not None:
            series = series_view(session.get_one(ActivitySeries, row.series_id))
            query = (
                select(Activity)
                .where(
                    Activity.series_id == row.series_id,
                    Activity.id != row.id,
                    Activity.starts_at >= now - LOOKED_BACK,
                )
                .order_by(Activity.starts_at)
            )
            others = views(session, session.scalars(query))
        given, average = session.execute(
            select(func.count(ActivitySignUp.rating), func.avg(ActivitySignUp.rating)).where(
                ActivitySignUp.activity_id == row.id
            )
        ).one()
        opinions = session.scalars(
            select(ActivitySignUp.opinion)
            .where(ActivitySignUp.activity_id == row.id, ActivitySignUp.opinion.is_not(None))
            .order_by(ActivitySignUp.rated_at.desc())
            .limit(MOST_OPINIONS)
        )
        feedback = Feedback(given, float(average or 0), tuple(words for words in opinions if words))
        (view,) = views(session, [row])
        return ActivityFile(view, series, others, feedback)


def waiting_news(actor: Actor, now: datetime) -> tuple[ActivityView, ...]:
    """Activities with people who have to be told something by phone, the next first."""
    need_planner(actor)
    query = (
        select(Activity)
        .where(
            Activity.id.in_(
                select(ActivitySignUp.activity_id).where(
                    ActivitySignUp.news.is_not(None), ActivitySignUp.cancelled_at.is_(None)
                )
            ),
            Activity.starts_at > now,
        )
        .order_by(Activity.starts_at)
        .limit(MOST_OPINIONS)
    )
    with read() as session:
        return views(session, session.scalars(query))
