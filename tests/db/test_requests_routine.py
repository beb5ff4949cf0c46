"""Routine requests: one after the other, never at night, and giving way to an emergency."""

from db import engine
from db.requests import answering, asking, dispatching, ladder, mine, reading
from db.requests.asking import Asked
from domain.offers import Why
from domain.people import Actor
from domain.skills import SkillKind
from tests.support.asking import READING, asked_of, emergency, offer_of, state, told
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import with_account


def test_routine_goes_from_one_to_the_next_after_a_no_and_after_four_hours(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = asking.ask(cast.secretary, clock.now, READING).code
    dispatching.start(cast.secretary, clock.now, code)
    assert asked_of(cast, code, clock.now) == ["doctor0"]
    answering.decline(
        doctors[0], clock.forward(minutes=5), offer_of(doctors[0], clock.now), Why.AWAY
    )
    assert asked_of(cast, code, clock.now) == ["doctor0", "doctor1"]
    clock.forward(hours=3, minutes=59)
    assert ladder.tick(clock.now) == 0
    clock.forward(minutes=1)
    assert ladder.tick(clock.now) == 1
    assert len(asked_of(cast, code, clock.now)) == 3
    view = reading.request_view(cast.secretary, code, clock.now)
    assert [(one.state.value, one.why) for one in view.offers] == [
        ("declined", Why.AWAY),
        ("expired", None),
        ("sent", None),
    ]


def test_routine_asks_nobody_at_night_and_goes_on_in_the_morning(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    clock.set("2026-03-02T21:00")
    code = asking.ask(cast.secretary, clock.now, READING).code
    dispatching.start(cast.secretary, clock.now, code)
    assert len(asked_of(cast, code, clock.now)) == 1
    for moment in ("2026-03-03T01:00", "2026-03-03T05:59"):
        ladder.tick(clock.set(moment))
        assert len(asked_of(cast, code, clock.now)) == 1
    ladder.tick(clock.set("2026-03-03T06:00"))
    assert len(asked_of(cast, code, clock.now)) == 2
    assert state(cast, code, clock.now) == "offering"


def test_when_nobody_is_left_the_desk_is_told_and_may_ask_anew(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    lonely = Asked(need="看牙", skill=SkillKind.DENTISTRY)
    code = asking.ask(cast.secretary, clock.now, lonely).code
    assert dispatching.start(cast.secretary, clock.now, code) == "unfilled"
    assert told("request_waits") == [None]
    with engine.write() as session:
        with_account(session, clock.now, "dentist", skills=(SkillKind.DENTISTRY,))
    assert dispatching.start(cast.secretary, clock.now, code) == "offering"
    assert asked_of(cast, code, clock.now) == ["dentist"]


def test_a_routine_offer_gives_way_to_an_emergency(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    routine = asking.ask(cast.secretary, clock.now, READING).code
    dispatching.start(cast.secretary, clock.now, routine)
    assert asked_of(cast, routine, clock.now) == ["doctor0"]
    urgent = emergency(cast, clock.now)
    assert asked_of(cast, urgent, clock.now)[0] == "doctor0"
    assert len(mine.my_help(doctors[0], clock.now).offers) == 1
    ladder.tick(clock.now)
    view = reading.request_view(cast.secretary, routine, clock.now)
    assert [one.state.value for one in view.offers] == ["expired", "sent"]
    assert view.offers[1].volunteer not in asked_of(cast, urgent, clock.now)


def test_whoever_holds_a_task_is_asked_for_nothing_else(
    cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    emergency(cast, clock.now)
    answering.accept(doctors[0], clock.now, offer_of(doctors[0], clock.now))
    second = emergency(cast, clock.now)
    assert "doctor0" not in asked_of(cast, second, clock.now)
    left_out = reading.ranked(cast.secretary, second, clock.now).left_out
    assert "holds_task" in next(o for o in left_out if o.volunteer.name == "doctor0").reasons
