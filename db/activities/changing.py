"""Activities change: one date is moved or cancelled, a series from some day on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.activities.entry import ActivityWords, fill, give_up_room, take_room
from db.activities.places import fill_places, tell_all
from db.activities.planning import add_date, check_times, times_of
from db.activities.scope import activity_by_code, no_such_activity, series_by_code
from db.engine import write
from db.events import record
from db.tables.activities import Activity
from db.work_calendar import work_calendar
from domain import texts
from domain.activities import News
from domain.days import local_day, local_time
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right
from domain.series import Change, Held, Plan, change

LONGEST_REASON = 200
FELL_AWAY = "—"  # why a date of a series fell away when the series was changed


@dataclass(frozen=True, slots=True)
class Changed:
    """How many dates a change of a series kept, moved, added and dropped."""

    stayed: int
    moved: int
    added: int
    dropped: int


def change_activity(
    actor: Actor,
    now: datetime,
    code: str,
    entered: ActivityWords,
    starts_at: datetime,
    ends_at: datetime,
) -> None:
    """Change one activity, of a series this one date alone; who signed up keeps the place.

    Raises:
        FieldError: a field that must be mended.
        NotFound: no such activity.
        Refused: it is cancelled or over.
        RoomTaken: the room has another booking at that time.
    """
    actor.need(Right.HANDLE)
    check_times(now, starts_at, ends_at)
    with write() as session:
        row = activity_by_code(session, code, lock=True)
        _need_ahead(row, now)
        before = (row.starts_at, row.ends_at, row.room_id, row.place)
        give_up_room(session, row)
        row.starts_at, row.ends_at = starts_at, ends_at
        fill(session, row, entered)
        take_room(session, actor, row)
        after = (row.starts_at, row.ends_at, row.room_id, row.place)
        if row.series_id is not None and after[:2] != before[:2]:
            row.by_hand = True
        if after != before:
            tell_all(session, row, News.MOVED)
        fill_places(session, actor, now, row)
        record(session, actor, now, "activity_changed", activity=row.id, moved=after != before)


def cancel_activity(actor: Actor, now: datetime, code: str, reason: str) -> None:
    """Cancel one activity, of a series this one date alone. A repeat changes nothing.

    Raises:
        FieldError: no reason.
        NotFound: no such activity.
        Refused: it is over.
    """
    actor.need(Right.HANDLE)
    why = texts.required("reason", reason, LONGEST_REASON)
    with write() as session:
        row = activity_by_code(session, code, lock=True)
        if row.cancelled_at is not None:
            return
        _need_ahead(row, now)
        row.by_hand = row.series_id is not None
        _cancel(session, now, row, why)
        record(session, actor, now, "activity_cancelled", activity=row.id)


def change_series(
    actor: Actor,
    now: datetime,
    code: str,
    entered: ActivityWords,
    plan: Plan,
    since: date,
    last: date,
) -> Changed:
    """Hold a series otherwise from a day to come; what was held stays as it was.

    Dates that were moved or cancelled by themselves stay as they are. To end a series, let
    `last` lie before the next date.

    Raises:
        FieldError: a field that must be mended; `since` is not ahead.
        NotFound: no such series.
        RoomTaken: the room has another booking on one of the dates; nothing is changed.
    """
    actor.need(Right.HANDLE)
    if since <= local_day(now):
        raise FieldError("since", N_("Change a series from a day to come; today's stays as it is."))
    with write() as session:
        series = series_by_code(session, code)
        rows = session.scalars(
            select(Activity).where(Activity.series_id == series.id).with_for_update()
        ).all()
        by_week = {row.week: row for row in rows if row.week is not None}
        standing = [row for row in by_week.values() if row.cancelled_at is None or row.by_hand]
        calendar = work_calendar(session, since, max(since, last))
        made = change([_held(row) for row in standing], plan, since, last, calendar)
        _apply(session, actor, now, (series.id, since), by_week, made, entered)
        series.weekday, series.minutes = plan.weekday, plan.minutes
        series.start_minute = plan.starts.hour * 60 + plan.starts.minute
        series.skips_holidays, series.last_on = plan.skips_holidays, last
        done = Changed(len(made.stays), len(made.moved), len(made.added), len(made.dropped))
        record(
            session,
            actor,
            now,
            "activity_series_changed",
            series=series.id,
            moved=done.moved,
            added=done.added,
            dropped=done.dropped,
        )
        return done


def _apply(
    session: Session,
    actor: Actor,
    now: datetime,
    series: tuple[int, date],
    by_week: dict[date, Activity],
    made: Change,
    entered: ActivityWords,
) -> None:
    """Change the rows: first every room that is left is given back, then the others are taken."""
    series_id, since = series
    for gone in made.dropped:
        row = by_week[gone.week]
        if row.cancelled_at is None:
            row.by_hand = False
            _cancel(session, now, row, FELL_AWAY)
    # What keeps its time may still get another title or room; the past and what a hand changed
    # keep theirs.
    ahead = [one for one in (*made.moved, *made.stays) if one.day >= since and not one.by_hand]
    for one in ahead:
        give_up_room(session, by_week[one.week])
    for one in sorted(ahead, key=lambda held: held.week):
        row = by_week[one.week]
        before = (row.starts_at, row.ends_at, row.room_id, row.place)
        row.starts_at, row.ends_at = times_of(one)
        check_times(now, row.starts_at, row.ends_at)
        fill(session, row, entered)
        take_room(session, actor, row)
        if (row.starts_at, row.ends_at, row.room_id, row.place) != before:
            tell_all(session, row, News.MOVED)
        fill_places(session, actor, now, row)
    for one in made.added:
        if (old := by_week.get(one.week)) is None:
            add_date(session, actor, now, series_id, entered, one)
            continue
        old.cancelled_at = old.cancel_reason = None  # an earlier change had dropped it
        old.starts_at, old.ends_at = times_of(one)
        fill(session, old, entered)
        take_room(session, actor, old)


def _cancel(session: Session, now: datetime, row: Activity, reason: str) -> None:
    give_up_room(session, row)
    row.cancelled_at, row.cancel_reason = now, reason
    tell_all(session, row, News.CANCELLED)


def _need_ahead(row: Activity, now: datetime) -> None:
    if row.cancelled_at is not None:
        raise Refused(N_("This activity is cancelled. Plan a new one."))
    if row.ends_at <= now:
        raise Refused(N_("This activity is over; it stays as it was."))


def _held(row: Activity) -> Held:
    if row.week is None:
        raise no_such_activity()
    begins = local_time(row.starts_at)
    minutes = (row.ends_at - row.starts_at) // timedelta(minutes=1)
    return Held(row.week, begins.date(), begins.time(), minutes, row.by_hand)
