"""The report of a storm patrol 暴雨排查情况报告 as a Word file, with the usual wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.official import Paper
from domain.days import local_time
from domain.patrols import Coverage, Finding, Where

WHERE = {
    Where.EXPECTED: "未签到",
    Where.OUT: "排查中",
    Where.BACK: "已安全返回",
    Where.ABSENT: "未到",
}


@dataclass(frozen=True, slots=True)
class Walked:
    """One member of the patrol; pairs are counted from 1."""

    name: str
    pair: int
    where: Where
    came: datetime | None
    left: datetime | None


@dataclass(frozen=True, slots=True)
class Looked:
    """One point; `number` is the file that was opened for its hazard."""

    name: str
    pair: int
    finding: Finding | None
    at: datetime | None
    by: str
    note: str
    number: str | None


def patrol_report(
    *,
    title: str,
    community: str,
    estate: str,
    started: datetime,
    ended: datetime | None,
    members: Sequence[Walked],
    points: Sequence[Looked],
    counted: Coverage,
) -> bytes:
    """The paper: what was walked by whom, what was found, and that everybody is back.

    Args:
        ended: None for a patrol that still goes on; the paper says so.
    """
    paper = Paper(f"{estate}{title}情况报告")
    until = f"至{_moment(ended)}" if ended else "（仍在进行）"
    back = sum(one.where is Where.BACK for one in members)
    paper.heading("一、基本情况")
    paper.text(
        f"{_moment(started)}{until}，{community}组织志愿者{len(members)}人、"
        f"分{len({one.pair for one in members})}组，对{estate}开展排查，"
        f"应查点位{counted.of}处，已查{counted.seen}处，发现隐患{counted.hazards}处。"
    )
    paper.heading("二、隐患及处置")
    hazards = [one for one in points if one.finding is Finding.HAZARD]
    if hazards:
        paper.table(
            ("点位", "隐患情况", "发现时间", "档案编号"),
            [(one.name, one.note, _clock(one.at), one.number or "") for one in hazards],
        )
    else:
        paper.text("未发现隐患。")
    paper.heading("三、点位排查情况")
    paper.table(
        ("点位", "组别", "结果", "时间", "排查人"),
        [(one.name, f"第{one.pair}组", _found(one), _clock(one.at), one.by) for one in points],
    )
    paper.heading("四、人员情况")
    paper.text(f"参加排查{len(members)}人，已安全返回{back}人。")
    paper.table(
        ("组别", "姓名", "签到", "签退", "情况"),
        [
            (f"第{one.pair}组", one.name, _clock(one.came), _clock(one.left), WHERE[one.where])
            for one in members
        ],
    )
    paper.signed(community, _day(ended or started))
    return paper.data()


def _found(one: Looked) -> str:
    if one.finding is None:
        return "未查"
    return "有隐患" if one.finding is Finding.HAZARD else "正常"


def _day(at: datetime) -> str:
    day = local_time(at)
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(at: datetime) -> str:
    return f"{_day(at)}{local_time(at):%H:%M}"


def _clock(at: datetime | None) -> str:
    return f"{local_time(at):%H:%M}" if at else ""
