"""An errand's day and its papers, by hand-made tables."""

from datetime import date, datetime, timedelta

import pytest

from domain.days import COMMUNITY_ZONE, day_end
from domain.errands import (
    check_done,
    check_limit,
    check_needed,
    due,
    is_late,
    last_day,
    paper_names,
)
from domain.errors import FieldError, Refused
from domain.workdays import WorkCalendar, library_days

# 2025: 1–5 May is a holiday, Sunday 27 April is worked instead.
CALENDAR = WorkCalendar(
    {day: working for day, (working, _) in (library_days(2025) or {}).items()}, frozenset({2025})
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


@pytest.mark.parametrize(
    ("taken", "limit", "needed", "last"),
    [
        ("2025-04-14T09:00", 0, None, "2025-04-14"),
        ("2025-04-14T23:59", 1, None, "2025-04-15"),
        ("2025-04-18T09:00", 1, None, "2025-04-21"),  # Friday → Monday
        ("2025-04-19T09:00", 0, None, "2025-04-21"),  # nothing is promised for a Saturday
        ("2025-04-25T09:00", 1, None, "2025-04-27"),  # the Sunday is worked
        ("2025-04-30T09:00", 1, None, "2025-05-06"),  # over the holiday
        ("2025-04-14T09:00", 7, "2025-04-16", "2025-04-16"),  # needed earlier
        ("2025-04-14T09:00", 1, "2025-04-30", "2025-04-15"),  # needed later: the limit holds
        ("2025-04-18T09:00", 3, "2025-04-19", "2025-04-19"),  # needed on a Saturday all the same
    ],
)
def test_an_errand_is_due_when_its_limit_or_its_need_ends(
    taken: str, limit: int, needed: str | None, last: str
) -> None:
    wanted = date.fromisoformat(needed) if needed else None
    found = due(at(taken), limit, wanted, CALENDAR)
    assert found == day_end(date.fromisoformat(last))
    assert last_day(found) == date.fromisoformat(last)


def test_done_at_midnight_is_late() -> None:
    end = day_end(date(2025, 4, 15))
    moment = timedelta(microseconds=1)
    assert not is_late(end, end - moment, end + moment)
    assert is_late(end, end, end)
    assert is_late(end, None, end)
    assert not is_late(end, None, end - moment)


def test_a_day_that_is_over_is_of_no_use() -> None:
    now = at("2025-04-15T00:00")
    check_needed(None, now)
    check_needed(date(2025, 4, 15), now)
    with pytest.raises(FieldError):
        check_needed(date(2025, 4, 14), now)


@pytest.mark.parametrize("days", [-1, 61])
def test_a_limit_is_one_that_can_be_kept(days: int) -> None:
    check_limit(0)
    check_limit(60)
    with pytest.raises(FieldError):
        check_limit(days)


def test_papers_stand_one_a_line_and_fit_on_a_slip() -> None:
    assert paper_names(" 身份证 \n\n户口本\u200b\n") == ("身份证", "户口本")
    assert len(paper_names("纸\n" * 12)) == 12
    for wrong in ("纸\n" * 13, "长" * 41):
        with pytest.raises(FieldError):
            paper_names(wrong)


def test_an_errand_ends_without_papers_in_hand() -> None:
    check_done([])
    with pytest.raises(Refused, match="身份证"):
        check_done(["身份证"])
