"""A squad's list from Excel: read under many spellings, taken in once, refused line by line."""

from datetime import date, datetime

import pytest

from db.volunteers import listing, sheet
from documents.sheets import read_table, write_table
from domain.skills import SkillKind
from domain.volunteer_rows import (
    VolunteerColumn,
    VolunteerHeaderMissing,
    VolunteerList,
    read_volunteers,
)
from domain.volunteers import Consent, Squad
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import Squads

HEADER = [column.value for column in VolunteerColumn]
GOOD = (
    "许医生",
    "健康服务队",
    "138 0000 6001",
    "一小区",
    "1栋",
    "口腔、急救员",
    "看牙",
    "不拔牙",
    datetime(2026, 12, 31),  # noqa: DTZ001 – what a sheet holds
    "是",
    "",
)


def listed(*rows: tuple[object, ...]) -> VolunteerList:
    table = read_table(write_table(HEADER, rows, sheet="x"), "list.xlsx")
    return read_volunteers(table.header, table.rows)


def test_a_row_is_read_as_it_is_meant() -> None:
    (row,) = listed(GOOD).rows
    assert (row.line, row.squad, row.phone) == (2, Squad.HEALTH, "13800006001")
    assert row.skills == (SkillKind.DENTISTRY, SkillKind.FIRST_AID)
    assert row.insured_until == date(2026, 12, 31)
    assert row.consents == {Consent.PHONE_FOR_DISPATCH}


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, ""), (1, "歌唱队"), (2, "123"), (5, "飞行"), (8, "明年"), (9, "也许"), (6, "长" * 201)],
)
def test_what_is_wrong_is_refused_by_its_line(place: int, value: str) -> None:
    row = list(GOOD)
    row[place] = value
    read = listed(tuple(row), GOOD)
    assert ([one.line for one in read.refused], [one.line for one in read.rows]) == ([2], [3])


def test_a_number_without_consent_is_not_taken() -> None:
    row = list(GOOD)
    row[9] = "否"
    assert listed(tuple(row)).rows[0].phone is None


def test_a_sheet_without_column_names_is_refused() -> None:
    with pytest.raises(VolunteerHeaderMissing):
        read_volunteers(["甲", "乙"], [(2, ["丙", "丁"])])


def test_taking_a_list_in_twice_adds_nobody(cast: Cast, squads: Squads, clock: TestClock) -> None:
    rows = listed(GOOD, ("医生壬", "健康服务"), ("新人", "安全护卫", "", "无此小区"))
    before = sheet.preview_volunteers(cast.secretary, rows)
    assert (before.entered, before.already_there, len(before.refused)) == (1, 1, 1)
    told: list[float] = []
    done = sheet.import_volunteers(cast.secretary, clock.now, rows, told.append)
    assert (done.entered, told) == (1, [1.0])
    assert sheet.import_volunteers(cast.secretary, clock.now, rows).entered == 0
    (line,) = listing.volunteers(cast.secretary, clock.now, query="许医生").lines
    assert (line.where, line.skills, line.waiting) == ("一小区 1号楼", (), 2)


def test_a_leader_takes_in_the_own_squad_alone(
    cast: Cast, squads: Squads, clock: TestClock
) -> None:
    rows = listed(GOOD, ("新人", "安全护卫"))
    done = sheet.import_volunteers(cast.squad_leader, clock.now, rows)
    assert (done.entered, [one.line for one in done.refused]) == (1, [3])
