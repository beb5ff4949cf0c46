"""The demo's activities: 52 weeks with two gaps, and the next ones with their sign-ups."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from db.activities import changing, people, planning, signing
from db.activities.entry import ActivityWords
from db.activities.rooms import add_room
from db.demo.diary import Diary
from db.demo.estates import Home
from db.demo.settled import Settled
from db.engine import read
from db.tables.activities import Activity
from domain.activities import ActivityKind
from domain.days import at_local, day_bounds, local_day
from domain.people import SYSTEM, Actor
from domain.series import WEEK, Plan, monday

WEEKS = 52  # that are over; then some to come
AHEAD = 6
ENTERED_AGO = 340  # days
CHANGED_AGO = 180
CANCELLED = 11  # weeks ago: the second gap; the first is the year's first long holiday
SHOW_EVERY = 5  # weeks between performances and exhibitions
ROOMS = (("文化活动中心", "社区服务中心三楼", 80), ("睦邻亭", "中心花园", None))
WEDNESDAYS = Plan(2, time(9, 0), 90)
SHOWS = (
    (ActivityKind.PERFORMANCE, "邻里文艺演出"),
    (ActivityKind.EXHIBITION, "居民书法绘画展"),
    (ActivityKind.ACTIVITY, "百家宴·包饺子"),
)
SALON_WORDS = "带水杯、穿平底鞋，零基础也能学。"
DUMPLINGS = "面和馅社区准备，请自带围裙。"
OPINIONS = ("教得仔细，膝盖都松了", "希望音响再大一点", "", "下次还来")


@dataclass(slots=True)
class _Centre:
    """What stands of it; rooms and the series are known once they are entered."""

    clerk: Actor
    first: date
    school: int  # the elders' school, whose pupils sing and paint
    rooms: list[int] = field(default_factory=list)
    series: str = ""


def enliven(diary: Diary, settled: Settled) -> None:
    """Write a year of activities into the diary.

    Chance is their own, so that the rest of the story does not depend on it.
    """
    rng = random.Random("activities")  # noqa: S311 – a story, no secret
    today = local_day(diary.now)
    school = settled.units["elders_school"]
    centre = _Centre(settled.people.clerks[1], monday(today) - WEEKS * WEEK, school)
    last = monday(today) + AHEAD * WEEK + timedelta(days=6)
    entered = diary.day(ENTERED_AGO, 9, 15)
    diary.add(entered, partial(_open, centre, last))
    seen = planning.outlook(SYSTEM, WEDNESDAYS, centre.first, last)
    missing = [monday(day) for day in seen.holidays if monday(day) < monday(today)]
    gaps = {monday(today) - CANCELLED * WEEK, *missing[:1]}
    if not missing:
        gaps.add(monday(today) - 3 * CANCELLED * WEEK)
    since = today - timedelta(days=CHANGED_AGO - 1)
    diary.add(diary.day(CHANGED_AGO, 10), partial(_change, centre, since, last))
    for day in seen.dates:
        if monday(day) in gaps:
            call_off = max(entered, at_local(day - timedelta(days=1), time(16)))
            diary.add(call_off + timedelta(minutes=5), partial(_call_off, centre, day))
        else:
            count = rng.randrange(9, 26)
            noted = max(entered + timedelta(minutes=9), at_local(day, time(11)))
            diary.add(noted, partial(_count, centre, day, count))
    for back in range(WEEKS, 0, -1):
        week = monday(today) - back * WEEK
        if week not in gaps and (week in missing or back % SHOW_EVERY == 2):
            show = SHOWS[back // SHOW_EVERY % len(SHOWS)]
            at = at_local(week + timedelta(days=5), time(14, 30))
            plan_at = max(entered + timedelta(minutes=2), at - timedelta(days=10))
            diary.add(plan_at, partial(_show, centre, show, at))
            counted = max(plan_at + timedelta(minutes=2), at + timedelta(hours=3))
            diary.add(counted, partial(_count, centre, local_day(at), rng.randrange(40, 75)))
    homes = [home for house in settled.estates.houses for home in house.homes if home.phone]
    _sign_ups(diary, centre, rng.sample(homes, 40), [day for day in seen.dates if day > today])
    _last_week(diary, rng.sample(homes, 7), [day for day in seen.dates if day < today][-1])


def _open(centre: _Centre, last: date, now: datetime) -> None:
    for name, spot, seats in ROOMS:
        centre.rooms.append(add_room(centre.clerk, now, name=name, spot=spot, seats=seats))
    words = _salon(centre, "八段锦沙龙", centre.rooms[1])
    centre.series = planning.plan_series(centre.clerk, now, words, WEDNESDAYS, centre.first, last)


def _salon(centre: _Centre, title: str, room: int) -> ActivityWords:
    return ActivityWords(ActivityKind.ACTIVITY, title, SALON_WORDS, room, sign_up=True, capacity=20)


def _change(centre: _Centre, since: date, last: date, now: datetime) -> None:
    """It has grown: from the pavilion into the hall, half an hour later."""
    words = _salon(centre, "八段锦沙龙", centre.rooms[0])
    later = Plan(WEDNESDAYS.weekday, time(9, 30), WEDNESDAYS.minutes)
    changing.change_series(centre.clerk, now, centre.series, words, later, since, last)


def _call_off(centre: _Centre, day: date, now: datetime) -> None:
    changing.cancel_activity(centre.clerk, now, _code(day), "台风预警，停一次")


def _count(centre: _Centre, day: date, count: int, now: datetime) -> None:
    came = [one.code for one in people.guests(centre.clerk, _code(day)) if one.came]
    people.set_who_came(centre.clerk, now, _code(day), came, count)


def _show(centre: _Centre, show: tuple[ActivityKind, str], at: datetime, now: datetime) -> None:
    kind, title = show
    held_by = centre.school if kind is not ActivityKind.ACTIVITY else None
    words = ActivityWords(kind, title, "", centre.rooms[0], unit_id=held_by)
    planning.plan_activity(centre.clerk, now, words, at, at + timedelta(hours=2))


def _sign_ups(diary: Diary, centre: _Centre, homes: list[Home], ahead: list[date]) -> None:
    """The next salon is half full, the dumplings are full and three wait."""
    at = at_local(monday(local_day(diary.now)) + WEEK + timedelta(days=5), time(10))
    diary.add(diary.day(6, 10), partial(_dumplings, centre, at))
    for number, home in enumerate(homes[:15]):
        moment = diary.day(5 - number // 4, 9 + number % 4, 3 * number)
        diary.add(moment, partial(_join, local_day(at), home, []))
    for number, home in enumerate(homes[15:28]):
        diary.add(diary.day(3, 9 + number % 9, 4 * number), partial(_join, ahead[0], home, []))


def _dumplings(centre: _Centre, at: datetime, now: datetime) -> None:
    words = ActivityWords(
        ActivityKind.ACTIVITY,
        "冬日包饺子",
        DUMPLINGS,
        centre.rooms[0],
        sign_up=True,
        capacity=12,
    )
    planning.plan_activity(centre.clerk, now, words, at, at + timedelta(hours=2))


def _last_week(diary: Diary, homes: list[Home], day: date) -> None:
    """Some who signed up for the last salon came, and said how it was."""
    begins = at_local(day, time(9, 30))
    for number, home in enumerate(homes):
        made: list[str] = []
        diary.add(begins - timedelta(days=2, hours=number), partial(_join, day, home, made))
        if number % 3 != 2:
            diary.add(begins + timedelta(minutes=number - 9), partial(_come, made))
        if number < len(OPINIONS):
            words, stars = OPINIONS[number], 5 - number % 2
            said = begins + timedelta(hours=2, minutes=40 * number)
            diary.add(said, partial(_rate, made, stars, words))


def _join(day: date, home: Home, made: list[str], now: datetime) -> None:
    signed = signing.sign_up(now, _code(day), home.name, home.phone or "", consent=True)
    made.append(signed.code)


def _come(made: list[str], now: datetime) -> None:
    signing.come_by_code(now, made[0])


def _rate(made: list[str], stars: int, words: str, now: datetime) -> None:
    signing.rate(now, made[0], stars, words)


def _code(day: date) -> str:
    """The code of the first activity of a day."""
    begins, ends = day_bounds(day, day)
    query = (
        select(Activity.code)
        .where(Activity.starts_at >= begins, Activity.starts_at < ends)
        .order_by(Activity.id)
        .limit(1)
    )
    with read() as session:
        return session.scalars(query).one()
