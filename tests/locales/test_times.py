"""Days, times and deadlines in words, in both languages."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

import locales
from domain.days import COMMUNITY_ZONE
from locales.times import (
    day_words,
    left_words,
    limit_words,
    moment_words,
    month_words,
    span_words,
)


@pytest.fixture(params=locales.LANGUAGES)
def code(request: pytest.FixtureRequest) -> Iterator[str]:
    locales.use(request.param)
    yield request.param
    locales.use(locales.CHINESE)


@pytest.mark.parametrize(
    ("left", "zh", "en"),
    [
        (timedelta(seconds=0), "还剩 1 分钟", "1 minute left"),
        (timedelta(minutes=59, seconds=59), "还剩 59 分钟", "59 minutes left"),
        (timedelta(hours=1), "还剩 1 小时", "1 hour left"),
        (timedelta(hours=3, minutes=59), "还剩 3 小时", "3 hours left"),
        (timedelta(hours=47, minutes=59), "还剩 47 小时", "47 hours left"),
        (timedelta(hours=48), "还剩 2 天", "2 days left"),
        (timedelta(days=6, hours=23), "还剩 6 天", "6 days left"),
        (timedelta(seconds=-1), "已超 1 分钟", "1 minute late"),
        (timedelta(hours=-23, minutes=-59), "已超 23 小时", "23 hours late"),
        (timedelta(hours=-24), "已超 1 天", "1 day late"),
        (timedelta(days=-9), "已超 9 天", "9 days late"),
    ],
)
def test_what_is_left_is_never_rounded_up(left: timedelta, zh: str, en: str, code: str) -> None:
    assert left_words(left) == (zh if code == locales.CHINESE else en)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0, "当天办结", "done on the same day"),
        (1, "用时 1 天", "done in 1 day"),
        (5, "用时 5 天", "done in 5 days"),
    ],
)
def test_how_long_it_took(days: int, zh: str, en: str, code: str) -> None:
    assert span_words(days) == (zh if code == locales.CHINESE else en)


def test_days_carry_a_weekday_and_the_year_only_when_it_is_another(code: str) -> None:
    sunday, today = date(2026, 11, 22), date(2026, 12, 31)
    chinese = code == locales.CHINESE
    assert day_words(sunday, today) == ("11月22日 周日" if chinese else "Sun 22 Nov")
    assert day_words(sunday, date(2027, 1, 1)) == ("2026年11月22日" if chinese else "22 Nov 2026")
    assert moment_words(datetime(2026, 11, 22, 9, 5, tzinfo=COMMUNITY_ZONE), today) == (
        "11月22日 周日 09:05" if chinese else "Sun 22 Nov 09:05"
    )
    assert month_words(sunday) == ("2026年11月" if chinese else "November 2026")


@pytest.mark.parametrize(
    ("days", "working", "chinese", "english"),
    [
        (0, True, "当天", "the same day"),
        (1, False, "1 天内", "within 1 day"),
        (7, False, "7 天内", "within 7 days"),
        (1, True, "1 个工作日内", "within 1 working day"),
        (3, True, "3 个工作日内", "within 3 working days"),
    ],
)
def test_a_limit_is_said_in_days(
    days: int, working: bool, chinese: str, english: str, code: str
) -> None:
    assert limit_words(days, working) == (chinese if code == locales.CHINESE else english)
