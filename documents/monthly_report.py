"""The monthly report 月报 of the community's figures, as a Word file.

Like all official papers it is Chinese whatever the reader of the page speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from documents.official import Paper, day, moment, ordinal
from domain.days import local_day
from domain.thresholds import percent

HEADER = ("指标", "分子", "分母", "结果", "更正后")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One rate with what it is made of.

    Args:
        definition: its 口径.
        now: numerator and denominator as the facts say today, where the month is frozen and
            they say something else.
        hidden: so few voices that the share would tell of persons; only the denominator is told.
    """

    name: str
    hit: int
    due: int
    definition: str
    now: tuple[int, int] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """Open files of one category at one step that have missed a promise."""

    category: str
    state: str
    n: int
    days: int


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a month's report tells; nothing in it is personal.

    Args:
        month: its first day.
        estate, category, unit: what the figures are narrowed to; empty for all.
        frozen: the figures are those of 31 days after the month's end.
        received_now: as the facts say today, where that is something else.
        took: how long files took, in words; empty where none is done.
        solved: public summaries of what was solved and published in the month.
        overdue: as of now; `overdue_files` of them in all.
        meetings, helping: sentences on meetings and activities, and on volunteers.
    """

    community: str
    month: date
    as_of: datetime
    estate: str
    category: str
    unit: str
    frozen: bool
    received: int
    received_now: int | None
    backlog: int
    oldest_days: int | None
    took: str
    figures: Sequence[FigureRow]
    solved: Sequence[str]
    overdue: Sequence[OverdueRow]
    overdue_files: str
    meetings: Sequence[str]
    helping: Sequence[str]


def monthly_report(facts: ReportFacts) -> bytes:
    """The report."""
    month = f"{facts.month.year}年{facts.month.month}月"
    paper = Paper(f"{facts.community}{month}诉求办理月报")
    heads = iter(range(1, 20))

    def heading(words: str) -> None:
        paper.heading(f"{ordinal(next(heads))}、{words}")

    heading("总体情况")
    paper.text(_whole(facts, month))
    heading("主要指标")
    paper.table(HEADER, [_row(row) for row in facts.figures])
    paper.small(_frozen(facts))
    heading("办成的事")
    if not facts.solved:
        paper.text("本月没有公示已解决的事项。")
    for place, words in enumerate(facts.solved, start=1):
        paper.text(f"{place}. {words}")
    heading("超期事项及原因")
    _overdue(paper, facts)
    heading("会议、活动和志愿服务")
    for words in (*facts.meetings, *facts.helping):
        paper.text(words)
    heading("统计口径")
    for row in facts.figures:
        paper.small(f"{row.name}：{row.definition}")
    paper.signed(facts.community, day(local_day(facts.as_of)))
    return paper.data()


def _whole(facts: ReportFacts, month: str) -> str:
    corrected = "" if facts.received_now is None else f"（按现有记录更正为{facts.received_now}件）"
    scope = (("小区", facts.estate), ("类别", facts.category), ("牵头单位", facts.unit))
    lines = [
        f"数据截至{moment(facts.as_of)}。",
        *(f"范围：{what}{name}。" for what, name in scope if name),
        f"{month}共受理{facts.received}件{corrected}。",
        facts.took,
        f"目前未销号{facts.backlog}件",
    ]
    oldest = "。" if facts.oldest_days is None else f"，最早的一件已有{facts.oldest_days}天。"
    return "".join(lines) + oldest


def _row(row: FigureRow) -> tuple[str, ...]:
    if row.hidden:
        return row.name, "–", str(row.due), "人数过少，不显示", "–"
    value = f"{percent(row.hit, row.due)}%" if row.due else "–"
    now = "–" if row.now is None else f"{row.now[0]} / {row.now[1]}"
    return row.name, str(row.hit), str(row.due), value, now


def _frozen(facts: ReportFacts) -> str:
    if facts.frozen:
        return (
            "本月数据已于月末后第31天冻结，表中结果不再改动；"
            "此后的更正列于“更正后”一栏（分子 / 分母）。"
        )
    return "本月数据尚未冻结，月末后第31天冻结。"


def _overdue(paper: Paper, facts: ReportFacts) -> None:
    if not facts.overdue:
        paper.text("目前没有超期事项。")
        return
    paper.text(f"目前超期{facts.overdue_files}件，按类别和所处环节如下：")
    paper.table(
        ("类别", "所处环节", "件数", "最长超期（天）"),
        [(row.category, row.state, str(row.n), str(row.days)) for row in facts.overdue],
    )
