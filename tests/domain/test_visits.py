"""Care visits: when the next is due, what is overdue, and 19 of 22."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE, day_end, local_day
from domain.visits import (
    Attempt,
    Due,
    Enrolled,
    Pause,
    Rate,
    Reason,
    Tier,
    add_months,
    due,
    plan,
    rate,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=COMMUNITY_ZONE)


def person(tier: Tier = Tier.WEEKLY, enrolled: str = "01-01", **more: object) -> Enrolled:
    return Enrolled(1, tier, date.fromisoformat(f"2026-{enrolled}"), **more)  # type: ignore[arg-type]


def met(*moments: str) -> tuple[Attempt, ...]:
    return tuple(Attempt(at(moment), True) for moment in moments)


@pytest.mark.parametrize(
    ("tier", "last", "day"),
    [
        (Tier.WEEKLY, "03-02T09:00", "03-09"),
        (Tier.WEEKLY, "03-02T23:59", "03-09"),
        (Tier.MONTHLY, "01-15T09:00", "02-15"),
        (Tier.MONTHLY, "01-31T09:00", "02-28"),
        (Tier.QUARTERLY, "01-31T09:00", "04-30"),
        (Tier.QUARTERLY, "11-30T09:00", None),  # 28 February of the next year
    ],
)
def test_the_next_visit_counts_from_the_last_successful_one(
    tier: Tier, last: str, day: str | None
) -> None:
    found = due(person(tier, attempts=met(last)), at(last))
    assert found is not None
    wanted = date.fromisoformat(f"2026-{day}") if day else date(2027, 2, 28)
    assert found == Due(Reason.TIER, day_end(wanted))


def test_a_week_ends_with_its_seventh_day() -> None:
    found = due(person(attempts=met("03-02T09:00")), at("03-09T23:59:59"))
    assert found is not None
    assert not found.is_overdue(at("03-09T23:59:59"))
    assert found.is_today(at("03-09T00:00"))
    assert not found.is_today(at("03-08T23:59:59"))
    assert found.is_overdue(at("03-10T00:00"))


def test_a_failed_attempt_does_not_reset_the_clock() -> None:
    before = due(person(attempts=met("03-02T09:00")), at("03-08T10:00"))
    tried = (*met("03-02T09:00"), Attempt(at("03-08T09:00"), False))
    assert due(person(attempts=tried), at("03-08T10:00")) == before


@pytest.mark.parametrize(
    ("attempts", "check"),
    [
        ((("03-03T09:00", False),), None),
        ((("03-03T09:00", False), ("03-04T23:00", False)), "03-04"),
        ((("03-03T09:00", False), ("03-04T09:00", False), ("03-06T09:00", False)), "03-04"),
        ((("03-03T09:00", False), ("03-04T09:00", True), ("03-05T09:00", False)), None),
        ((("03-03T09:00", True), ("03-04T09:00", False), ("03-05T00:00", False)), "03-05"),
    ],
)
def test_two_failures_in_a_row_ask_for_a_look_on_the_same_day(
    attempts: tuple[tuple[str, bool], ...], check: str | None
) -> None:
    tried = tuple(Attempt(at(moment), success) for moment, success in attempts)
    found = due(person(Tier.QUARTERLY, attempts=tried), at("03-06T10:00"))
    assert found is not None
    if check is None:
        assert found.reason is Reason.TIER
    else:
        assert found == Due(Reason.CHECK, day_end(date.fromisoformat(f"2026-{check}")))


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        ("03-01T09:00", "03-02T15:59", "03-03T16:00"),
        ("03-02T15:59", "03-02T17:00", "03-03T16:00"),
        ("03-02T16:00", "03-02T17:00", None),  # visited when it was called, or after
        ("03-02T20:00", "03-02T21:00", None),
        ("03-01T09:00", "03-05T09:00", "03-03T16:00"),
    ],
)
def test_a_major_event_calls_for_a_visit_within_24_hours(
    last: str, now: str, expected: str | None
) -> None:
    called = (at("03-02T16:00"),)
    found = due(person(Tier.EVENT, attempts=met(last), events=called), at(now))
    if now == "03-02T15:59":
        assert found is None  # not called yet
    elif expected is None:
        assert found is None
    else:
        assert found == Due(Reason.EVENT, at(expected))
        assert found.is_overdue(at(expected))
        assert not found.is_overdue(at(expected) - timedelta(seconds=1))


def test_what_an_event_asks_for_is_on_todays_round_at_once() -> None:
    called = (at("03-02T16:00"),)
    found = due(person(Tier.QUARTERLY, events=called), at("03-02T16:00"))
    assert found == Due(Reason.EVENT, at("03-03T16:00"))
    assert found.is_today(at("03-02T16:00"))


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("03-04T09:00", "03-09"),
        ("03-05T00:00", None),
        ("03-19T23:59", None),
        ("03-20T00:00", "03-27"),
    ],
)
def test_a_pause_rests_and_its_end_begins_anew(now: str, day: str | None) -> None:
    resting = (Pause(date(2026, 3, 5), date(2026, 3, 20)),)
    found = due(person(attempts=met("03-02T09:00"), pauses=resting), at(now))
    wanted = Due(Reason.TIER, day_end(date.fromisoformat(f"2026-{day}"))) if day else None
    assert found == wanted


def test_nobody_is_due_before_joining_or_after_leaving() -> None:
    assert due(person(enrolled="03-10"), at("03-09T09:00")) is None
    assert due(person(ended_on=date(2026, 3, 9)), at("03-09T09:00")) is None


@pytest.mark.parametrize(
    ("tier", "last", "now", "days"),
    [
        (Tier.WEEKLY, "02-27T09:00", "03-02T09:00", [6, 13, 20, 27]),
        (Tier.WEEKLY, "02-20T09:00", "03-02T09:00", [2, 9, 16, 23, 30]),  # overdue: today
        (Tier.MONTHLY, "02-20T09:00", "03-02T09:00", [20]),
        (Tier.QUARTERLY, "02-20T09:00", "03-02T09:00", []),
        (Tier.EVENT, "02-20T09:00", "03-02T09:00", []),
    ],
)
def test_the_months_plan(tier: Tier, last: str, now: str, days: list[int]) -> None:
    planned = plan(person(tier, attempts=met(last)), date(2026, 3, 1), at(now))
    assert [day.day for day in planned] == days


@pytest.mark.parametrize(
    ("enrolled", "paused", "seen", "seen_while_paused", "expected"),
    [
        (24, 2, 19, 0, Rate(19, 24, 2)),
        (24, 2, 19, 1, Rate(19, 24, 2)),
        (24, 0, 24, 0, Rate(24, 24, 0)),
        (3, 3, 0, 2, Rate(0, 3, 3)),
        (0, 0, 0, 0, Rate(0, 0, 0)),
    ],
)
def test_the_months_rate(
    enrolled: int, paused: int, seen: int, seen_while_paused: int, expected: Rate
) -> None:
    people = []
    for number in range(enrolled):
        rests = number >= enrolled - paused
        visited = number < seen or number >= enrolled - seen_while_paused
        people.append(
            person(
                Tier.MONTHLY,
                attempts=met("03-10T09:00", "03-11T09:00") if visited else (),
                pauses=(Pause(date(2026, 3, 12)),) if rests else (),
            )
        )
    people.append(person(ended_on=date(2026, 3, 1), attempts=met("02-10T09:00")))
    assert rate(people, date(2026, 3, 1), at("03-20T09:00")) == expected


def test_19_of_22() -> None:
    assert Rate(19, 24, 2).of == 22


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("02-28T23:59:59", False),
        ("03-01T00:00", True),
        ("03-31T23:59:59", True),
        ("04-01T00:00", False),
    ],
)
def test_a_month_ends_at_24_of_its_last_day(moment: str, counts: bool) -> None:
    people = [person(attempts=met(moment))]
    assert rate(people, date(2026, 3, 1), at("04-05T09:00")).met == counts


@given(
    st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=12),
    st.sampled_from([Tier.WEEKLY, Tier.MONTHLY, Tier.QUARTERLY]),
    st.integers(0, 200),
)
def test_overdue_agrees_with_asking_every_day(
    visits: list[tuple[int, bool]], tier: Tier, today: int
) -> None:
    """A slow second definition: walk the days and ask whether a whole span passed unseen."""
    start = date(2026, 1, 1)
    noon = [
        datetime.combine(start + timedelta(days=n), at("01-01T12:00").timetz()) for n in range(201)
    ]
    past = sorted((n, success) for n, success in visits if n <= today)
    attempts = tuple(Attempt(noon[n] + timedelta(seconds=k), s) for k, (n, s) in enumerate(past))
    now = noon[today] + timedelta(hours=1)
    found = due(person(tier, attempts=attempts), now)
    assert found is not None
    last = max([start, *(local_day(one.at) for one in attempts if one.met)])
    span = {Tier.WEEKLY: 7, Tier.MONTHLY: None, Tier.QUARTERLY: None}[tier]
    ends = last + timedelta(days=span) if span else add_months(last, {Tier.MONTHLY: 1}.get(tier, 3))
    late = local_day(now) > ends
    row = 0
    for one in attempts:
        row = 0 if one.met else row + 1
        if row == 2:
            second = local_day(one.at)
    late = late or (row >= 2 and local_day(now) > second)
    assert found.is_overdue(now) == late
