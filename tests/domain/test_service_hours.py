"""Hours: what counts once, how much of it was at night, and which row holds."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE
from domain.errors import Refused
from domain.service_hours import (
    Piece,
    Source,
    Span,
    check_span,
    in_force,
    is_forgotten,
    last_night_end,
    load,
    merged,
    minute_number,
    night_minutes,
    proven,
    total,
    whole_minute,
)

BASE = datetime(2026, 3, 2, tzinfo=COMMUNITY_ZONE)


def at(text: str) -> datetime:
    """Day and clock, such as “1 23:00”: days from a Monday."""
    day, clock = text.split()
    hours, minutes = clock.split(":")
    return BASE + timedelta(days=int(day), hours=int(hours), minutes=int(minutes))


def span(start: str, end: str) -> Span:
    return minute_number(at(start)), minute_number(at(end))


@pytest.mark.parametrize(
    ("start", "end", "minutes", "night"),
    [
        ("0 23:00", "1 01:30", 150, 150),
        ("0 20:00", "1 08:00", 720, 480),
        ("0 10:00", "1 10:00", 1440, 480),
        ("0 21:59", "0 22:01", 2, 1),
        ("0 22:00", "1 06:00", 480, 480),
        ("0 05:59", "0 06:01", 2, 1),
        ("0 06:00", "0 22:00", 960, 0),
        ("0 00:00", "0 00:00", 0, 0),
        ("0 23:59", "1 00:01", 2, 2),
        ("0 03:00", "0 03:30", 30, 30),
    ],
)
def test_minutes_at_night_are_those_between_22_and_6(
    start: str, end: str, minutes: int, night: int
) -> None:
    counted = total([span(start, end)])
    assert (counted.minutes, counted.night) == (minutes, night)
    assert counted.weighted == minutes + night


def test_minutes_are_numbered_from_1970() -> None:
    assert minute_number(datetime(1970, 1, 1, 0, 0, tzinfo=COMMUNITY_ZONE)) == 0
    assert minute_number(datetime(1970, 1, 2, 1, 1, 59, tzinfo=COMMUNITY_ZONE)) == 1440 + 61


def test_overlapping_pieces_count_once() -> None:
    pieces = [span("0 09:00", "0 11:00"), span("0 10:00", "0 12:00"), span("0 10:30", "0 10:40")]
    assert total(pieces).minutes == 180
    assert merged(pieces) == [span("0 09:00", "0 12:00")]


spans = st.lists(
    st.tuples(st.integers(0, 4000), st.integers(0, 1500)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=8,
)


@given(spans)
def test_the_total_is_what_counting_every_minute_gives(pieces: list[Span]) -> None:
    served = {minute for start, end in pieces for minute in range(start, end)}
    at_night = {minute for minute in served if minute % 1440 >= 22 * 60 or minute % 1440 < 6 * 60}
    counted = total(pieces)
    assert (counted.minutes, counted.night) == (len(served), len(at_night))


@given(spans, st.integers(43_200, 48_000))
def test_the_load_is_of_the_thirty_days_before(pieces: list[Span], end: int) -> None:
    now = datetime(1970, 1, 1, tzinfo=COMMUNITY_ZONE) + timedelta(minutes=end)
    served = {minute for start, stop in pieces for minute in range(start, stop)}
    inside = [minute for minute in served if end - 43_200 <= minute < end]
    night = [minute for minute in inside if minute % 1440 >= 1320 or minute % 1440 < 360]
    assert load(pieces, now).weighted == len(inside) + len(night)


@given(spans)
def test_rest_begins_where_the_last_stretch_through_the_night_ends(pieces: list[Span]) -> None:
    ends = []
    for start, end in merged(pieces):
        if any(minute % 1440 >= 1320 or minute % 1440 < 360 for minute in range(start, end)):
            ends.append(end)
    assert last_night_end(pieces) == (max(ends) if ends else None)


def test_going_on_after_dawn_is_the_same_stretch() -> None:
    night, morning = span("0 22:00", "1 06:00"), span("1 06:00", "1 09:00")
    assert last_night_end([night, morning]) == morning[1]
    assert last_night_end([night, span("1 06:01", "1 09:00")]) == night[1]


def piece(
    key: int, left: str | None, *, confirmed: bool = False, corrects: int | None = None
) -> Piece:
    end = at(left) if left else None
    return Piece(key, Source.REQUEST, at("0 09:00"), end, confirmed, corrects)


FIRST = piece(1, "0 10:00", confirmed=True)


@pytest.mark.parametrize(
    ("pieces", "holds"),
    [
        ([FIRST], [1]),
        # A correction that nobody confirmed takes nothing away.
        ([FIRST, piece(2, "0 12:00", corrects=1)], [1]),
        ([FIRST, piece(2, "0 12:00", confirmed=True, corrects=1)], [2]),
        ([piece(1, None), piece(2, "0 12:00", corrects=1)], [2]),
        ([piece(1, None), piece(2, "0 12:00", corrects=1), piece(3, "0 11:00", corrects=2)], [3]),
        (
            [
                FIRST,
                piece(2, "0 12:00", corrects=1),
                piece(3, "0 9:30", corrects=2, confirmed=True),
            ],
            [3],
        ),
        (
            [
                piece(1, "0 10:00"),
                piece(2, "0 12:00", corrects=1, confirmed=True),
                piece(3, "0 11:00", corrects=2),
            ],
            [2],
        ),
    ],
)
def test_the_last_confirmed_row_of_a_line_of_corrections_holds(
    pieces: list[Piece], holds: list[int]
) -> None:
    assert [one.id for one in in_force(pieces)] == holds
    assert [one.id for one in in_force(pieces[::-1])] == holds


def test_a_certificate_takes_only_what_is_confirmed_and_over() -> None:
    pieces = [FIRST, piece(2, "0 10:00"), piece(3, None, confirmed=True)]
    assert proven(pieces) == [FIRST]


@pytest.mark.parametrize(
    ("hours", "left", "asked"),
    [(12, None, False), (12.01, None, True), (100, None, True), (100, "0 10:00", False)],
)
def test_a_departure_is_asked_for_after_twelve_hours(
    hours: float, left: str | None, asked: bool
) -> None:
    arrived = at("0 09:00")
    end = at(left) if left else None
    assert is_forgotten(arrived, end, arrived + timedelta(hours=hours)) is asked


def test_a_piece_is_at_most_a_day_long_and_ends_after_it_begins() -> None:
    check_span(at("0 10:00"), at("1 10:00"))
    with pytest.raises(Refused):
        check_span(at("0 10:00"), at("1 10:01"))
    with pytest.raises(Refused):
        check_span(at("0 10:00"), at("0 09:59"))


def test_seconds_are_dropped_at_both_ends() -> None:
    assert whole_minute(at("0 09:00") + timedelta(seconds=59)) == at("0 09:00")
    assert night_minutes(span("0 22:00", "0 22:00")) == 0
