"""Times of ledgers are read in every form that Excel and people write, and bad ones refused."""

# ruff: noqa: DTZ001 – a cell of Excel is a wall clock without a place

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import COMMUNITY_ZONE
from domain.written_times import BadTime, parse_time

NOW = datetime(2026, 4, 2, 1, 0, tzinfo=UTC)  # 9:00 in the community
NINE = datetime(2026, 4, 1, 1, 5, tzinfo=UTC)  # 9:05
MIDNIGHT = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026/4/1 9:05:00", NINE),
        ("2026-04-01 09:05", NINE),
        ("2026-04-01T09:05:00", NINE),
        ("2026-04-01T01:05:00Z", NINE),
        ("2026-04-01 09:05:00+08:00", NINE),
        ("2026-04-01 00:05-0100", NINE),
        ("2026.4.1 9:05", NINE),
        ("2026年4月1日 9:05", NINE),
        ("2026年4月1日9时5分", NINE),
        ("2026年04月01日 09点05分00秒", NINE),
        ("2026年4月1日 星期三 9:05", NINE),
        ("2026/4/1(周三) 上午9:05", NINE),
        ("2026/4/1 9:05 AM", NINE),
        ("２０２６／４／１　９：０５", NINE),
        ("  2026-4-1  9:05 ", NINE),
        ("2026-04-01 09:05:00.000", NINE),
        ("202604010905", NINE),
        ("20260401 09:05", NINE),
        ("2026/4/1 下午3:05", NINE + timedelta(hours=6)),
        ("2026/4/1 下午15:05", NINE + timedelta(hours=6)),
        ("2026/4/1 3:05 pm", NINE + timedelta(hours=6)),
        ("2026/4/1 上午12:05", MIDNIGHT + timedelta(minutes=5)),
        ("2026/4/1 下午12:05", MIDNIGHT + timedelta(hours=12, minutes=5)),
        ("2026/4/1", MIDNIGHT),
        ("2026年4月1日", MIDNIGHT),
        ("20260401", MIDNIGHT),
        (20260401, MIDNIGHT),
        ("2026-03-31 24:00", MIDNIGHT),
        (46113, MIDNIGHT),
        (46113.0, MIDNIGHT),
        ("46113", MIDNIGHT),
        (46113 + (9 * 60 + 5) / 1440, NINE),
        ("46113.3784722222", NINE),
        (datetime(2026, 4, 1, 9, 5), NINE),
        (datetime(2026, 4, 1, 9, 4, 59, 999_997), NINE),
        (NINE, NINE),
        (NINE.astimezone(COMMUNITY_ZONE), NINE),
        (date(2026, 4, 1), MIDNIGHT),
        ("2026-04-03 09:00", NOW + timedelta(days=1)),
        ("1990-01-01", datetime(1989, 12, 31, 16, tzinfo=UTC)),
    ],
)
def test_a_written_time_is_read_on_the_communitys_clock(written: object, instant: datetime) -> None:
    assert parse_time(written, NOW, "提出时间") == instant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-02-30", "no day"),
        ("2026/13/1", "no day"),
        ("2026-04-01 25:00", "no day"),
        ("2026-04-01 24:01", "no day"),
        ("2026-04-01 09:60", "no day"),
        ("2026-04-00", "no day"),
        ("20261301", "no day"),
        ("昨天", "cannot be read"),
        ("26/4/1", "cannot be read"),
        ("4月1日", "cannot be read"),
        ("2026年4月", "cannot be read"),
        ("01/04/2026", "cannot be read"),
        ("2026-04-01 9", "cannot be read"),
        ("2026-04-01至2026-04-02", "cannot be read"),
        ("#VALUE!", "cannot be read"),
        ("", "cannot be read"),
        ("-46113", "cannot be read"),
        ("999999", "cannot be read"),
        (True, "cannot be read"),
        (None, "cannot be read"),
        (time(9, 5), "cannot be read"),
        (float("nan"), "cannot be read"),
        (float("inf"), "cannot be read"),
        (-1, "cannot be read"),
        (1e300, "cannot be read"),
        (2026, "before 1990"),
        ("1989-12-31 23:59:59", "before 1990"),
        ("1900-01-01", "before 1990"),
        ("2026-04-03 09:00:01", "future"),
        ("9999-12-31", "future"),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999), "no day"),
    ],
)
def test_what_is_no_time_of_a_ledger_is_refused_with_the_reason(written: object, why: str) -> None:
    with pytest.raises(BadTime, match=why) as refused:
        parse_time(written, NOW, "提出时间")
    assert str(refused.value).startswith("提出时间")


@given(
    st.datetimes(
        min_value=datetime(1992, 1, 1), max_value=datetime(2026, 4, 1), timezones=st.just(UTC)
    )
)
def test_all_forms_of_one_instant_are_read_alike(at: datetime) -> None:
    at = at.replace(microsecond=0)
    local = at.astimezone(COMMUNITY_ZONE)
    serial = (local.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    forms = [
        local.isoformat(),
        f"{local:%Y-%m-%d %H:%M:%S}",
        f"{local.year}/{local.month}/{local.day} {local.hour}:{local:%M:%S}",
        f"{local:%Y年%m月%d日 %H时%M分%S秒}",
        f"{local:%Y/%m/%d %I:%M:%S %p}",
        local.replace(tzinfo=None),
        serial,
        f"{local:%Y%m%d%H%M%S}",
    ]
    assert {parse_time(form, NOW, "x") for form in forms} == {at}


@given(st.text(alphabet="0123456789-/:. 年月日时分秒上下午T+Z", max_size=24))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with suppress(BadTime):
        at = parse_time(text, NOW, "x")
        assert at.tzinfo is UTC
        assert at <= NOW + timedelta(days=1)
