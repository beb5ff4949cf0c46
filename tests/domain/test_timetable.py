from datetime import date

import pytest

from domain.timetable import (
    LocalNumber,
    NoticeTooShort,
    Period,
    earliest_meeting,
    in_force,
    objections_until,
    publish_by,
    require_notice,
)

MEETING = date(2026, 7, 16)


def test_an_assembly_fifteen_days_after_its_notice_is_in_time() -> None:
    require_notice(MEETING, date(2026, 7, 1), 15)


@pytest.mark.parametrize("notice", [date(2026, 7, 2), date(2026, 7, 16), date(2026, 7, 17)])
def test_a_later_notice_is_refused_with_the_first_good_day(notice: date) -> None:
    with pytest.raises(NoticeTooShort) as refused:
        require_notice(MEETING, notice, 15)
    assert earliest_meeting(notice, 15).isoformat() in str(refused.value)


@pytest.mark.parametrize(
    ("first", "days", "expected"),
    [
        (date(2026, 7, 1), 15, date(2026, 7, 16)),
        (date(2026, 2, 20), 15, date(2026, 3, 7)),
        (date(2028, 2, 20), 15, date(2028, 3, 6)),
        (date(2026, 12, 25), 7, date(2027, 1, 1)),
    ],
)
def test_days_are_counted_over_the_ends_of_months(first: date, days: int, expected: date) -> None:
    assert earliest_meeting(first, days) == expected
    assert objections_until(first, days) == expected
    assert publish_by(first, days) == expected


@pytest.mark.parametrize(
    ("period", "days"),
    [(Period.NOTICE, 15), (Period.AGENDA, 7), (Period.OBJECTION, 7), (Period.PUBLISH, 3)],
)
def test_the_usual_numbers_hold_where_no_other_is_entered(period: Period, days: int) -> None:
    assert in_force([], period, MEETING).days == days


def test_a_local_number_holds_from_its_first_day_until_the_next() -> None:
    rows = [
        LocalNumber(Period.OBJECTION, 10, "街道规定", date(2026, 7, 1)),
        LocalNumber(Period.OBJECTION, 5, "议事规则", date(2026, 9, 1)),
        LocalNumber(Period.PUBLISH, 1, "议事规则", date(2026, 1, 1)),
    ]
    on = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 31), date(2026, 9, 1)]
    assert [in_force(rows, Period.OBJECTION, day).days for day in on] == [7, 10, 10, 5]
