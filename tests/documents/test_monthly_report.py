"""The month's report: opened again, each figure stands there with what it is made of."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import docx

from documents.monthly_report import HEADER, FigureRow, OverdueRow, ReportFacts, monthly_report

FACTS = ReportFacts(
    community="测试社区",
    month=date(2026, 2, 1),
    as_of=datetime(2026, 4, 2, 16, 30, tzinfo=UTC),
    estate="一小区",
    category="",
    unit="",
    frozen=True,
    received=31,
    received_now=32,
    backlog=4,
    oldest_days=9,
    took="其中已办结20件。",
    figures=(
        FigureRow("按时办结率", 18, 20, "时限内办结的事项 ÷ 时限已到的事项。", now=(18, 21)),
        FigureRow("满意率", 2, 4, "五档评价中前三档 ÷ 全部评价。", hidden=True),
        FigureRow("催办率", 0, 0, "书面催办的事项 ÷ 到期事项。"),
    ),
    solved=("一小区路灯已修好。", "二号楼漏水已修好。"),
    overdue=(OverdueRow("电梯", "办理中", 3, 6),),
    overdue_files="3",
    meetings=("4周中4周有活动。",),
    helping=("3件求助中3件按时有人接单。",),
)


def opened(facts: ReportFacts) -> tuple[str, list[list[list[str]]]]:
    paper = docx.Document(BytesIO(monthly_report(facts)))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in paper.tables]
    return words, tables


def test_figures_stand_with_numerator_denominator_definition_and_later_correction() -> None:
    words, (figures, late) = opened(FACTS)
    assert figures == [
        list(HEADER),
        ["按时办结率", "18", "20", "90.00%", "18 / 21"],
        ["满意率", "–", "4", "人数过少，不显示", "–"],
        ["催办率", "0", "0", "–", "–"],
    ]
    assert late[1] == ["电梯", "办理中", "3", "6"]
    for row in FACTS.figures:
        assert f"{row.name}：{row.definition}" in words
    for said in (
        "测试社区2026年2月诉求办理月报",
        "数据截至2026年4月3日00时30分",
        "范围：小区一小区",
        "受理31件（按现有记录更正为32件）",
        "最早的一件已有9天",
        "1. 一小区路灯已修好。",
        "冻结，表中结果不再改动",
        "2026年4月3日",
    ):
        assert said in words


def test_a_month_that_is_not_frozen_and_has_nothing_late_says_so() -> None:
    words, tables = opened(
        replace(FACTS, frozen=False, solved=(), overdue=(), estate="", received_now=None)
    )
    assert len(tables) == 1
    for said in ("尚未冻结", "目前没有超期事项", "没有公示已解决的事项"):
        assert said in words
    assert "范围" not in words
    assert "更正为" not in words
