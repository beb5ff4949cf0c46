"""The election's papers: names, days and articles as they are read in Word."""

from datetime import date
from io import BytesIO

import docx

from documents.election_papers import (
    Seated,
    Standing,
    candidates_display,
    filing_list,
    group_notice,
)
from domain.committees import Office
from domain.preparation import Member, Seat


def read(data: bytes) -> tuple[str, list[list[list[str]]]]:
    """All paragraphs, and the cells of all tables."""
    made = docx.Document(BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    return "\n".join(one.text for one in made.paragraphs), tables


def test_the_group_stands_with_seats_party_members_and_its_head() -> None:
    text, tables = read(
        group_notice(
            "一小区",
            [
                Member("甲", Seat.STREET, party=True, heads=True),
                Member("乙", Seat.OWNER),
            ],
            date(2026, 3, 2),
        )
    )
    assert "一小区业主大会筹备组成员名单公告" in text
    assert "2026年3月2日" in text
    assert tables[0][1:] == [
        ["1", "甲", "街道办事处代表", "中共党员", "组长"],
        ["2", "乙", "业主代表", "", "成员"],
    ]


def test_candidates_stand_in_the_ballots_order_with_the_period_for_objections() -> None:
    standing = [
        Standing(1, "甲", "1号楼 101", "自荐", "为大家办事。"),
        Standing(3, "丙", "", "12 位业主联名", ""),
    ]
    text, tables = read(
        candidates_display(
            "一小区",
            5,
            standing,
            displayed_on=date(2026, 3, 2),
            until_on=date(2026, 3, 9),
            waived="无人再报名",
        )
    )
    assert "公示期自2026年3月2日起至2026年3月9日止" in text
    assert "应选委员5名" in text
    assert "1. 甲：为大家办事。" in text
    assert "1.2倍的原因：无人再报名" in text
    assert [row[0] for row in tables[0][1:]] == ["1", "3"]


def test_days_that_are_not_fixed_are_left_to_fill_in() -> None:
    text, _ = read(candidates_display("一小区", 5, [], displayed_on=None, until_on=None))
    assert "公示期自＿＿年＿＿月＿＿日起至＿＿年＿＿月＿＿日止" in text
    assert "1.2倍" not in text


def test_the_filing_names_term_deadline_and_what_goes_with_it() -> None:
    text, tables = read(
        filing_list(
            "一小区",
            [Seated("甲", Office.CHAIR), Seated("乙", Office.ALTERNATE)],
            seats=5,
            elected_on=date(2026, 3, 9),
            begins_on=date(2026, 3, 10),
            ends_on=date(2031, 3, 9),
            file_by=date(2026, 4, 8),
        )
    )
    about = dict(tables[0][1:])  # type: ignore[arg-type]
    assert about["任期"] == "2026年3月10日至2031年3月9日"
    assert "2026年4月8日前" in about["备案期限"]
    assert tables[1][1:] == [
        ["1", "甲", "主任"],
        ["2", "乙", "候补委员"],
    ]
    assert "管理规约" in text
    assert "第十六条" in text
