"""Who is asked, in which order, and why others are not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.availability import Part, Quiet, Weekly, weekly
from domain.days import COMMUNITY_ZONE
from domain.matching import Busy, Near, Need, Out, lot, rank
from domain.requests import Urgency, Window
from domain.skills import Skill, SkillKind
from domain.volunteers import Match, Squad, Volunteer
from tests.domain.slow_matching import asked_in_order

NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=COMMUNITY_ZONE)  # a Monday
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=COMMUNITY_ZONE)
ALWAYS = tuple(weekly(day, part) for day in range(7) for part in Part)
DOCTOR = (Skill(SkillKind.PAEDIATRICS, verified=True),)
HOUR = timedelta(hours=1)


def someone(number: int, **changes: object) -> Volunteer:
    """A children's doctor of building 1, free at all hours, insured, not on call."""
    person = Volunteer(
        id=number,
        code=f"code-{number}",
        name=f"志愿者{number}",
        squad=Squad.HEALTH,
        leader=False,
        account_id=None,
        estate_id=10,
        building_id=1,
        joined_on=date(2025, 1, 1),
        left_on=None,
        insured_until=date(2026, 12, 31),
        paused_until=None,
        skills=DOCTOR,
        consents=frozenset(),
        free=ALWAYS,
        quiet=None,
        post=None,
        weighted_minutes=0,
        last_offered_at=None,
        night_duty_end=None,
    )
    return replace(person, **changes)  # type: ignore[arg-type]


def need(at: datetime, urgency: str = "emergency", **changes: object) -> Need:
    made = Need(
        Urgency(urgency),
        Window(at, at + 2 * HOUR),
        seed="seed",
        skill=SkillKind.PAEDIATRICS,
        estate_id=10,
        building_id=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


TODAY = date(2026, 3, 2)
SOME_SKILL = Skill(SkillKind.PAEDIATRICS, verified=True, valid_until=TODAY)

# Each row: what is true of the volunteer, of the request and of their being busy, at noon.
HARD = [
    ({}, {}, Busy(), ""),
    ({"left_on": TODAY}, {}, Busy(), "left"),
    ({"left_on": date(2026, 3, 3)}, {}, Busy(), ""),
    ({"joined_on": date(2026, 3, 3)}, {}, Busy(), "left"),
    ({"paused_until": NOON + HOUR}, {}, Busy(), "paused"),
    ({"paused_until": NOON}, {}, Busy(), ""),
    ({"skills": ()}, {}, Busy(), "skill"),
    ({"skills": (replace(SOME_SKILL, verified=False),)}, {}, Busy(), "skill"),
    ({"skills": (SOME_SKILL,)}, {}, Busy(), ""),
    ({"skills": (replace(SOME_SKILL, valid_until=date(2026, 3, 1)),)}, {}, Busy(), "skill"),
    ({"skills": ()}, {"skill": None}, Busy(), ""),
    ({"free": ()}, {}, Busy(), "not_free"),
    ({"free": (Weekly(0, 12 * 60, 13 * 60),)}, {}, Busy(), ""),
    ({"free": (Weekly(0, 11 * 60, 12 * 60),)}, {}, Busy(), "not_free"),
    ({"free": (), "post": 1}, {}, Busy(), ""),
    # Being on call for another squad is not being on call for this one.
    ({"free": (), "post": 1}, {"squad": Squad.SAFETY}, Busy(), "not_free"),
    ({"quiet": Quiet(12 * 60, 13 * 60)}, {}, Busy(), "quiet"),
    ({"quiet": Quiet(12 * 60, 13 * 60), "post": 0}, {}, Busy(), ""),
    ({"quiet": Quiet(12 * 60, 13 * 60), "post": 0}, {"urgency": "routine"}, Busy(), "quiet"),
    ({}, {}, Busy(holding=frozenset({1})), "holds_task"),
    ({}, {}, Busy(urgent=frozenset({1})), "offered"),
    ({}, {}, Busy(routine=frozenset({1})), ""),  # the routine offer gives way
    ({}, {"urgency": "routine"}, Busy(routine=frozenset({1})), "offered"),
    ({}, {}, Busy(tried=frozenset({1})), "tried"),
    # 11 hours of rest, to the minute; being on call is no exception.
    ({"night_duty_end": NOON - 11 * HOUR}, {}, Busy(), ""),
    ({"night_duty_end": NOON - 11 * HOUR + timedelta(minutes=1)}, {}, Busy(), "resting"),
    ({"night_duty_end": NOON - HOUR, "post": 0}, {}, Busy(), "resting"),
    ({"insured_until": None}, {}, Busy(), ""),
    ({"insured_until": None}, {"dangerous": True}, Busy(), "uninsured"),
    ({"insured_until": date(2026, 3, 1)}, {"dangerous": True}, Busy(), "uninsured"),
    ({"insured_until": TODAY}, {"dangerous": True}, Busy(), ""),
    ({}, {"unwanted": frozenset({1})}, Busy(), "unwanted"),
    ({}, {"strangers_only": True}, Busy(), "unwanted"),
    ({"building_id": 2}, {"strangers_only": True}, Busy(), ""),
    ({"left_on": TODAY, "skills": (), "free": ()}, {}, Busy(), "left skill not_free"),
]


@pytest.mark.parametrize(("person", "asked", "busy", "reasons"), HARD)
def test_each_hard_filter_keeps_out_and_says_why(
    person: dict[str, object], asked: dict[str, object], busy: Busy, reasons: str
) -> None:
    seen = rank(need(NOON, **asked), [someone(1, **person)], busy, NOON)  # type: ignore[arg-type]
    if reasons:
        assert [" ".join(one.reasons) for one in seen.left_out] == [reasons]
        assert not seen.places
    else:
        assert len(seen.places) == 1
        assert not seen.left_out


@pytest.mark.parametrize(
    ("clock", "urgency", "post", "asked"),
    [
        # At night an emergency reaches who is on call, and nobody else; routine waits.
        ("21:59", "emergency", None, True),
        ("22:00", "emergency", None, False),
        ("22:00", "emergency", 0, True),
        ("03:00", "emergency", 2, True),
        ("05:59", "emergency", None, False),
        ("06:00", "emergency", None, True),
        ("22:00", "routine", 0, False),
        ("21:59", "routine", None, True),
    ],
)
def test_in_quiet_hours_only_who_is_on_call_is_asked_and_only_for_an_emergency(
    clock: str, urgency: str, post: int | None, asked: bool
) -> None:
    at = datetime.fromisoformat(f"2026-03-02T{clock}:00+08:00")
    seen = rank(need(at, urgency), [someone(1, post=post)], Busy(), at)
    assert bool(seen.places) is asked
    assert [one.reasons for one in seen.left_out] == ([] if asked else [(Out.QUIET,)])


# Each pair differs in one thing, and everything below it speaks for the other one.
LADDER: list[tuple[dict[str, object], dict[str, object]]] = [
    ({"post": 0}, {"post": 1}),
    ({"post": 1}, {"post": 2}),
    ({"post": 2}, {"post": None}),
    ({"skills": DOCTOR}, {"skills": (Skill(SkillKind.EMERGENCY, verified=True),)}),
    ({"building_id": 1}, {"building_id": 2, "estate_id": 10}),
    ({"building_id": 2, "estate_id": 10}, {"building_id": 2, "estate_id": 11}),
    ({"weighted_minutes": 60}, {"weighted_minutes": 61}),
    ({"last_offered_at": None}, {"last_offered_at": NOON - 1000 * HOUR}),
    ({"last_offered_at": NOON - 48 * HOUR}, {"last_offered_at": NOON - 47 * HOUR}),
]
WORSE: dict[str, object] = {
    "skills": (Skill(SkillKind.EMERGENCY, verified=True),),
    "building_id": 3,
    "estate_id": 11,
    "weighted_minutes": 9_000,
    "last_offered_at": NOON - HOUR,
}
ORDER = ("post", "skills", "building_id", "estate_id", "weighted_minutes", "last_offered_at")


@pytest.mark.parametrize(("better", "other"), LADDER)
def test_the_first_difference_decides_whatever_comes_below(
    better: dict[str, object], other: dict[str, object]
) -> None:
    decided = max(ORDER.index(name) for name in better)
    below = {name: WORSE[name] for name in ORDER[decided + 1 :] if name not in other}
    if "building_id" in better:  # the estate is part of how near one lives
        below.pop("estate_id", None)
    people = [someone(1, **other), someone(2, **(below | better))]
    for both in (people, people[::-1]):
        assert [p.volunteer.id for p in rank(need(NOON), both, Busy(), NOON).places] == [2, 1]


def test_each_place_says_what_put_it_there() -> None:
    nurse = (Skill(SkillKind.NURSING, verified=True),)
    people = [
        someone(1, post=1, weighted_minutes=90),
        someone(2, skills=nurse, building_id=2, last_offered_at=NOON - HOUR),
        someone(3, building_id=None, estate_id=None),
    ]
    seen = {place.volunteer.id: place for place in rank(need(NOON), people, Busy(), NOON).places}
    assert (seen[1].post, seen[1].match, seen[1].near, seen[1].minutes) == (
        1,
        Match.EXACT,
        Near.BUILDING,
        90,
    )
    assert (seen[2].match, seen[2].near, seen[2].last_offered_at) == (
        Match.RELATED,
        Near.ESTATE,
        NOON - HOUR,
    )
    assert seen[3].near is Near.OTHER


def test_a_tie_is_drawn_anew_for_each_request_and_never_by_the_id() -> None:
    people = [someone(number) for number in range(40)]
    orders = [
        [p.volunteer.id for p in rank(need(NOON, seed=seed), people, Busy(), NOON).places]
        for seed in ("one", "two")
    ]
    again = [p.volunteer.id for p in rank(need(NOON, seed="one"), people, Busy(), NOON).places]
    assert orders[0] == again
    assert orders[0] != orders[1]
    assert sorted(orders[0]) not in orders
    firsts = [min(range(40), key=lambda n: lot(str(seed), n)) for seed in range(400)]
    assert len(set(firsts)) > 30  # everybody is first sometimes


def skills() -> st.SearchStrategy[tuple[Skill, ...]]:
    kinds = [SkillKind.PAEDIATRICS, SkillKind.EMERGENCY, SkillKind.NURSING, SkillKind.DENTISTRY]
    ends = st.sampled_from([None, date(2026, 3, 1), TODAY, date(2026, 3, 3)])
    one = st.builds(Skill, st.sampled_from(kinds), st.booleans(), ends)
    return st.lists(one, max_size=3).map(tuple)


def moments() -> st.SearchStrategy[datetime]:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    return st.integers(0, 4 * 48).map(lambda half: start + half * timedelta(minutes=30))


few = st.sampled_from
volunteers = st.builds(
    lambda number, **changes: someone(number, **changes),
    st.integers(1, 6),
    squad=few(list(Squad)),
    estate_id=few([None, 10, 11]),
    building_id=few([None, 1, 2]),
    left_on=few([None, None, TODAY, date(2026, 3, 3)]),
    insured_until=few([None, TODAY, date(2026, 3, 1)]),
    paused_until=st.none() | moments(),
    skills=skills(),
    free=few([ALWAYS, ALWAYS, (), (weekly(0, Part.DAY), weekly(6, Part.NIGHT))]),
    quiet=few([None, Quiet(720, 840), Quiet(1300, 400)]),
    post=few([None, None, 0, 1, 2]),
    weighted_minutes=few([0, 60, 120]),
    last_offered_at=st.none() | moments(),
    night_duty_end=st.none() | moments(),
)
needs = st.builds(
    lambda at, urgency, hours, **changes: need(
        at, urgency, window=Window(at + hours * HOUR, at + (hours + 2) * HOUR), **changes
    ),
    moments(),
    few(["emergency", "routine"]),
    few([0, 0, 5, 26]),
    seed=few(["a", "b"]),
    skill=few([None, SkillKind.PAEDIATRICS, SkillKind.DENTISTRY]),
    squad=few([None, None, Squad.HEALTH]),
    dangerous=st.booleans(),
    estate_id=few([None, 10]),
    building_id=few([None, 1]),
    unwanted=st.frozensets(st.integers(1, 6), max_size=1),
    strangers_only=st.booleans(),
)
ids = st.frozensets(st.integers(1, 6), max_size=2)
busy_ones = st.builds(Busy, holding=ids, urgent=ids, routine=ids, tried=ids)


@given(
    people=st.lists(volunteers, max_size=6, unique_by=lambda one: one.id),
    asked=needs,
    busy=busy_ones,
    back=few([0, 0, 1, 9]),
)
@settings(max_examples=600, deadline=None)
def test_the_order_is_that_of_a_slow_second_reckoning(
    people: list[Volunteer], asked: Need, busy: Busy, back: int
) -> None:
    now = asked.window.starts_at - back * HOUR
    seen = rank(asked, people, busy, now)
    assert [one.volunteer.id for one in seen.places] == asked_in_order(asked, people, busy, now)
    kept = {one.volunteer.id for one in seen.places}
    left = {one.volunteer.id for one in seen.left_out}
    assert kept | left == {one.id for one in people}
    assert not kept & left
    assert all(one.reasons for one in seen.left_out)


def test_five_thousand_are_ranked_at_once() -> None:
    """No time is asserted, as machines differ; that each is looked at once is."""
    seen = rank(need(NOON), [someone(number) for number in range(5_000)], Busy(), NOON)
    assert len(seen.places) == 5_000
