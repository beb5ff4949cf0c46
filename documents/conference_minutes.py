"""The minutes of a joint conference 联席会议纪要, as a Word file with the usual wording."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from documents.official import Paper, day, moment, ordinal
from domain.agenda import Result
from domain.days import local_day

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One item and what was made of it; `due_at` is 24:00 of the last day."""

    title: str
    number: str
    reported_by: str
    result: Result
    words: str
    lead: str
    assisting: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What the minutes record.

    Args:
        earlier: what was decided before, and whether it is done.
    """

    community: str
    held_at: datetime
    ended_at: datetime | None
    place: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    guests: str
    earlier: tuple[tuple[str, bool], ...]
    items: tuple[Item, ...]


def minutes(facts: MinutesFacts) -> bytes:
    """The file."""
    paper = Paper(f"{facts.community}联席会议纪要")
    heads = iter(range(1, 9))

    def heading(words: str) -> None:
        paper.heading(f"{ordinal(next(heads))}、{words}")

    heading("会议概况")
    until = f"至{moment(facts.ended_at)}" if facts.ended_at else ""
    paper.text(f"时间：{moment(facts.held_at)}{until}。")
    paper.text(f"地点：{facts.place}。")
    paper.text(f"到会单位（{len(facts.present)}家）：{_names(facts.present)}。")
    if facts.absent:
        paper.text(f"未到会单位（{len(facts.absent)}家）：{_names(facts.absent)}。")
    if facts.guests:
        paper.text(f"列席：{facts.guests}。")
    if facts.earlier:
        heading("上次议定事项办理情况")
        done = sum(finished for _title, finished in facts.earlier)
        left = len(facts.earlier) - done
        paper.text(f"共{len(facts.earlier)}项，已办结{done}项，正在办理{left}项。")
        for title, finished in facts.earlier:
            paper.text(f"{title}：{'已办结' if finished else '正在办理'}。")
    heading("议定事项")
    paper.text("会议逐项研究，议定如下：")
    for number, item in enumerate(facts.items, start=1):
        paper.text(f"（{ordinal(number)}）{_about(item)}")
        paper.text(_settled(item))
    decided = [item for item in facts.items if item.result is Result.DECIDED]
    if decided:
        heading("责任分工")
        paper.table(
            ("序号", "事项", "领办单位", "助力单位", "完成时限"),
            [
                (
                    str(number),
                    item.title,
                    item.lead,
                    _names(item.assisting) or "—",
                    _until(item.due_at),
                )
                for number, item in enumerate(decided, start=1)
            ],
        )
    paper.signed(f"{facts.community}居民委员会", day(local_day(facts.held_at)))
    return paper.data()


def _about(item: Item) -> str:
    from_whom = f"{item.reported_by}汇报：" if item.reported_by else ""
    return f"{from_whom}{item.title}{f'（编号{item.number}）' if item.number else ''}。"


def _settled(item: Item) -> str:
    words = item.words.strip().rstrip("。")
    if item.result is Result.DECIDED:
        helped = f"，{_names(item.assisting)}协助" if item.assisting else ""
        return f"会议议定：{words}。由{item.lead}领办{helped}，于{_until(item.due_at)}前办结。"
    if item.result is Result.NOTED:
        return f"会议听取并记录：{words}。" if words else "会议听取了有关情况。"
    return f"会议议定：暂缓，提交下次联席会议研究{f'（{words}）' if words else ''}。"


def _until(due_at: datetime | None) -> str:
    return day(local_day(due_at - _SECOND)) if due_at else "—"


def _names(units: tuple[str, ...]) -> str:
    return "、".join(units)
