"""The roster: shifts, gaps, last week's copy, swaps."""

import threading
from datetime import date, timedelta

import pytest

from db.engine import Database
from db.volunteers import own, people, roster, swaps
from db.volunteers.people import Profile
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.on_call import Lack, shift_times
from domain.volunteers import Squad
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import Squads, acting

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
NIGHT = shift_times(TUESDAY, 20 * 60, 8 * 60)
DAY = shift_times(TUESDAY, 8 * 60, 20 * 60)


def posts(cast: Cast, shift: int, monday: date = MONDAY) -> list[str]:
    week = roster.week(cast.secretary, monday)
    return [post.name for one in week if one.id == shift for post in one.posts]


def test_a_shift_has_a_primary_and_backups_in_order(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    shift = roster.set_shift(
        cast.squad_leader, clock.now, Squad.HEALTH, *NIGHT, [squads.second, squads.doctor]
    )
    assert posts(cast, shift) == ["医生申", "医生壬"]
    again = roster.set_shift(
        cast.squad_leader, clock.now, Squad.HEALTH, *NIGHT, [squads.doctor, squads.second]
    )
    assert again == shift
    assert posts(cast, shift) == ["医生壬", "医生申"]
    assert roster.on_call_now(cast.secretary, NIGHT[0] - timedelta(seconds=1)) == []
    assert [one.id for one in roster.on_call_now(cast.secretary, NIGHT[0])] == [shift]
    assert roster.on_call_now(cast.secretary, NIGHT[1]) == []


def test_shifts_of_a_squad_do_not_overlap_and_hold_its_own_people(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    at = clock.now
    roster.set_shift(cast.secretary, at, Squad.HEALTH, *NIGHT, [squads.doctor])
    with pytest.raises(Refused):
        roster.set_shift(
            cast.secretary, at, Squad.HEALTH, DAY[0], DAY[1] + timedelta(minutes=1), []
        )
    roster.set_shift(cast.secretary, at, Squad.HEALTH, *DAY, [squads.doctor])
    roster.set_shift(cast.secretary, at, Squad.SAFETY, *NIGHT, [squads.guard])
    for names in ([squads.guard], [squads.doctor, squads.doctor], ["nobody"]):
        with pytest.raises(FieldError):
            roster.set_shift(cast.secretary, at, Squad.HEALTH, *NIGHT, names)
    with pytest.raises(NotAllowed):
        roster.set_shift(cast.squad_leader, at, Squad.SAFETY, *NIGHT, [])
    with pytest.raises(Refused):
        roster.set_shift(cast.secretary, DAY[1], Squad.HEALTH, *DAY, [])


def test_gaps_are_seen_a_week_ahead(cast: Cast, squads: Squads, clock: TestClock) -> None:
    whole_week = [
        shift_times(MONDAY + timedelta(days=n), start, end)
        for n in range(8)
        for start, end in ((480, 1200), (1200, 480))
    ]
    for times in whole_week:
        both = [squads.doctor, squads.second]
        roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *times, both)
    health = [
        gap for gap in roster.coming_gaps(cast.secretary, clock.now) if gap.squad is Squad.HEALTH
    ]
    assert health == []
    roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *NIGHT, [])
    roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *DAY, [squads.doctor])
    health = [
        gap for gap in roster.coming_gaps(cast.secretary, clock.now) if gap.squad is Squad.HEALTH
    ]
    assert [(gap.starts_at, gap.ends_at, gap.lack) for gap in health] == [
        (*DAY, Lack.BACKUP),
        (*NIGHT, Lack.NOBODY),
    ]


def test_last_week_is_copied_without_those_who_left(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    at = clock.now
    next_monday = MONDAY + timedelta(days=7)
    roster.set_shift(cast.secretary, at, Squad.HEALTH, *NIGHT, [squads.doctor, squads.second])
    roster.set_shift(cast.secretary, at, Squad.HEALTH, *DAY, [squads.second, squads.doctor])
    taken = (DAY[0] + timedelta(days=7, hours=2), DAY[0] + timedelta(days=7, hours=4))
    roster.set_shift(cast.secretary, at, Squad.HEALTH, *taken, [])
    people.leave(cast.secretary, NIGHT[1], squads.second)
    assert roster.copy_week(cast.secretary, NIGHT[1], Squad.HEALTH, next_monday) == 1
    assert roster.copy_week(cast.secretary, NIGHT[1], Squad.HEALTH, next_monday) == 0
    week = roster.week(cast.secretary, next_monday)
    assert [(one.starts_at, len(one.posts)) for one in week] == [
        (taken[0], 0),
        (NIGHT[0] + timedelta(days=7), 1),
    ]


def test_a_shift_that_has_begun_stays(cast: Cast, squads: Squads, clock: TestClock) -> None:
    shift = roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *NIGHT, [squads.doctor])
    with pytest.raises(Refused):
        roster.remove_shift(cast.secretary, NIGHT[0], shift)
    roster.remove_shift(cast.secretary, clock.now, shift)
    with pytest.raises(NotFound):
        roster.remove_shift(cast.secretary, clock.now, shift)


def test_a_swap_moves_the_post_to_who_takes_it(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    shift = roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *NIGHT, [squads.doctor])
    code = swaps.ask_swap(cast.volunteer, clock.now, shift)
    assert swaps.ask_swap(cast.volunteer, clock.now, shift) == code
    assert [one.mine for one in swaps.open_swaps(cast.volunteer, clock.now)] == [True]
    with pytest.raises(NotFound):
        swaps.take_swap(cast.volunteer, clock.now, code)
    seen = swaps.open_swaps(cast.squad_leader, clock.now)
    assert [(one.code, one.mine, one.asked_by) for one in seen] == [(code, False, "医生壬")]
    swaps.take_swap(cast.squad_leader, clock.now, code)
    with pytest.raises(NotFound):
        swaps.take_swap(cast.squad_leader, clock.now, code)
    with pytest.raises(Refused):
        swaps.withdraw_swap(cast.volunteer, clock.now, code)
    assert posts(cast, shift) == ["队长辛"]
    assert own.my_shifts(cast.volunteer, clock.now) == ()
    mine = own.my_shifts(cast.squad_leader, clock.now)
    assert [(one.id, one.position) for one in mine] == [(shift, 0)]
    week = roster.week(cast.secretary, MONDAY)
    assert week[0].posts[0].swapped_from == "医生壬"


def test_a_backup_who_takes_the_primarys_post_gives_the_own_one(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    shift = roster.set_shift(
        cast.secretary,
        clock.now,
        Squad.HEALTH,
        *NIGHT,
        [squads.doctor, squads.second, squads.leader],
    )
    code = swaps.ask_swap(cast.volunteer, clock.now, shift, squads.leader)
    swaps.take_swap(cast.squad_leader, clock.now, code)
    assert posts(cast, shift) == ["队长辛", "医生申", "医生壬"]


def test_a_swap_is_the_squads_own_matter(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    shift = roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *NIGHT, [squads.doctor])
    with pytest.raises(FieldError):
        swaps.ask_swap(cast.volunteer, clock.now, shift, squads.guard)
    with pytest.raises(NotFound):
        swaps.ask_swap(cast.squad_leader, clock.now, shift)
    code = swaps.ask_swap(cast.volunteer, clock.now, shift, squads.second)
    with pytest.raises(NotFound):  # somebody else was asked
        swaps.take_swap(cast.squad_leader, clock.now, code)
    swaps.withdraw_swap(cast.volunteer, clock.now, code)
    swaps.withdraw_swap(cast.volunteer, clock.now, code)
    again = swaps.ask_swap(cast.volunteer, clock.now, shift)
    people.change(
        cast.secretary, clock.now, squads.leader, Profile("队长辛", Squad.SAFETY, leader=True)
    )
    with pytest.raises(NotFound):  # another squad's
        swaps.take_swap(cast.squad_leader, clock.now, again)
    assert swaps.open_swaps(cast.squad_leader, clock.now) == []
    with pytest.raises(Refused):
        swaps.ask_swap(cast.volunteer, NIGHT[1], shift)


def test_of_two_who_take_a_swap_at_once_one_gets_it(
    cast: Cast, squads: Squads, database: Database, clock: TestClock
) -> None:
    second = acting(database, squads.second, cast.social_worker)
    shift = roster.set_shift(cast.secretary, clock.now, Squad.HEALTH, *NIGHT, [squads.doctor])
    code = swaps.ask_swap(cast.volunteer, clock.now, shift)
    got: list[str] = []
    lost: list[str] = []
    gate = threading.Barrier(2)
    served = [
        cast.squad_leader,
        type(second)(second.account_id, second.name, cast.volunteer.roles),
    ]

    def take(number: int) -> None:
        gate.wait()
        try:
            swaps.take_swap(served[number], clock.now, code)
            got.append(served[number].name)
        except NotFound:
            lost.append(served[number].name)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(got), len(lost)) == (1, 1)
    names = {"队长辛": "队长辛", "社工丙": "医生申"}
    assert posts(cast, shift) == [names[got[0]]]
