"""Who has a place and who waits, kept in step inside the transaction of what changed it."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.activities.scope import entries, standing_sign_ups
from db.events import record
from db.tables.activities import Activity
from domain.activities import News
from domain.people import Actor
from domain.waiting_list import moved_up


def fill_places(session: Session, actor: Actor, now: datetime, row: Activity) -> None:
    """Give free places to those who wait; the desk then sees whom to tell."""
    if row.cancelled_at is not None or row.starts_at <= now:
        return
    people = standing_sign_ups(session, row.id)
    risen = set(moved_up(entries(people), row.capacity))
    for one in people:
        if one.id in risen:
            one.seated_at, one.news = now, News.MOVED_UP
            record(session, actor, now, "activity_moved_up", activity=row.id, sign_up=one.id)


def tell_all(session: Session, row: Activity, news: News) -> None:
    """Everybody who signed up has to be told; the latest news is what counts."""
    for one in standing_sign_ups(session, row.id):
        one.news = news
