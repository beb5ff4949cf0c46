"""What anybody sees of activities, and what somebody sees who signed up, by their code."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from db.activities.scope import entries, no_such_activity, standing_sign_ups
from db.activities.views import ActivityView, views
from db.engine import read
from db.numbers import clean_follow_code, hashed
from db.tables.activities import Activity, ActivitySeries, ActivitySignUp
from domain.activities import FEEDBACK_FOR
from domain.errors import N_, NotFound
from domain.texts import clean
from domain.waiting_list import number_waiting

AHEAD = timedelta(days=60)
MOST = 60


@dataclass(frozen=True, slots=True)
class Own:
    """A sign-up as whoever made it sees it; nothing that tells who that is.

    Args:
        waiting: the place in the waiting list; 0 for who has a place.
    """

    activity: str
    waiting: int
    cancelled: bool
    came: bool
    rating: int | None


def upcoming(now: datetime) -> tuple[ActivityView, ...]:
    """The public activities that are not over yet, the next first."""
    query = (
        select(Activity)
        .where(Activity.public, Activity.ends_at > now, Activity.starts_at < now + AHEAD)
        .order_by(Activity.starts_at, Activity.id)
        .limit(MOST)
    )
    with read() as session:
        return views(session, session.scalars(query))


def public_activity(now: datetime, code: str) -> ActivityView:
    """One public activity, until feedback is not asked for any more.

    Raises:
        NotFound: none, or none that is public: outsiders cannot tell which.
    """
    query = select(Activity).where(
        Activity.code == clean(code), Activity.public, Activity.ends_at > now - FEEDBACK_FOR
    )
    with read() as session:
        row = session.scalar(query)
        if row is None:
            raise no_such_activity()
        (view,) = views(session, [row])
        return view


def next_of_series(now: datetime, code: str) -> str:
    """The code of a series' next public date, or of the one that is going on.

    Raises:
        NotFound: no such series, or none of its dates is to come.
    """
    query = (
        select(Activity.code)
        .join(ActivitySeries, ActivitySeries.id == Activity.series_id)
        .where(
            ActivitySeries.code == clean(code),
            Activity.public,
            Activity.cancelled_at.is_(None),
            Activity.ends_at > now,
        )
        .order_by(Activity.starts_at)
        .limit(1)
    )
    with read() as session:
        found = session.scalar(query)
    if found is None:
        raise no_such_activity()
    return found


def own_sign_up(follow: str) -> Own:
    """How a sign-up stands.

    Raises:
        NotFound: the same for every code that is not valid.
    """
    with read() as session:
        found = session.execute(
            select(ActivitySignUp, Activity.code)
            .join(Activity, Activity.id == ActivitySignUp.activity_id)
            .where(ActivitySignUp.code_hash == hashed(clean_follow_code(clean(follow))))
        ).one_or_none()
        if found is None:
            raise NotFound(
                N_("This code is not valid. Please check it, or ask the community office.")
            )
        made, code = found
        people = standing_sign_ups(session, made.activity_id)
        return Own(
            code,
            number_waiting(entries(people), made.id),
            made.cancelled_at is not None,
            made.came_at is not None,
            made.rating,
        )
