"""Where the community's days begin and end."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain import days

NEW_YORK = timezone(timedelta(hours=-5))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-31 15:59:59.999999", date(2026, 3, 31)),  # 23:59:59.999999
        ("2026-03-31 16:00:00", date(2026, 4, 1)),  # 24:00
        ("2024-02-28 16:00:00", date(2024, 2, 29)),
        ("2024-02-29 16:00:00", date(2024, 3, 1)),
        ("2025-02-28 16:00:00", date(2025, 3, 1)),
        ("2025-12-31 15:59:59.999999", date(2025, 12, 31)),
        ("2025-12-31 16:00:00", date(2026, 1, 1)),
    ],
)
def test_an_instant_belongs_to_the_community_s_day(at: str, day: date) -> None:
    assert days.local_day(utc(at)) == day
    assert days.local_day(utc(at).astimezone(NEW_YORK)) == day


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 4, 1), "2026-03-31 16:00", "2026-04-01 16:00"),
        (date(2024, 2, 29), "2024-02-28 16:00", "2024-02-29 16:00"),
        (date(2025, 12, 31), "2025-12-30 16:00", "2025-12-31 16:00"),
        # The only years with summer time in this zone: that day had 23 hours.
        (date(1990, 4, 15), "1990-04-14 16:00", "1990-04-15 15:00"),
    ],
)
def test_a_day_reaches_from_local_midnight_to_the_next(day: date, start: str, end: str) -> None:
    assert days.day_start(day) == utc(start)
    assert days.day_end(day) == utc(end)
    assert days.day_bounds(day, day) == (utc(start), utc(end))
    assert days.day_end(day).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2024, 2, 29), "2024-01-31 16:00", "2024-02-29 16:00"),
        (date(2025, 2, 1), "2025-01-31 16:00", "2025-02-28 16:00"),
        (date(2025, 12, 31), "2025-11-30 16:00", "2025-12-31 16:00"),
        (date(2026, 4, 30), "2026-03-31 16:00", "2026-04-30 16:00"),
    ],
)
def test_a_month_ends_where_the_next_begins(day: date, start: str, end: str) -> None:
    assert days.month_bounds(day) == (utc(start), utc(end))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        days.local_day(datetime(2026, 4, 1))  # noqa: DTZ001
