"""Quiet hours on the community's wall clock, midnight included."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE
from domain.errors import FieldError
from domain.quiet_hours import QuietHours, written


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}:00").replace(tzinfo=COMMUNITY_ZONE)


@pytest.mark.parametrize(
    ("hours", "moment", "over"),
    [
        ("22:00-07:00", "02 21:59", "02 21:59"),
        ("22:00-07:00", "02 22:00", "03 07:00"),
        ("22:00-07:00", "02 23:59", "03 07:00"),
        ("22:00-07:00", "03 00:00", "03 07:00"),
        ("22:00-07:00", "03 06:59", "03 07:00"),
        ("22:00-07:00", "03 07:00", "03 07:00"),
        ("12:00-14:30", "02 11:59", "02 11:59"),
        ("12:00-14:30", "02 12:00", "02 14:30"),
        ("12:00-14:30", "02 14:30", "02 14:30"),
        ("00:00-08:00", "02 00:00", "02 08:00"),
        ("20:00-00:00", "02 23:59", "03 00:00"),
        ("20:00-00:00", "03 00:00", "03 00:00"),
    ],
)
def test_quiet_hours_end_when_they_say(hours: str, moment: str, over: str) -> None:
    start, end = hours.split("-")
    quiet = written(start, end)
    assert quiet is not None
    assert quiet.over(at(moment)) == at(over)
    assert quiet.are_on(at(moment)) is (moment != over)


@pytest.mark.parametrize(
    ("start", "end"),
    [("22:00", ""), ("", "7:00"), ("25:00", "07:00"), ("x", "y"), ("8:00", "8:00")],
)
def test_half_or_wrong_quiet_hours_are_refused(start: str, end: str) -> None:
    with pytest.raises(FieldError):
        written(start, end)


def test_none_are_none() -> None:
    assert written("", None) is None


minutes = st.integers(0, 1439)


@given(minutes, minutes, minutes)
def test_it_agrees_with_walking_minute_by_minute(start: int, end: int, now: int) -> None:
    if start == end:
        return
    quiet = QuietHours(time(start // 60, start % 60), time(end // 60, end % 60))
    minute, walked = now, 0
    is_quiet = {m % 1440 for m in range(start, end if start < end else end + 1440)}
    while minute % 1440 in is_quiet:
        minute, walked = minute + 1, walked + 1
    moment = at(f"02 {now // 60:02}:{now % 60:02}")
    assert quiet.over(moment) - moment == timedelta(minutes=walked)
