"""Activities from the plan to the feedback, through the functions that people use."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from db import personal, verify
from db.activities import (
    calendar,
    changing,
    feeds,
    people,
    persons,
    planning,
    public,
    reads,
    signing,
)
from db.activities.bookings import RoomTaken, bookings
from db.activities.entry import ActivityWords
from db.activities.rhythm import rhythm
from db.activities.rooms import add_room, change_room
from db.engine import Database, read, write
from db.tables import Account
from db.tables.activities import Activity, ActivitySignUp
from db.work_calendar import set_day
from domain.activities import ActivityKind, News
from domain.errors import DeskError, FieldError, NotAllowed, NotFound, Refused
from domain.series import Plan
from tests.support.cast import Cast
from tests.support.clock import TestClock

ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DAY = timedelta(days=1)
SALON = ActivityWords(
    ActivityKind.ACTIVITY, "八段锦沙龙", place="中心花园", sign_up=True, capacity=2
)
FRIDAYS = Plan(4, time(15, 0), 90)


def planned(cast: Cast, clock: TestClock, entered: ActivityWords = SALON, ahead: int = 2) -> str:
    starts = clock.now + ahead * DAY
    return planning.plan_activity(
        cast.secretary, clock.now, entered, starts, starts + timedelta(hours=1)
    )


def dates(cast: Cast, now: datetime) -> dict[date, str]:
    """The dates of the series that stand, and their titles."""
    with read() as session:
        rows = session.scalars(select(Activity).where(Activity.cancelled_at.is_(None)))
        return {row.starts_at.date(): row.title for row in rows}


def joined(clock: TestClock, code: str, number: int) -> signing.SignedUp:
    return signing.sign_up(
        clock.now, code, f"居民{number}", f"1380000{number:04}", consent=True, once_key=f"k{number}"
    )


def test_sixteen_who_sign_up_at_once_get_the_places_there_are(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    code = planned(
        cast,
        clock,
        ActivityWords(ActivityKind.ACTIVITY, "沙龙", "", None, "亭", capacity=5, sign_up=True),
    )
    together, got = threading.Barrier(16), list[int]()

    def one(number: int) -> None:
        together.wait()
        got.append(joined(clock, code, number).waiting)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [0] * 5 + [*range(1, 12)]
    assert joined(clock, code, 3).code == joined(clock, code, 3).code  # the same form again
    view = public.public_activity(clock.now, code)
    assert (view.counts.seated, view.counts.waiting, view.free) == (5, 11, 0)


@ONE_DATABASE
def test_who_waits_moves_up_and_the_desk_sees_whom_to_ring(cast: Cast, clock: TestClock) -> None:
    code = planned(cast, clock)
    first, second, third = (joined(clock, code, number) for number in (1, 2, 3))
    assert (first.waiting, second.waiting, third.waiting) == (0, 0, 1)
    with pytest.raises(FieldError, match="already"):
        signing.sign_up(clock.now, code, "居民1", "13800000001", consent=True)
    with pytest.raises(FieldError):
        signing.sign_up(clock.now, code, "居民9", "13800000009", consent=False)
    signing.cancel(clock.now, first.code.lower())
    signing.cancel(clock.now, first.code)
    assert public.own_sign_up(third.code).waiting == 0
    assert public.own_sign_up(first.code).cancelled
    (view,) = reads.waiting_news(cast.secretary, clock.now)
    assert view.counts.to_tell == 1
    risen = next(one for one in people.guests(cast.secretary, code) if one.news)
    assert (risen.name, risen.phone, risen.news) == ("居民3", "138****0003", News.MOVED_UP)
    whole = people.guests_with_numbers(cast.social_worker, clock.now, code)
    assert [one.phone for one in whole] == ["13800000002", "13800000003"]
    people.set_told(cast.secretary, clock.now, risen.code)
    assert reads.waiting_news(cast.secretary, clock.now) == ()
    rang = people.sign_somebody_up(cast.secretary, clock.now, code, "居民4", "13800000004")
    assert rang.waiting == 1
    more = ActivityWords(ActivityKind.ACTIVITY, "沙龙", place="亭", sign_up=True, capacity=3)
    starts = clock.now + 2 * DAY
    changing.change_activity(
        cast.secretary, clock.now, code, more, starts, starts + timedelta(hours=1)
    )
    assert public.own_sign_up(rang.code).waiting == 0
    with pytest.raises(FieldError, match="3 people"):
        changing.change_activity(
            cast.secretary, clock.now, code, SALON, starts, starts + timedelta(hours=1)
        )
    for who in (cast.committee, cast.viewer, cast.partner_contact):
        with pytest.raises(NotAllowed):
            people.guests(who, code)


@ONE_DATABASE
def test_the_door_the_list_and_the_feedback(cast: Cast, clock: TestClock) -> None:
    code = planned(cast, clock)
    one, two = joined(clock, code, 1), joined(clock, code, 2)
    with pytest.raises(Refused, match="one hour before"):
        signing.come_by_code(clock.now, one.code)
    clock.forward(days=2)
    signing.come_by_code(clock.now, one.code)
    signing.come(clock.now, code, "二姐", "138 0000 0002")  # by another name, the same number
    signing.come(clock.now, code, "路过的", "13800000099", once_key="door")
    signing.come(clock.now, code, "路过的", "13800000099", once_key="door")
    with pytest.raises(Refused):
        joined(clock, code, 5)
    with pytest.raises(Refused):
        signing.cancel(clock.now, two.code)
    found = people.guests(cast.secretary, code)
    assert [(row.name, row.came, row.at_the_door) for row in found] == [
        ("居民1", True, False),
        ("居民2", True, False),
        ("路过的", True, True),
    ]
    people.set_who_came(cast.secretary, clock.now, code, [found[0].code], 12)
    view = reads.activity(cast.committee, clock.now, code).view
    assert (view.counts.came, view.came) == (2, 14)
    with pytest.raises(Refused):
        signing.rate(clock.now, one.code, 5)
    clock.forward(hours=2)
    with pytest.raises(FieldError):
        signing.rate(clock.now, one.code, 6)
    signing.rate(clock.now, one.code, 2, "人太多")
    signing.rate(clock.now, one.code, 4, "很好")
    signing.rate(clock.now, two.code, 5)
    said = reads.activity(cast.secretary, clock.now, code).feedback
    assert (said.given, said.average, said.opinions) == (2, 4.5, ("很好",))
    kept = personal.export_person(cast.secretary, clock.now, "13800000001")["activities"]
    assert [(row["title"], row["rating"]) for row in kept] == [("八段锦沙龙", 4)]
    personal.erase_person(cast.secretary, clock.now, "13800000001")
    clock.forward(days=90)
    assert persons.erase_old(clock.now) == 2
    with read() as session:
        rows = session.scalars(select(ActivitySignUp)).all()
        assert {(row.name, row.phone, row.opinion) for row in rows} == {(None, None, None)}
        assert [row.rating for row in rows] == [4, 5, None]
    assert list(verify.verify()) == []


def test_a_series_keeps_its_past_and_gives_its_rooms_back(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    room = add_room(cast.secretary, clock.now, name="文化活动中心", seats=30)
    other = add_room(cast.secretary, clock.now, name="睦邻亭")
    set_day(cast.administrator, clock.now, date(2026, 3, 20), False, "休息")
    entered = ActivityWords(
        ActivityKind.ACTIVITY, "书法沙龙", room_id=room, sign_up=True, capacity=9
    )
    first, last = date(2026, 3, 2), date(2026, 4, 5)
    seen = planning.outlook(cast.committee, FRIDAYS, first, last)
    assert [day.day for day in seen.dates] == [6, 13, 27, 3]
    assert [day.day for day in seen.holidays] == [20]
    code = planning.plan_series(cast.secretary, clock.now, entered, FRIDAYS, first, last, "once")
    again = planning.plan_series(cast.secretary, clock.now, entered, FRIDAYS, first, last, "once")
    assert again == code
    with pytest.raises(RoomTaken) as refused:
        planning.plan_series(
            cast.secretary, clock.now, entered, Plan(4, time(16, 0), 60), first, last
        )
    assert refused.value.params["day"] == "2026-03-06"
    assert len(dates(cast, clock.now)) == 4
    month = calendar.month(cast.committee, clock.now, first)
    codes = {row.day: row.code for row in month.entries}
    signed = joined(clock, codes[date(2026, 3, 27)], 1)
    clock.set("2026-03-10T10:00")
    # One date goes to another day, another one is cancelled.
    moved = datetime.fromisoformat("2026-03-14T10:00+08:00")
    changing.change_activity(
        cast.secretary,
        clock.now,
        codes[date(2026, 3, 13)],
        entered,
        moved,
        moved + timedelta(hours=1),
    )
    with pytest.raises(FieldError):
        changing.change_series(cast.secretary, clock.now, code, entered, FRIDAYS, first, last)
    later = ActivityWords(ActivityKind.ACTIVITY, "书法与绘画", room_id=other, sign_up=True)
    done = changing.change_series(
        cast.secretary,
        clock.now,
        code,
        later,
        Plan(2, time(9, 30), 60),
        date(2026, 3, 11),
        date(2026, 4, 8),
    )
    assert (done.stayed, done.moved, done.added, done.dropped) == (2, 2, 2, 0)
    assert dates(cast, clock.now) == {
        date(2026, 3, 6): "书法沙龙",
        date(2026, 3, 14): "书法沙龙",
        date(2026, 3, 18): "书法与绘画",  # the holiday was the Friday alone
        date(2026, 3, 25): "书法与绘画",
        date(2026, 4, 1): "书法与绘画",
        date(2026, 4, 8): "书法与绘画",
    }
    kept = [
        row.room for row in bookings(cast.secretary, clock.now - 30 * DAY, clock.now + 60 * DAY)
    ]
    assert kept == ["文化活动中心"] * 2 + ["睦邻亭"] * 4
    assert not public.own_sign_up(signed.code).cancelled
    (told,) = people.guests(cast.secretary, public.own_sign_up(signed.code).activity)
    assert told.news is News.MOVED
    ended = changing.change_series(
        cast.secretary,
        clock.now,
        code,
        later,
        Plan(2, time(9, 30), 60),
        date(2026, 3, 26),
        date(2026, 3, 26),
    )
    assert ended.dropped == 2
    assert max(dates(cast, clock.now)) == date(2026, 3, 25)


@ONE_DATABASE
def test_one_date_is_cancelled_alone_and_everybody_has_to_be_told(
    cast: Cast, clock: TestClock
) -> None:
    code = planned(cast, clock)
    joined(clock, code, 1)
    with pytest.raises(FieldError):
        changing.cancel_activity(cast.secretary, clock.now, code, " ")
    changing.cancel_activity(cast.secretary, clock.now, code, "暴雨")
    changing.cancel_activity(cast.secretary, clock.now, code, "again")
    view = public.public_activity(clock.now, code)
    assert (view.cancelled, view.reason, view.counts.to_tell) == (True, "暴雨", 1)
    with pytest.raises(Refused):
        joined(clock, code, 2)
    with pytest.raises(NotAllowed):
        changing.cancel_activity(cast.committee, clock.now, code, "why")
    hidden = planned(
        cast, clock, ActivityWords(ActivityKind.MEETING, "内部会", place="会议室", public=False)
    )
    with pytest.raises(NotFound):
        public.public_activity(clock.now, hidden)
    with pytest.raises(NotFound):
        joined(clock, hidden, 1)
    assert [view.code for view in public.upcoming(clock.now)] == [code]


@ONE_DATABASE
def test_the_rhythm_counts_what_was_held_and_names_what_was_not(
    cast: Cast, clock: TestClock
) -> None:
    meeting = ActivityWords(ActivityKind.MEETING, "议事会", place="会议室", public=False)
    lesson = ActivityWords(ActivityKind.CLASS, "讲座", place="会议室")
    for weeks, entered in ((0, SALON), (1, meeting), (2, lesson), (3, SALON)):
        planned(cast, clock, entered, ahead=7 * weeks)
    clock.forward(weeks=5)  # 6 April, a Monday
    year = rhythm(cast.viewer, clock.now, date(2026, 1, 1), date(2026, 12, 31))
    assert year.weeks_met == (date(2026, 3, 2), date(2026, 3, 23))
    assert year.weeks_missed == (date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 30))
    assert (year.months, year.months_met) == ((), ())  # March began before the first entry
    april = rhythm(cast.viewer, clock.forward(weeks=5), date(2026, 4, 1), date(2026, 4, 30))
    assert april.months_missed == (date(2026, 4, 1),)
    with pytest.raises(NotAllowed):
        rhythm(cast.volunteer, clock.now, date(2026, 1, 1), date(2026, 12, 31))
    with pytest.raises(NotAllowed):
        calendar.month(cast.viewer, clock.now, date(2026, 3, 1))


@ONE_DATABASE
def test_a_secret_calendar_ends_with_its_account_and_with_a_new_address(
    cast: Cast, clock: TestClock
) -> None:
    planned(
        cast, clock, ActivityWords(ActivityKind.MEETING, "内部会", place="会议室", public=False)
    )
    assert feeds.public_entries(clock.now) == ()
    old = feeds.new_address(cast.secretary, clock.now)
    token = feeds.new_address(cast.secretary, clock.now)
    assert [row.title for row in feeds.entries_of_address(clock.now, token)] == ["内部会"]
    with write() as session:
        session.get_one(Account, cast.secretary.account_id).active = False
    for bad in (old, token, "x"):
        with pytest.raises(NotFound):
            feeds.entries_of_address(clock.now, bad)
    with pytest.raises(NotAllowed):
        feeds.new_address(cast.viewer, clock.now)


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800x", "x\x00'; DROP TABLE activities;--", "‮אב", "👨‍👩‍👧"]
)
def test_strings_that_break_programs_are_kept_or_refused(
    cast: Cast, clock: TestClock, text: str
) -> None:
    ahead = (clock.now + DAY, clock.now + DAY + timedelta(hours=1))
    entered = ActivityWords(ActivityKind.ACTIVITY, text, text, None, "亭" + text, sign_up=True)
    with suppress(DeskError):
        planning.plan_activity(cast.secretary, clock.now, entered, *ahead)
    code = planned(cast, clock)
    with suppress(DeskError):
        signing.sign_up(clock.now, code, text, "13800000001", consent=True)
    with suppress(DeskError):
        changing.cancel_activity(cast.secretary, clock.now, code, text)
    asked: tuple[Callable[[], object], ...] = (
        lambda: public.public_activity(clock.now, text),
        lambda: public.next_of_series(clock.now, text),
        lambda: public.own_sign_up(text),
        lambda: feeds.entries_of_address(clock.now, text),
        lambda: reads.activity(cast.secretary, clock.now, text),
        lambda: people.set_told(cast.secretary, clock.now, text),
        lambda: change_room(cast.secretary, clock.now, text, name="x"),
    )
    for ask in asked:
        with pytest.raises(NotFound):
            ask()
