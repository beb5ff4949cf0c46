"""The conference's rules: quarters, idle units, missed months."""

from datetime import date, datetime

import pytest

from domain.conference import Deed, idle_units, months_missed, quarter
from domain.days import COMMUNITY_ZONE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-01-01", "2026-01-01", "2026-03-31"),
        ("2026-03-31", "2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-04-01", "2026-06-30"),
        ("2026-11-22", "2026-10-01", "2026-12-31"),
        ("2024-02-29", "2024-01-01", "2024-03-31"),
    ],
)
def test_a_quarter_is_three_calendar_months(day: str, first: str, last: str) -> None:
    expected = (date.fromisoformat(first), date.fromisoformat(last))
    assert quarter(date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("done", "idle"),
    [
        ([], {1, 2}),
        ([(1, "2026-01-01 00:00")], {2}),
        ([(1, "2025-12-31 23:59")], {1, 2}),
        ([(1, "2026-03-31 23:59"), (2, "2026-04-01 00:00")], {2}),
        ([(1, "2026-02-01 12:00"), (2, "2026-02-01 12:00"), (3, "2026-02-01 12:00")], set()),
    ],
)
def test_a_unit_without_a_deed_in_the_quarter_is_idle(
    done: list[tuple[int, str]], idle: set[int]
) -> None:
    deeds = [Deed(unit, at(when)) for unit, when in done]
    assert idle_units([1, 2], deeds, date(2026, 1, 1), date(2026, 3, 31)) == idle


@pytest.mark.parametrize(
    ("held", "missed"),
    [
        ([], ["2026-01-01", "2026-02-01"]),
        (["2026-01-31 20:00"], ["2026-02-01"]),
        # Held late in the evening of the last day: still that month's.
        (["2026-01-05 19:00", "2026-02-28 23:30"], []),
        (["2026-03-01 00:10"], ["2026-01-01", "2026-02-01"]),
    ],
)
def test_a_past_month_without_a_conference_was_missed(held: list[str], missed: list[str]) -> None:
    found = months_missed(
        [at(one) for one in held],
        date(2025, 11, 1),
        date(2026, 3, 31),
        since=date(2025, 12, 20),
        today=date(2026, 3, 15),
    )
    assert [day.isoformat() for day in found] == missed
