"""Who may call what of `db`: activities."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import time, timedelta

from db.activities import (
    bookings,
    calendar,
    changing,
    feeds,
    people,
    planning,
    reads,
    rhythm,
    rooms,
    signing,
)
from db.activities.entry import ActivityWords
from domain.activities import ActivityKind
from domain.series import Plan
from tests.support.who_may import Row, any_reader, counted, staff
from tests.support.world import Side, World

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
SALON = ActivityWords(ActivityKind.ACTIVITY, "Salon", place="Garden", sign_up=True, capacity=9)
PLAN = Plan(4, time(15, 0), 60)


def activity(world: World, side: Side) -> str:
    """An activity that somebody signed up for; it belongs to no estate, nor do they."""
    starts = world.now + WEEK
    code = planning.plan_activity(
        world.cast.secretary, world.now, SALON, starts, starts + HOUR, f"a-{side.name}"
    )
    signing.sign_up(
        world.now,
        code,
        "Guest",
        "13800000555",
        consent=True,
        once_key=f"join-{side.name}",
    )
    return code


def begun(world: World, side: Side) -> str:
    starts = world.now
    return planning.plan_activity(
        world.cast.secretary, world.now, SALON, starts, starts + HOUR, f"b-{side.name}"
    )


def series(world: World) -> str:
    return planning.plan_series(
        world.cast.secretary, world.now, SALON, PLAN, world.today, world.today + 4 * WEEK, "series"
    )


def guest(world: World, side: Side) -> str:
    (one,) = people.guests(world.cast.secretary, activity(world, side))
    return one.code


def room(world: World) -> str:
    rooms.add_room(world.cast.secretary, world.now, name="Hall")
    (one,) = rooms.rooms(world.cast.secretary)
    return one.code


ROWS: dict[str, Row] = {
    "activities.bookings.bookings": Row(
        any_reader, lambda w, s, a: bookings.bookings(a, w.now, w.now + WEEK)
    ),
    "activities.bookings.need_planner": Row(any_reader, lambda w, s, a: bookings.need_planner(a)),
    "activities.calendar.month": Row(
        any_reader, lambda w, s, a: (activity(w, s), calendar.month(a, w.now, w.today))[1]
    ),
    "activities.changing.change_activity": Row(
        staff,
        lambda w, s, a: changing.change_activity(
            a, w.now, activity(w, s), SALON, w.now + HOUR, w.now + 2 * HOUR
        ),
    ),
    "activities.changing.cancel_activity": Row(
        staff, lambda w, s, a: changing.cancel_activity(a, w.now, activity(w, s), "rain")
    ),
    "activities.changing.change_series": Row(
        staff,
        lambda w, s, a: changing.change_series(
            a, w.now, series(w), SALON, PLAN, w.today + WEEK, w.today + 2 * WEEK
        ),
    ),
    "activities.feeds.has_address": Row(any_reader, lambda w, s, a: feeds.has_address(a)),
    "activities.feeds.new_address": Row(any_reader, lambda w, s, a: feeds.new_address(a, w.now)),
    "activities.people.guests": Row(staff, lambda w, s, a: people.guests(a, activity(w, s))),
    "activities.people.guests_with_numbers": Row(
        staff, lambda w, s, a: people.guests_with_numbers(a, w.now, activity(w, s))
    ),
    "activities.people.sign_somebody_up": Row(
        staff,
        lambda w, s, a: people.sign_somebody_up(a, w.now, activity(w, s), "new", "13800000777"),
    ),
    "activities.people.sign_somebody_off": Row(
        staff, lambda w, s, a: people.sign_somebody_off(a, w.now, guest(w, s))
    ),
    "activities.people.set_who_came": Row(
        staff, lambda w, s, a: people.set_who_came(a, w.now, begun(w, s), [], 5)
    ),
    "activities.people.set_told": Row(
        staff, lambda w, s, a: people.set_told(a, w.now, guest(w, s))
    ),
    "activities.planning.plan_activity": Row(
        staff,
        lambda w, s, a: planning.plan_activity(a, w.now, SALON, w.now + HOUR, w.now + 2 * HOUR),
    ),
    "activities.planning.plan_series": Row(
        staff,
        lambda w, s, a: planning.plan_series(a, w.now, SALON, PLAN, w.today, w.today + WEEK),
    ),
    "activities.planning.outlook": Row(
        any_reader, lambda w, s, a: planning.outlook(a, PLAN, w.today, w.today + WEEK)
    ),
    "activities.reads.activity": Row(
        any_reader, lambda w, s, a: reads.activity(a, w.now, activity(w, s))
    ),
    "activities.reads.waiting_news": Row(any_reader, lambda w, s, a: reads.waiting_news(a, w.now)),
    "activities.rhythm.rhythm": Row(
        counted, lambda w, s, a: rhythm.rhythm(a, w.now, w.today, w.today)
    ),
    "activities.rooms.rooms": Row(any_reader, lambda w, s, a: rooms.rooms(a)),
    "activities.rooms.add_room": Row(staff, lambda w, s, a: rooms.add_room(a, w.now, name="new")),
    "activities.rooms.change_room": Row(
        staff, lambda w, s, a: rooms.change_room(a, w.now, room(w), name="new")
    ),
}
# By the code of whoever signed up, or at the door by name and number.
BY_CODE = {
    "activities.feeds.entries_of_address",
    "activities.public.own_sign_up",
    "activities.signing.cancel",
    "activities.signing.come",
    "activities.signing.come_by_code",
    "activities.signing.rate",
}
OPEN = {
    "activities.feeds.public_entries",
    "activities.public.next_of_series",
    "activities.public.public_activity",
    "activities.public.upcoming",
    "activities.signing.admit",
    "activities.signing.sign_up",
}
SERVER = {"activities.persons.erase_old"}
PLUMBING = {"activities.scope", "activities.entry", "activities.views", "activities.places"}
VALUES = {
    "activities.calendar.entry_of",
    "activities.persons.erase",
    "activities.planning.check_times",
    "activities.planning.clock_of",
    "activities.planning.times_of",
    "activities.signing.person",
}
